/**
 * Stands between a program and its engine, in a process of its own: it hands everything on, knows which connections bring
 * the engine's reports, and breaks them when told `cut`. Says, as JSON, when a report came: `Date.now()`.
 * @example node between.mjs ENGINE.sock OWN.sock, forked with a channel for messages
 */
import { connect, createServer } from 'node:net';

const [engine = '', path = ''] = process.argv.slice(2);
/** @type {Set<import('node:net').Socket>} */
const reports = new Set();

createServer((client) => {
  const upstream = connect(engine);
  let follows = false;
  client.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
  upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
  client.on('data', (chunk) => {
    if (/^GET \S*\/events\b/m.test(chunk.toString('latin1'))) {
      follows = true;
      reports.add(upstream);
    }
    upstream.write(chunk);
  });
  upstream.on('data', (chunk) => {
    if (follows) process.send?.({ reportedAt: Date.now() });
    client.write(chunk);
  });
  upstream.on('close', () => reports.delete(upstream));
}).listen(path, () => process.send?.({ listens: true }));

process.on('message', () => {
  process.send?.({ cut: reports.size });
  for (const one of reports) one.destroy();
});
process.on('disconnect', () => process.exit());

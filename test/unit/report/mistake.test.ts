/** What a failed step says of the wrong turn, and a lesson of its permissions, in both reports. */
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { formats } from '../../../src/report/formats.ts';
import { opening, tell, type Happening } from './events.ts';

async function told(format: 'pretty' | 'plain', events: readonly Happening[]): Promise<string> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const report = await formats[format].open({
    stdout,
    stderr,
    columns: 80,
    colour: false,
    unicode: true,
    live: false,
    interactive: false,
    endSaid: false,
    show: new Set(),
  });
  await tell(report, events);
  stdout.end();
  return text(stdout);
}

const say = 'The name goes before the image: `docker run --name x busybox`.';
const failed: Happening = {
  type: 'step-finished',
  step: 'run',
  status: 'failed',
  after: '',
  mistake: `${say}\u001b[2J`,
  ms: 1,
};

test.each(['pretty', 'plain'] as const)('%s says the mistake, without its escape sequences', async (format) => {
  const said = (await told(format, [...opening, failed])).replace(/\s+/g, ' ');
  expect(said).toMatch(/what may have gone wrong:/i);
  expect(said).toContain('The name goes before the image:');
  expect(said).not.toContain('\u001b');
});

test.each(['pretty', 'plain'] as const)('%s says what the lesson may do', async (format) => {
  const events = opening.map((event) =>
    event.type === 'scenario-started' ? { ...event, permissions: ['host-network' as const] } : event,
  );
  const said = (await told(format, events)).replace(/\s+/g, ' ');
  expect(said).toContain(
    "host-network: it uses the network of the engine's machine itself, and may ask every port there.",
  );
});

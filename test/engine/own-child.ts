/**
 * A run that is killed. Started by own-crash.test.ts as a process of its own, from a bundle: performs some requests
 * through the guard, and at the point named on its command line ends itself as kill -9 would, or says so and goes on
 * waiting for its answer, so that the test can kill it in the middle.
 */
import { connect } from '../../src/engine/connect/connect.ts';
import { readBody } from '../../src/engine/streams.ts';
import type { Request } from '../../src/api/request.ts';
import { contextOf, ownerOn, signal, withDockerfile } from './owned.ts';

const [address = '', home = '', point = '', story = '[]'] = process.argv.slice(2);
const engine = await connect({ address, from: 'host-option' }, { signal });
const { owning } = ownerOn(engine, home);
const requests = JSON.parse(story) as Request[];

for (const [index, request] of requests.entries()) {
  const decision = await owning.guard.before(await withDockerfile(request));
  if (!('send' in decision)) continue;
  const isLast = index === requests.length - 1;
  if (isLast && point === 'written') die();
  const body = decision.send.upload?.of === 'context' && (await contextOf(decision.send.upload.folder));
  const sent = engine.send(decision.send, { signal, ...(body && { body }) });
  if (isLast && point === 'sent') {
    // long enough for the bytes to leave, too short for the engine to be done
    setTimeout(die, 3);
  }
  const { status, stream } = await sent;
  if (isLast && point === 'answering') die();
  const answer = await readBody(stream, signal);
  if (isLast && point === 'answered') die();
  await owning.guard.after(decision.send, status, answer);
}
await owning.guard.settled();
die();

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

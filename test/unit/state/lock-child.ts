/**
 * One of several processes that take a lock again and again. Started by lock-processes.test.ts from a bundle: writes a
 * line when it comes in, some while it is in, and one before it goes, and says so to its parent, which may kill it there.
 */
import { appendFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { acquire } from '../../../src/state/lock.ts';
import { lifeOf } from '../../../src/state/process-identity.ts';
import type { Life, ProcessIdentity } from '../../../src/state/process-identity.ts';

const [path = '', log = '', pause = '0', seldom = 'false'] = process.argv.slice(2);
const signal = AbortSignal.timeout(60_000);
const say = (what: string): void => appendFileSync(log, `${what} ${String(process.pid)}\n`);

/** Between the look and the act. */
function slowly(holder: ProcessIdentity): Life {
  const life = lifeOf(holder);
  if (life === 'dead') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.random() * Number(pause));
  return life;
}

process.on('disconnect', () => process.exit());
for (;;) {
  const release = await acquire(path, {
    for: 'another',
    signal,
    limit: 50_000,
    judge: slowly,
    seldom: seldom === 'true',
  });
  if (release === undefined) throw new Error('the lock was never had');
  say('begin');
  process.send?.('in');
  // long enough inside for those who still pause to come upon it
  for (let i = 0; i < 3 + Number(pause) / 3; i += 1) {
    await wait(1);
    say('still');
  }
  say('end');
  release();
  await wait(Math.random() * 2);
}

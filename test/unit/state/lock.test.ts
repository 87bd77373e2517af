import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { acquire, locked } from '../../../src/state/lock.ts';
import type { Release } from '../../../src/state/lock.ts';
import { tellWaits, toldAfterMs } from '../../../src/waits/waits.ts';
import type { Wait } from '../../../src/waits/waits.ts';
import { lifeOf, thisProcess } from '../../../src/state/process-identity.ts';
import type { ProcessIdentity } from '../../../src/state/process-identity.ts';

const signal = new AbortController().signal;
let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docker-tutor-lock-'));
  path = join(folder, 'state', 'a.lock');
});
afterEach(() => rm(folder, { recursive: true }));

const waiting = { for: 'another', signal, limit: 20_000 };
const take = (limit = 20_000): Promise<Release | undefined> => acquire(path, { ...waiting, limit });

describe('a lock', () => {
  test('is had by one, and by the next when it is let go', async () => {
    const release = await take();
    expect(await take(30)).toBeUndefined();
    const next = take();
    release?.();
    (await next)?.();
    expect(await readdir(join(folder, 'state'))).toEqual(['a.lock']);
    expect(await readdir(path)).toEqual(['free']);
  });

  test('who waits is told once, and can be interrupted', async () => {
    await take();
    const told: Wait[] = [];
    tellWaits((wait) => told.push(wait));
    await take(100);
    expect(told).toEqual([]);
    await take(toldAfterMs + 300);
    expect(told).toEqual([{ for: 'another', limitMs: toldAfterMs + 300 }]);
    const aborted = AbortSignal.abort(new Error('ctrl-c'));
    await expect(acquire(path, { ...waiting, signal: aborted })).rejects.toThrow('ctrl-c');
    const soon = new AbortController();
    const next = acquire(path, { ...waiting, signal: soon.signal });
    setTimeout(() => soon.abort(new Error('later')), 20);
    await expect(next).rejects.toThrow('later');
    expect(await readdir(join(folder, 'state'))).toEqual(['a.lock']);
  });

  test('work under it is alone, and lets go when it fails', async () => {
    const seen: string[] = [];
    const work = (name: string): Promise<void> =>
      locked(folder, signal, async () => {
        seen.push(`${name} in`);
        await new Promise((resolve) => setImmediate(resolve));
        seen.push(`${name} out`);
      });
    await expect(locked(folder, signal, () => Promise.reject(new Error('work')))).rejects.toThrow('work');
    await Promise.all(['a', 'b', 'c'].map(work));
    for (let at = 0; at < 6; at += 2) expect(seen[at + 1]).toBe(seen[at]?.replace('in', 'out'));
  });

  test('that is seldom taken leaves nothing, and no other of its place', async () => {
    const seldom = { ...waiting, seldom: true };
    const release = await acquire(path, seldom);
    const next = acquire(path, seldom);
    release?.();
    const other = await next;
    release?.();
    expect(await take(0)).toBeUndefined();
    other?.();
    expect(await readdir(join(folder, 'state'))).toEqual([]);
  });

  test('that somebody has emptied by hand is free', async () => {
    await mkdir(path, { recursive: true });
    expect(await take(0)).toBeDefined();
  });

  test('that many want at the same time for the first time is had by one', async () => {
    const had = await Promise.all(Array.from({ length: 20 }, () => take(0)));
    expect(had.filter((release) => release !== undefined)).toHaveLength(1);
    expect(await readdir(join(folder, 'state'))).toEqual(['a.lock']);
  });

  test('is not minded by what others have put beside its file', async () => {
    (await take())?.();
    await writeFile(join(path, '.DS_Store'), '');
    (await take(0))?.();
    expect(await take(0)).toBeDefined();
  });

  test('costs less than a millisecond where nobody waits', async () => {
    (await take())?.();
    const times: number[] = [];
    for (let i = 0; i < 50; i += 1) {
      const start = performance.now();
      (await take())?.();
      times.push(performance.now() - start);
    }
    expect(Math.min(...times)).toBeLessThan(1);
  });
});

/** The folder that a holder leaves. */
async function heldBy({ pid, started = '', boot = '', namespace = '' }: ProcessIdentity): Promise<void> {
  await rm(path, { recursive: true, force: true });
  await mkdir(path, { recursive: true });
  await writeFile(join(path, `${String(pid)}.${started}.${boot}.${namespace.replace(/\D/g, '')}.kx1`), '');
}

describe('of a holder that is dead', () => {
  test('is free, though it was killed inside', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    const who = { ...thisProcess(), pid: child.pid ?? 0 };
    delete (who as { started?: string }).started;
    await heldBy(who);
    expect(await take(60)).toBeUndefined();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await take(0)).toBeDefined();
  });

  test.runIf(process.platform === 'linux')('is free after a reboot, and where its pid is used again', async () => {
    await heldBy({ ...thisProcess(), boot: '00000000-0000-0000-0000-000000000000' });
    expect(await take(0)).toBeDefined();
    await heldBy({ ...thisProcess(), started: '1' });
    expect(await take(0)).toBeDefined();
  });

  test.runIf(process.platform === 'linux')('is not free where nobody can tell whether it is dead', async () => {
    await heldBy({ ...thisProcess(), namespace: 'pid:[1]' });
    expect(await take(60)).toBeUndefined();
  });

  test('one that takes it between another’s look and act keeps it', async () => {
    await heldBy({ ...thisProcess(), started: '1', boot: '00000000-0000-0000-0000-000000000000' });
    const inside: string[] = [];
    const first = acquire(path, {
      ...waiting,
      limit: 100,
      judge(holder) {
        const life = lifeOf(holder);
        // the look is done; before anything follows from it, another comes and goes in at once
        if (life === 'dead') void take().then((release) => release && inside.push('second'));
        return life;
      },
    });
    expect(await first).toBeUndefined();
    expect(inside).toEqual(['second']);
  });
});

test('who waits for over two minutes is told who has it: E-STATE-BUSY', async () => {
  path = join(folder, 'state', '.shared.lock');
  const release = await take();
  const began = performance.now();
  const clock = vi
    .spyOn(performance, 'now')
    .mockReturnValueOnce(began)
    .mockReturnValue(began + 120_001);
  await expect(locked(join(folder, 'state'), signal, () => Promise.resolve())).rejects.toMatchObject({
    code: 'E-STATE-BUSY',
    exitCode: 4,
    evidence: [expect.stringContaining(`process ${String(process.pid)} holds`)],
  });
  clock.mockRestore();
  release?.();
  await expect(locked(join(folder, 'state'), signal, () => Promise.resolve('done'))).resolves.toBe('done');
});

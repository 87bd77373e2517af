/** Several at once, stopped at once, and a state folder that is full: each as if nothing had happened. */
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { everythingOn } from '../engine/everything.ts';
import { engineSuite } from '../engine/lab.ts';
import { proxyBetween } from './proxy.ts';
import type { Blow } from './proxy.ts';
import { drawFrom, seed } from './seed.ts';
import { placeAt } from './trial.ts';
import type { Place } from './trial.ts';

const lesson = 'hello-world';
const canMount =
  process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'x', '/mnt']).status === 0;

engineSuite('docker-tutor', ({ socketPath }) => {
  let place: Place;
  let before: string;
  beforeEach(async () => {
    place = await placeAt(socketPath);
    before = await everythingOn(socketPath);
  });
  afterEach(async () => {
    await place.clean();
    place[Symbol.dispose]();
  });
  async function expectAsBefore(): Promise<void> {
    expect(place.files()).toEqual([]);
    expect(await everythingOn(socketPath)).toBe(before);
  }

  test.each([2, 5])('%i times at once, cleaned meanwhile: each passes, and nothing stays', async (count) => {
    const runs = Array.from({ length: count }, () => place.start(['run', lesson, '--yes']));
    const all = Promise.all(runs.map(({ ended }) => ended));
    let isOver = false;
    void all.then(() => (isOver = true));
    while (!isOver) expect(await place.clean()).toEqual([]);
    expect((await all).map(({ code }) => code)).toEqual(runs.map(() => 0));
    await expectAsBefore();
  });

  test('what a killed run shares with one that goes on is left to that one, and is no failure', async () => {
    const atRest = async (name: string) => {
      // after the pull, which is the first
      const rest = { reached: () => {}, goOn: () => {} };
      const reached = new Promise<void>((done) => (rest.reached = done));
      const goesOn = new Promise<boolean>((done) => (rest.goOn = () => done(true)));
      const blow: Blow = { request: 2, moment: 'unsent', strike: () => (rest.reached(), goesOn) };
      const proxy = await proxyBetween(socketPath, join(place.folder, `${name}.sock`), blow);
      const run = place.start(['run', lesson, '--yes'], proxy.address);
      await reached;
      return { ...run, goOn: rest.goOn, [Symbol.asyncDispose]: () => proxy[Symbol.asyncDispose]() };
    };
    await using dead = await atRest('dead');
    await using alive = await atRest('alive');
    dead.kill('SIGKILL');
    await dead.ended;

    const { code, stdout, stderr } = await place.start(['clean']).ended;
    expect(stdout).toMatch(/^Left +image hello-world:latest .*in use by another run of docker-tutor$/m);
    expect([code, stderr]).toEqual([0, '']);

    alive.goOn();
    expect((await alive.ended).code).toBe(0);
    await expectAsBefore();
  });

  test('two cleans at once take away what a killed run has left', async () => {
    const run = place.start(['run', lesson, '--yes']);
    await wait(1500);
    run.kill('SIGKILL');
    await run.ended;
    const cleans = await Promise.all([place.start(['clean']).ended, place.start(['clean']).ended]);
    expect(cleans.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    await expectAsBefore();
  });

  test('is stopped within its first second: it leaves nothing, without a clean', async () => {
    const draw = drawFrom(seed);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      for (let times = 0; times < 4; times++) {
        const ms = Math.round(draw() * 1000);
        const run = place.start(['run', lesson, '--yes']);
        await wait(ms);
        run.kill(signal);
        const { code, stderr } = await run.ended;
        const how = `${signal} after ${String(ms)} ms (DOCKER_TUTOR_TEST_SEED=${String(seed)}): ${stderr}`;
        // null: it had not begun; 0: it was through already
        expect([null, 0, 130], how).toContain(code);
        expect(place.files(), how).toEqual([]);
      }
    await expectAsBefore();
  });

  test('killed at its very start: the next run takes its workspace away', async () => {
    for (let ms = 0; ms < 400; ms += 40) {
      const run = place.start(['run', lesson, '--yes', '--host', 'unix:///nowhere/docker.sock']);
      await wait(ms);
      run.kill('SIGKILL');
      await run.ended;
    }
    expect((await place.start(['run', lesson, '--yes']).ended).code).toBe(0);
    await expectAsBefore();
  });

  test.skipIf(!canMount)(
    'its state folder becomes full in the middle: the step ends with the cause, and nothing stays',
    async () => {
      const options = ['-t', 'tmpfs', '-o', 'size=512k', 'none'];
      expect(spawnSync('mount', [...options, place.state], { encoding: 'utf8' }).stderr).toBe('');
      const filler = join(place.state, 'filler');
      try {
        for (const request of [1, 2, 3, 5, 6]) {
          const cut = { at: 'request', request, moment: 'unsent' } as const;
          const outcome = await place.cut(lesson, cut, () => {
            expect(() => writeFileSync(filler, Buffer.alloc(1_000_000))).toThrowError('ENOSPC');
            return true;
          });
          expect(outcome.stderr).not.toContain('This is a bug');
          expect([0, 4], outcome.stderr).toContain(outcome.code);
          // on a disk that takes nothing, what was on the engine is gone all the same
          expect(await everythingOn(socketPath)).toBe(before);
          rmSync(filler, { force: true });
          expect(await place.clean()).toEqual([]);
          await expectAsBefore();
        }
      } finally {
        spawnSync('umount', [place.state]);
      }
    },
  );
});

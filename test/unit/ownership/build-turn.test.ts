import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildTurns } from '../../../src/ownership/build-turn.ts';
import type { BuildTurns } from '../../../src/ownership/build-turn.ts';

const signal = AbortSignal.timeout(30_000);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docker-tutor-building-'));
});
afterEach(() => rm(folder, { recursive: true }));

const run = (engine = 'one', patience?: number): BuildTurns => buildTurns(folder, async () => engine, signal, patience);

test('a run builds when the other has built', async () => {
  const done: string[] = [];
  const giveBack = await run().take();
  const second = run()
    .take()
    .then(() => done.push('second'));
  await wait(60);
  done.push('first');
  giveBack();
  await second;
  expect(done).toEqual(['first', 'second']);
});

test('builds of one run go on side by side, and the turn ends with the last of them', async () => {
  const own = run();
  const [one, two] = await Promise.all([own.take(), own.take()]);
  one();
  expect(await readdir(folder)).toHaveLength(1);
  two();
  (await run().take())();
});

test('builds on another engine are no hindrance', async () => {
  await run('one').take();
  await run('podman:host:/var/lib').take();
  expect(await readdir(folder)).toHaveLength(2);
});

test('nobody waits for ever: neither for a dead process nor for a build without an end', async () => {
  await mkdir(join(folder, '.building-one.lock'));
  await writeFile(join(folder, '.building-one.lock', '1.0.00000000-0000-0000-0000-000000000000..kx1'), '');
  await run('one').take();
  const giveBack = await run('one', 50).take();
  giveBack();
  expect(await readdir(join(folder, '.building-one.lock'))).toHaveLength(1);
  expect(await readdir(join(folder, '.building-one.lock'))).not.toEqual(['free']);
});

test('the end of a run ends its turn, though its build was never answered', async () => {
  const own = run();
  await own.take();
  own.end();
  (await run().take())();
});

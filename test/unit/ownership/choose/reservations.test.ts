import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { release, reserve } from '../../../../src/ownership/choose/reservations.ts';
import type { Reserved } from '../../../../src/ownership/choose/reservations.ts';

const signal = AbortSignal.timeout(30_000);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docker-tutor-reserved-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Takes the first of its names that nobody else has reserved. */
const first =
  (names: readonly string[]) =>
  (taken: Reserved): Promise<{ names: string[]; ports: number[] }> =>
    Promise.resolve({ names: [names.find((name) => !taken.names.has(name)) ?? ''], ports: [5000 + taken.ports.size] });

test('runs that choose at the same time choose differently', async () => {
  const wishes = ['web', 'web-2', 'web-3'];
  const chosen = await Promise.all(['a', 'b', 'c'].map((run) => reserve(folder, run, signal, first(wishes))));
  expect(chosen.flatMap(({ names }) => names).sort()).toEqual(wishes);
  expect(chosen.flatMap(({ ports }) => ports).sort()).toEqual([5000, 5001, 5002]);
});

test('what a run gives back is free again', async () => {
  await reserve(folder, 'a', signal, first(['web']));
  release(folder, 'a');
  expect(await reserve(folder, 'b', signal, first(['web', 'web-2']))).toMatchObject({ names: ['web'] });
});

test('what a dead run had chosen is free, and its file goes', async () => {
  const dead = { process: { pid: 1, started: '0', boot: 'another boot' }, names: ['web'], ports: [5000] };
  await writeFile(join(folder, 'dead.reserved.json'), JSON.stringify(dead));
  await writeFile(join(folder, 'torn.reserved.json'), '{"process":');
  expect(await reserve(folder, 'b', signal, first(['web', 'web-2']))).toMatchObject({ names: ['web'] });
  expect((await readdir(folder)).filter((name) => name.endsWith('.json'))).toEqual(['b.reserved.json']);
});

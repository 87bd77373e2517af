/** Files that are watched: what counts as changed, what is left out, and that a change is told once it is over. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchFiles } from '../../../src/perform/files/watch-files.ts';
import type { FilesSeen, WatchedPlace } from '../../../src/plan/effects.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'docker-tutor-watch-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const signal = AbortSignal.timeout(20_000);
const at = (path: string): string => join(folder, path);
const put = (path: string, text = path): void => {
  mkdirSync(join(at(path), '..'), { recursive: true });
  writeFileSync(at(path), text);
};
const look = (places: readonly WatchedPlace[], seen?: FilesSeen): ReturnType<typeof watchFiles> =>
  watchFiles({ do: 'watch-files', places, seen }, signal);
const names = (files: readonly { readonly path: string; readonly place: number }[]): readonly string[] =>
  files.map(({ path, place }) => `${String(place)} ${path.slice(folder.length + 1)}`).sort();

test('at first it tells all that are there, but what is left out', async () => {
  for (const path of ['a.py', 'a.log', 'sub/b.py', 'sub/b.log', 'tmp/c.py', 'tmp/keep/d.py', 'list.txt']) put(path);
  symlinkSync('a.py', at('link'));
  const { there, gone } = await look([
    { path: folder, ignored: [{ below: folder, patterns: ['*.log', 'tmp', '!tmp/keep'] }] },
    { path: at('sub'), ignored: [{ below: '/', patterns: ['**/*.log'] }] },
    { path: folder, ignored: [], included: { below: folder, patterns: ['**/*.py'] } },
    { path: at('list.txt'), ignored: [] },
    { path: at('nothing'), ignored: [] },
  ]);
  expect(names(there)).toEqual([
    ...['0 a.py', '0 link', '0 list.txt', '0 sub/b.log', '0 sub/b.py', '0 tmp/keep/d.py'],
    '1 sub/b.py',
    ...['2 a.py', '2 sub/b.py', '2 tmp/c.py', '2 tmp/keep/d.py'],
    '3 list.txt',
  ]);
  expect(gone).toEqual([]);
});

test('then what is new, another, or gone, together, once it is at rest', async () => {
  for (const path of ['same', 'other', 'gone', 'moved']) put(path);
  const places = [{ path: folder, ignored: [{ below: folder, patterns: ['left-out'] }] }];
  const { seen } = await look(places);
  const changes = look(places, seen);
  put('other', 'another');
  put('left-out/x');
  setTimeout(() => {
    rmSync(at('gone'));
    renameSync(at('moved'), at('new'));
  }, 700);
  const { there, gone, seen: now } = await changes;
  expect([names(there), names(gone)]).toEqual([
    ['0 new', '0 other'],
    ['0 gone', '0 moved'],
  ]);
  put('same', 'no longer');
  expect(names((await look(places, now)).there)).toEqual(['0 same']);
});

test('what is taken back meanwhile is no change', async () => {
  put('a');
  const places = [{ path: folder, ignored: [] }];
  const { seen } = await look(places);
  const changes = look(places, seen);
  put('b');
  setTimeout(() => rmSync(at('b')), 700);
  setTimeout(() => put('c'), 2000);
  expect(names((await changes).there)).toEqual(['0 c']);
});

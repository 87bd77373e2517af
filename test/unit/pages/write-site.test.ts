/** Pages in their folder: what docker-tutor did not write stays as it is. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeSite } from '../../../src/pages/write-site.ts';

let above: string;
let folder: string;
beforeEach(() => {
  above = mkdtempSync(join(tmpdir(), 'docker-tutor-site-'));
  folder = join(above, 'deep', 'site');
});
afterEach(() => rmSync(above, { recursive: true }));

const marker = '.docker-tutor-pages';
const pages = (...names: readonly string[]): ReadonlyMap<string, string> =>
  new Map(['index.html', ...names.map((name) => `lessons/${name}.html`)].map((path) => [path, `<p>${path}</p>`]));
const there = (): readonly string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();

test('a folder that is not there is made, with those above it', async () => {
  await writeSite(folder, pages('a'));
  expect(there()).toEqual([marker, 'index.html', 'lessons', 'lessons/a.html']);
  expect(readFileSync(join(folder, 'lessons/a.html'), 'utf8')).toBe('<p>lessons/a.html</p>');
});

test('written again, pages are replaced, those of other lessons go, and what is the user’s stays', async () => {
  await writeSite(folder, pages('a', 'b'));
  writeFileSync(join(folder, 'index.html'), 'changed');
  writeFileSync(join(folder, 'CNAME'), 'mine');
  writeFileSync(join(folder, 'lessons', 'mine.html'), 'mine');
  await writeSite(folder, pages('b', 'c'));
  expect(there()).toEqual([
    ...[marker, 'CNAME', 'index.html', 'lessons'],
    ...['lessons/b.html', 'lessons/c.html', 'lessons/mine.html'],
  ]);
  expect(readFileSync(join(folder, 'index.html'), 'utf8')).toBe('<p>index.html</p>');
});

test('a folder with something in it is refused, and left as it is', async () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'thesis.txt'), 'mine');
  await expect(writeSite(folder, pages('a'))).rejects.toMatchObject({ code: 'pages-taken', exitCode: 2 });
  expect(there()).toEqual(['thesis.txt']);
});

test('a file of the user’s in the place of a new page is not written over', async () => {
  await writeSite(folder, pages('a'));
  writeFileSync(join(folder, 'lessons', 'b.html'), 'mine');
  await expect(writeSite(folder, pages('a', 'b'))).rejects.toMatchObject({ code: 'pages-taken' });
  expect(readFileSync(join(folder, 'lessons', 'b.html'), 'utf8')).toBe('mine');
});

test('a marker that somebody changed makes it remove nothing outside', async () => {
  await writeSite(folder, pages('a'));
  writeFileSync(join(above, 'mine.html'), 'mine');
  const listed = readFileSync(join(folder, marker), 'utf8');
  writeFileSync(join(folder, marker), `${listed}../../mine.html\n/etc/none.html\n`);
  await writeSite(folder, pages('b'));
  expect(readFileSync(join(above, 'mine.html'), 'utf8')).toBe('mine');
});

test('a link in the place of the folder of lessons is not followed', async () => {
  await writeSite(folder, new Map([['index.html', 'x']]));
  rmSync(join(folder, 'lessons'), { recursive: true });
  mkdirSync(join(above, 'elsewhere'));
  symlinkSync(join(above, 'elsewhere'), join(folder, 'lessons'));
  await expect(writeSite(folder, pages('a'))).rejects.toMatchObject({ code: 'pages-taken' });
  expect(readdirSync(join(above, 'elsewhere'))).toEqual([]);
});

test('where it was interrupted, the same again makes it whole', async () => {
  await writeSite(folder, pages('a'));
  mkdirSync(join(folder, '.docker-tutor-new', 'lessons'), { recursive: true });
  writeFileSync(join(folder, '.docker-tutor-new', 'index.html'), 'half');
  rmSync(join(folder, 'index.html'));
  await writeSite(folder, pages('a'));
  expect(there()).toEqual([marker, 'index.html', 'lessons', 'lessons/a.html']);
});

test('a file in the place of the folder is said to be in the way', async () => {
  mkdirSync(join(above, 'deep'));
  writeFileSync(folder, 'mine');
  await expect(writeSite(folder, pages('a'))).rejects.toMatchObject({ code: 'pages-unwritable', exitCode: 4 });
  expect(readFileSync(folder, 'utf8')).toBe('mine');
});

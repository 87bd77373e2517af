/** A step that writes a file: what is on disk then, and which lines it tells of. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeFileOf } from '../../src/run/write.ts';

let workspace: string;
beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'docker-tutor-write-'));
  await writeFileOf({ path: 'app/app.py', content: 'one\ntwo\nthree\n' }, workspace);
});
afterEach(() => rm(workspace, { recursive: true }));

it.each([
  [{ content: 'FROM busybox\n' }, { how: 'whole', removed: [], added: ['FROM busybox'] }, 'FROM busybox\n'],
  [{ append: 'four\n' }, { how: 'appended', removed: [], added: ['four'] }, 'one\ntwo\nthree\nfour\n'],
  [{ replace: 'wo', with: 'en' }, { how: 'replaced', removed: ['two'], added: ['ten'] }, 'one\nten\nthree\n'],
  [
    { replace: 'two\n', with: 'two\ntwo\n' },
    { how: 'replaced', removed: [], added: ['two'] },
    'one\ntwo\ntwo\nthree\n',
  ],
  [{ replace: 'one\ntwo\n', with: '' }, { how: 'replaced', removed: ['one', 'two'], added: [] }, 'three\n'],
])('%j', async (change, told, text) => {
  const path = 'app/app.py';
  expect(await writeFileOf({ path, ...change }, workspace)).toEqual({ path, ...told });
  expect(await readFile(join(workspace, path), 'utf8')).toBe(text);
});

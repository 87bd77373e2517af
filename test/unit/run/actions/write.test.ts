/** A step that writes a file: what is on disk then, and which lines it tells of. */
import { mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { textAfter } from '../../../../src/permission/written-text.ts';
import { writeFileOf } from '../../../../src/run/actions/write.ts';

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

it('never writes through a link that leads out of the workspace, also where nothing is there yet', async () => {
  const outside = await mkdtemp(join(tmpdir(), 'docker-tutor-outside-'));
  try {
    await writeFile(join(outside, 'theirs'), 'theirs');
    for (const name of ['theirs', 'none']) await symlink(join(outside, name), join(workspace, name));
    await symlink(outside, join(workspace, 'folder'));
    for (const path of ['theirs', 'none', 'folder/none', 'folder/new/none', '../none'])
      for (const change of [{ content: 'mine' }, { append: 'mine' }])
        await expect(writeFileOf({ path, ...change }, workspace)).rejects.toMatchObject({ code: 'outside-workspace' });
    expect(await readdir(outside)).toEqual(['theirs']);
    expect(await readFile(join(outside, 'theirs'), 'utf8')).toBe('theirs');
  } finally {
    await rm(outside, { recursive: true });
  }
});

it('writes where a name only begins with two dots', async () => {
  await writeFileOf({ path: '..data/x', content: 'x' }, workspace);
  expect(await readFile(join(workspace, '..data/x'), 'utf8')).toBe('x');
});

it.each([
  [undefined, 'There is no file a whose text could be replaced.'],
  ['one', 'The text to replace is in a not at all.'],
  ['two two', 'The text to replace is in a 2 times.'],
])('replaces what is there once, and not in %j', async (before, message) => {
  const write = { path: 'a', replace: 'two', with: 'ten' };
  const refusal = { code: 'replace-not-once', exitCode: 2, message };
  expect(() => textAfter(write, before)).toThrow(expect.objectContaining(refusal) as Error);
  if (before !== undefined) await writeFile(join(workspace, 'a'), before);
  await expect(writeFileOf(write, workspace)).rejects.toMatchObject(refusal);
});

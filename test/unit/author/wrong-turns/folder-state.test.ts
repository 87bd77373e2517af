/** What a wrong turn has left in the workspace. */
import { chown, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { folderState, withOwnersOf, withoutNewFolders } from '../../../../src/author/wrong-turns/folder-state.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docker-tutor-folder-'));
  await mkdir(join(folder, 'orders'));
  await writeFile(join(folder, 'orders/first'), 'one');
});
afterEach(() => rm(folder, { recursive: true }));

test('a new folder is seen, and is gone again where it is empty', async () => {
  const before = await folderState(folder);
  await mkdir(join(folder, 'orders-other/deep'), { recursive: true });
  expect((await folderState(folder)).text).not.toBe(before.text);
  await withoutNewFolders(folder, before);
  expect((await folderState(folder)).text).toBe(before.text);
});

test('what was written is seen', async () => {
  const before = await folderState(folder);
  await writeFile(join(folder, 'orders/first'), 'two, and more');
  expect((await folderState(folder)).text).not.toBe(before.text);
});

// who is not root may give nothing away
test.skipIf(process.getuid?.() !== 0)('a folder that was given to somebody else is seen, and given back', async () => {
  const before = await folderState(folder);
  await chown(join(folder, 'orders'), 4711, 4711);
  expect((await folderState(folder)).text).not.toBe(before.text);
  await withOwnersOf(folder, before);
  expect((await stat(join(folder, 'orders'))).uid).toBe(0);
  expect((await folderState(folder)).text).toBe(before.text);
});

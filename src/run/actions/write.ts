/** The action `write`: a file of the workspace, made or changed. Never outside it. */
import { rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { boundsOf } from '../../disk/held.ts';
import type { Bounds } from '../../disk/held.ts';
import { plainMode } from '../../disk/plain-mode.ts';
import { readText } from '../../disk/read.ts';
import { about, holdFolder, writeTo } from '../../disk/write.ts';
import type { FileWritten } from '../../events/events.ts';
import type { WriteAction } from '../../scenario/schema.ts';
import { assertInWorkspace, textAfter } from '../../permission/written-text.ts';
import { realPath } from '../../permission/real-path.ts';

type Written = Pick<FileWritten, 'path' | 'how' | 'removed' | 'added'>;

/** @returns what has changed in the file, by lines */
export async function writeFileOf(write: WriteAction['write'], workspace: string): Promise<Written> {
  assertInWorkspace(write.path, { workspace, real: realPath });
  const bounds = await boundsOf(workspace);
  const path = resolve(bounds.folder, write.path);
  const folder = await holdFolder(dirname(path), bounds);
  try {
    return await written(write, join(folder.path, basename(path)), bounds);
  } catch (error) {
    throw about(path, error);
  } finally {
    await folder.close();
  }
}

async function written(write: WriteAction['write'], path: string, bounds: Bounds): Promise<Written> {
  if ('content' in write) {
    const file = await writeTo(path, textAfter(write, undefined), 'whole', bounds);
    const { mode } = await file.stat();
    const wished = write.executable ? 0o755 : plainMode(mode);
    if ((mode & 0o777) !== wished) await file.chmod(wished);
    await file.close();
    return { path: write.path, how: 'whole', removed: [], added: linesOf(write.content) };
  }
  if ('append' in write) {
    // what is there need not be text
    await (await writeTo(path, write.append, 'appended', bounds)).close();
    return { path: write.path, how: 'appended', removed: [], added: linesOf(write.append) };
  }
  const before = await textAt(path, bounds);
  const after = textAfter(write, before);
  await (await writeTo(path, after, 'whole', bounds)).close();
  return { path: write.path, how: 'replaced', ...changedLines(linesOf(before ?? ''), linesOf(after)) };
}

/** @returns makes the file as it is now: of what is written elsewhere in the workspace it knows nothing */
export async function keptFile(path: string, workspace: string): Promise<() => Promise<void>> {
  assertInWorkspace(path, { workspace, real: realPath });
  const bounds = await boundsOf(workspace);
  const text = await textAt(resolve(bounds.folder, path), bounds);
  if (text !== undefined) return async () => void (await writeFileOf({ path, content: text }, workspace));
  return async () => {
    const folder = await holdFolder(dirname(resolve(bounds.folder, path)), bounds);
    try {
      await rm(join(folder.path, basename(path)), { force: true });
    } finally {
      await folder.close();
    }
  };
}

async function textAt(path: string, bounds: Bounds): Promise<string | undefined> {
  return readText(path, { bounds }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}

/** What is left of both when the lines are taken off that they have in common at the start and at the end. */
function changedLines(before: readonly string[], after: readonly string[]): Pick<Written, 'removed' | 'added'> {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { removed: before.slice(start, before.length - end), added: after.slice(start, after.length - end) };
}

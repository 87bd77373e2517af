/** The action `write`: a file of the workspace, made or changed. Never outside it. */
import { appendFile, chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Failure } from '../../failure.ts';
import type { FileWritten } from '../../events/events.ts';
import type { WriteAction } from '../../scenario/schema.ts';
import { assertInWorkspace, textAfter } from '../../permission/written-text.ts';
import { realPath } from '../../permission/real-path.ts';

type Written = Pick<FileWritten, 'path' | 'how' | 'removed' | 'added'>;

/** @returns what has changed in the file, by lines */
export async function writeFileOf(write: WriteAction['write'], workspace: string): Promise<Written> {
  assertInWorkspace(write.path, { workspace, real: realPath });
  const path = resolve(workspace, write.path);
  await assertNoPipe(path, write.path);
  await mkdir(dirname(path), { recursive: true });
  if ('content' in write) {
    await writeFile(path, textAfter(write, undefined));
    if (write.executable) await chmod(path, 0o755);
    return { path: write.path, how: 'whole', removed: [], added: linesOf(write.content) };
  }
  if ('append' in write) {
    // what is there need not be text
    await appendFile(path, write.append);
    return { path: write.path, how: 'appended', removed: [], added: linesOf(write.append) };
  }
  const before = await textAt(path);
  const after = textAfter(write, before);
  await writeFile(path, after);
  return { path: write.path, how: 'replaced', ...changedLines(linesOf(before ?? ''), linesOf(after)) };
}

/** A command may have made one there, and opening it might never end. */
async function assertNoPipe(path: string, written: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || found.isFile()) return;
  throw new Failure(`${written} is there, and is not a file.`, { code: 'not-a-file', exitCode: 2 });
}

async function textAt(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: unknown) => {
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

/** The action `write`: a file of the workspace, made or changed. Never outside it. */
import { appendFile, chmod, mkdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { Failure } from '../failure.ts';
import type { FileWritten } from './events.ts';
import type { WriteAction } from '../scenario/schema.ts';

type Written = Pick<FileWritten, 'path' | 'how' | 'removed' | 'added'>;

/** @returns what has changed in the file, by lines */
export async function writeFileOf(write: WriteAction['write'], workspace: string): Promise<Written> {
  const path = await pathInside(write.path, workspace);
  await assertNoPipe(path, write.path);
  if ('content' in write) {
    await writeFile(path, write.content);
    if (write.executable) await chmod(path, 0o755);
    return { path: write.path, how: 'whole', removed: [], added: linesOf(write.content) };
  }
  if ('append' in write) {
    await appendFile(path, write.append);
    return { path: write.path, how: 'appended', removed: [], added: linesOf(write.append) };
  }
  const before = await readFile(path, 'utf8');
  const after = replaced(before, write);
  await writeFile(path, after);
  return { path: write.path, how: 'replaced', ...changedLines(linesOf(before), linesOf(after)) };
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

/** @throws Failure where the path, or a link in it, leads out of the workspace. */
async function pathInside(written: string, workspace: string): Promise<string> {
  const path = resolve(workspace, written);
  assertInside(path, workspace, written);
  await mkdir(dirname(path), { recursive: true });
  assertInside(await realpath(dirname(path)), await realpath(workspace), written);
  return path;
}

/** A command may have made one there, and opening it might never end. */
async function assertNoPipe(path: string, written: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || found.isFile()) return;
  throw new Failure(`${written} is there, and is not a file.`, { code: 'not-a-file', exitCode: 2 });
}

function assertInside(path: string, workspace: string, written: string): void {
  const way = relative(workspace, path);
  if (way !== '..' && !way.startsWith(`..${sep}`)) return;
  throw new Failure(`${written} is outside the workspace.`, {
    code: 'outside-workspace',
    exitCode: 2,
    hints: ['A step writes only into the workspace of its run.'],
  });
}

function replaced(
  text: string,
  { path, replace, with: by }: Extract<WriteAction['write'], { replace: string }>,
): string {
  const parts = text.split(replace);
  if (parts.length === 2) return parts.join(by);
  throw new Failure(
    `The text to replace is in ${path} ${parts.length === 1 ? 'not at all' : `${String(parts.length - 1)} times`}.`,
    {
      code: 'replace-not-once',
      exitCode: 2,
      hints: ['It must be there exactly once.'],
    },
  );
}

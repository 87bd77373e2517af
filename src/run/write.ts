/** The action `write`: a file of the workspace, made or changed. Never outside it. */
import { appendFile, chmod, mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { Failure } from '../failure.ts';
import type { WriteAction } from '../scenario/schema.ts';

export async function writeFileOf(write: WriteAction['write'], workspace: string): Promise<void> {
  const path = await pathInside(write.path, workspace);
  if ('content' in write) {
    await writeFile(path, write.content);
    if (write.executable) await chmod(path, 0o755);
  } else if ('append' in write) {
    await appendFile(path, write.append);
  } else {
    await writeFile(path, replaced(await readFile(path, 'utf8'), write));
  }
}

/** @throws Failure where the path, or a link in it, leads out of the workspace. */
async function pathInside(written: string, workspace: string): Promise<string> {
  const path = resolve(workspace, written);
  assertInside(path, workspace, written);
  await mkdir(dirname(path), { recursive: true });
  assertInside(await realpath(dirname(path)), await realpath(workspace), written);
  return path;
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

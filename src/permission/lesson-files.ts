/** What a scenario that is not shipped brings along, for the look at its commands before anything runs. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../failure.ts';
import { cleanLine } from '../terminal/clean-text.ts';
import type { LessonFiles } from './precheck.ts';

/** Bytes. No Compose file or list of variables is as large. */
const largest = 256 * 1024;

/** @param files folder whose content the workspace starts with @throws Failure where something in it cannot be copied */
export function lessonFiles(files: string | undefined): LessonFiles {
  if (files !== undefined) assertCanBeCopied(files);
  return { file: (path) => (files === undefined ? undefined : textOf(join(files, path))) };
}

/** Copying a pipe is refused, and a device might never end. */
function assertCanBeCopied(files: string): void {
  const other = readdirSync(files, { recursive: true, withFileTypes: true }).find(
    (one) => !one.isFile() && !one.isDirectory() && !one.isSymbolicLink(),
  );
  if (other === undefined) return;
  throw new Failure(`${cleanLine(join(other.parentPath, other.name))} is neither a file, a folder nor a link.`, {
    code: 'files-not-copied',
    exitCode: 2,
    hints: ['A lesson brings nothing else in files/.'],
  });
}

/** @returns undefined where there is no such file, or none that is read */
export function textOf(path: string): string | undefined {
  try {
    const found = statSync(path);
    // a pipe or a device might never end
    return found.isFile() && found.size <= largest ? readFileSync(path, 'utf8') : undefined;
  } catch {
    // not there, or not to be read
    return undefined;
  }
}

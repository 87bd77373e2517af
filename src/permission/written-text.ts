/** What a `write` step makes of a file's text, and that it stays in the workspace. */
import { Failure } from '../failure.ts';
import type { WriteAction } from '../scenario/schema.ts';
import { isInWorkspace } from './workspace-limits.ts';
import type { WorkspaceView } from './workspace-limits.ts';

/**
 * The text of the file once the step has written it.
 * @param before undefined: there is no such file
 * @throws Failure (exit code 2) where what is to be replaced is not there exactly once
 */
export function textAfter(write: WriteAction['write'], before: string | undefined): string {
  if ('content' in write) return write.content;
  if ('append' in write) return (before ?? '') + write.append;
  if (before === undefined) throw notOnce(`There is no file ${write.path} whose text could be replaced.`);
  const parts = before.split(write.replace);
  if (parts.length === 2) return parts.join(write.with);
  const times = parts.length === 1 ? 'not at all' : `${String(parts.length - 1)} times`;
  throw notOnce(`The text to replace is in ${write.path} ${times}.`);
}

function notOnce(message: string): Failure {
  return new Failure(message, {
    code: 'replace-not-once',
    exitCode: 2,
    hints: ['It must be there exactly once.'],
  });
}

/** @throws Failure where the path, or a link in it, leads out of the workspace. */
export function assertInWorkspace(written: string, place: WorkspaceView): void {
  if (isInWorkspace(written, place)) return;
  throw new Failure(`${written} is outside the workspace.`, {
    code: 'outside-workspace',
    exitCode: 2,
    hints: ['A step writes only into the workspace of its run.'],
  });
}

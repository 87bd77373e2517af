/** The commands of a step, a line each, whole or with blanks; none where it has another action. Pure. */
import type { Step, WriteAction } from './schema.ts';

export function linesOf(step: Step): readonly string[] {
  if (!('do' in step)) return [];
  return typeof step.do === 'string' ? [step.do] : step.do;
}

/** What an author writes in the place of a part that is to be found. */
export const blank = /_{3,}/;

/** The lines with the blanks that the author gave them; undefined where that is left to the program. */
export function blanksOf(step: Step): readonly string[] | undefined {
  if (!('do' in step) || step.blanks === undefined) return undefined;
  return typeof step.blanks === 'string' ? [step.blanks] : step.blanks;
}

/** Files that are written while its last command runs. */
export function meanwhileWritten(step: Step): readonly WriteAction['write'][] {
  return 'do' in step ? (step.meanwhile?.write ?? []) : [];
}

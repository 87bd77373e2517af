/** The commands of a step, a line each; none where it has another action. Pure. */
import type { Step } from './schema.ts';

export function linesOf(step: Step): readonly string[] {
  if (!('do' in step)) return [];
  return typeof step.do === 'string' ? [step.do] : step.do;
}

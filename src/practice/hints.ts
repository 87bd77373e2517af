/** The hints of a step, and the line that solves what is left of it. Pure. */
import type { Step } from '../scenario/schema.ts';

/** A hint points at a part: one that holds a whole line is the solution, which is asked for by its own word. */
export function hintsOf({ hints }: Pick<Step, 'hints'>, lines: readonly string[]): readonly string[] {
  return hints.filter((hint) => !lines.some((line) => hint.includes(line)));
}

/** @param done indexes of the lines that were performed already */
export function solutionOf(lines: readonly string[], done: readonly number[]): string {
  return lines.find((_, i) => !done.includes(i)) ?? lines.at(-1) ?? '';
}

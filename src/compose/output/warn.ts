/** Warnings of the file, as compose writes them to a pipe. */
import { complain } from '../../plan/ask.ts';
import type { Plan } from '../../plan/effects.ts';
import type { Project } from '../file/project.ts';

export function* warn({ warnings }: Project): Plan<void> {
  for (const warning of warnings) yield* complain(`WARN[0000] ${warning}\n`);
}

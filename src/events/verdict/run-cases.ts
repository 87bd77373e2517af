/** What is of no scenario. An exit code other than 0 always has a case that says why. Pure. */
import type { Problem } from '../events.ts';
import { problemCase, type CaseVerdict } from './case.ts';

interface Ended {
  readonly exitCode: number;
  /** Something else says why already. */
  readonly bad: boolean;
  /** Something was done, or looked at. */
  readonly ran: boolean;
}

export function runCases(problems: readonly Problem[], { exitCode, bad, ran }: Ended): readonly CaseVerdict[] {
  const told = problems.map((problem) => problemCase(problem, 'the run'));
  if (exitCode === 0 || bad || told.length > 0) return told;
  if (exitCode === 130) return [ending('interrupted', 'It was interrupted.')];
  if (!ran) return [ending('nothing-run', 'Nothing was run.')];
  return [ending('run-failed', `It ended with exit code ${String(exitCode)}.`, exitCode === 3 ? 'fail' : 'blocked')];
}

function ending(
  code: 'interrupted' | 'nothing-run' | 'run-failed',
  why: string,
  state: 'fail' | 'blocked' = 'blocked',
): CaseVerdict {
  return { name: 'the run', state, why, cause: { code, message: why, hints: [] }, details: [], ms: 0 };
}

/** What went wrong, in words on stderr. Each returns the exit code. */
import { foreseen } from '../../as-failure.ts';
import type { Failure } from '../../failure.ts';

export async function sayError(error: unknown, argv: readonly string[]): Promise<number> {
  const failure = foreseen(error) ?? (await import('../../engine/problems.ts')).problemOf(error);
  return failure ? sayFailure(failure) : sayBug(error, argv);
}

export async function sayFailure(failure: Failure): Promise<number> {
  // an interruption needs no words: whoever asked for it knows
  if (failure.exitCode === 130) return 130;
  const { describeFailure } = await import('../../report/problem.ts');
  const { paintFor } = await import('../../terminal/paint.ts');
  const { displayOf } = await import('../../terminal/display.ts');
  const { env, platform, stderr } = process;
  // Drawn on stderr, so it is stderr that must be able to show it.
  const { colour, unicode, columns } = displayOf({ env, platform, stdout: stderr });
  process.stderr.write(describeFailure(failure, { paint: await paintFor(colour), unicode, columns }));
  return failure.exitCode;
}

export async function sayBug(error: unknown, argv: readonly string[]): Promise<number> {
  const { writeBugReport } = await import('./bug-report.ts');
  process.stderr.write(writeBugReport(error, argv));
  return 1;
}

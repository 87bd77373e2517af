/** A run as events that are whole: the first and the last are told, whatever comes between. */
import { formatVersion } from '../events/events.ts';
import type { Emit, Problem } from '../events/events.ts';
import { asFailure } from '../as-failure.ts';
import type { Failure } from '../failure.ts';
import { stopwatch } from '../stopwatch.ts';
import { collector } from '../events/collect.ts';
import { exitCodeOf } from '../events/verdict/verdict.ts';
import { ofRun } from './emitter.ts';

export interface WholeRun {
  /** Its id. */
  readonly run: string;
  /** Name and version of this program. */
  readonly tool: string;
  readonly emit: Emit;
  /** Puts a cause into words. */
  problem(failure: Failure): Promise<Problem>;
  readonly signal: AbortSignal;
}

/**
 * @param work tells the events between, and comes to the exit code
 * @returns the exit code, which is never 0 where something failed or nothing was run. What work throws is told as a problem, unless it was interrupted, and thrown on.
 * @throws the signal's reason, where it was interrupted
 */
export async function wholeRun(
  { run, tool, emit, problem, signal }: WholeRun,
  work: (emit: Emit) => Promise<number>,
): Promise<number> {
  const elapsed = stopwatch();
  const tell = ofRun(emit, { run });
  const { add, run: soFar } = collector();
  let exitCode = 1;
  tell({ type: 'run-started', formatVersion, tool, at: new Date().toISOString() });
  try {
    exitCode = await work((event) => {
      // what was printed says nothing of how it ended
      if (event.type !== 'output') add(event);
      emit(event);
    });
    signal.throwIfAborted();
    exitCode = exitCodeOf(soFar, exitCode);
    return exitCode;
  } catch (error) {
    const { problemOf } = await import('../engine/problems.ts');
    const failure = asFailure(problemOf(error) ?? error, signal);
    ({ exitCode } = failure);
    if (exitCode !== 130) tell(await problem(failure));
    throw error;
  } finally {
    tell({ type: 'run-finished', exitCode, totals: soFar.totals, ms: elapsed() });
  }
}

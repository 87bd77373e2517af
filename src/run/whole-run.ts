/** A run as events that are whole: the first and the last are told, whatever comes between. */
import { formatVersion } from '../events/events.ts';
import type { Emit, Problem } from '../events/events.ts';
import { asFailure } from '../as-failure.ts';
import type { Failure } from '../failure.ts';
import { stopwatch } from '../stopwatch.ts';
import { noTotals, withFinished } from '../events/totals.ts';
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
 * @returns the exit code. What work throws is told as a problem, unless it was interrupted, and thrown on.
 * @throws the signal's reason, where it was interrupted
 */
export async function wholeRun(
  { run, tool, emit, problem, signal }: WholeRun,
  work: (emit: Emit) => Promise<number>,
): Promise<number> {
  const elapsed = stopwatch();
  const tell = ofRun(emit, { run });
  let totals = noTotals;
  let exitCode = 1;
  tell({ type: 'run-started', formatVersion, tool, at: new Date().toISOString() });
  try {
    exitCode = await work((event) => {
      if (event.type === 'scenario-finished') totals = withFinished(totals, event);
      emit(event);
    });
    signal.throwIfAborted();
    return exitCode;
  } catch (error) {
    const { problemOf } = await import('../engine/problems.ts');
    const failure = asFailure(problemOf(error) ?? error, signal);
    ({ exitCode } = failure);
    if (exitCode !== 130) tell(await problem(failure));
    throw error;
  } finally {
    tell({ type: 'run-finished', exitCode, totals, ms: elapsed() });
  }
}

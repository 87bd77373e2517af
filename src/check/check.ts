/** Holds an expectation against the engine until it holds or its time is up. A check that fails is a result, never an exception. */
import { askThrough } from '../own/asking.ts';
import { EngineError } from '../plan/effects.ts';
import type { CheckDone } from '../run/events.ts';
import { durationMs } from '../scenario/duration.ts';
import type { Claim, Expectation } from '../scenario/expectation.ts';
import { claimWords, expectedWords, isAbout, lookAt } from './claims.ts';
import { engineEvents, eventually } from './eventually.ts';
import type { CheckContext, Look, LookContext } from './look.ts';

export type { BuildStep, CheckContext, StepOutcome } from './look.ts';
export type CheckResult = Omit<CheckDone, 'type' | 'step'>;

const defaultWithinMs = 10_000;

/** @throws Failure where the engine cannot be reached, and the signal's reason */
export async function check(expectation: Expectation, context: CheckContext): Promise<CheckResult> {
  const looking: LookContext = { ...context, ask: askThrough(context.engine, context.signal) };
  const keptBack = isKept(expectation, context);
  const within = keptBack
    ? 0
    : ((expectation.within === undefined ? undefined : durationMs(expectation.within)) ??
      context.within ??
      defaultWithinMs);
  const { look, ms, tries } = await eventually(() => safely(expectation, looking), {
    within,
    signal: context.signal,
    stirred: engineEvents(context.engine),
  });
  const status = look.holds ? 'passed' : keptBack ? 'kept' : 'failed';
  const why = status === 'failed' ? await look.why?.() : undefined;
  return {
    claim: expectation.claim ?? claimWords(expectation),
    status,
    expected: expectedWords(expectation),
    observed: look.observed,
    ...(why?.likely !== undefined && { likely: why.likely }),
    ...(why?.next !== undefined && { next: why.next }),
    ms,
    tries,
  };
}

/** Whether it holds at this moment: for the `when` of a mistake. */
export async function holdsNow(claim: Claim, context: CheckContext): Promise<boolean> {
  return (await safely(claim, { ...context, ask: askThrough(context.engine, context.signal) })).holds;
}

/** An engine that says no to a look is an observation. */
async function safely(claim: Claim, context: LookContext): Promise<Look> {
  try {
    return await lookAt(claim, context);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { holds: false, undecided: true, observed: error.message };
  }
}

/** A claim about something of the user's that was left as it is need not hold, and will not come to. */
function isKept(claim: Claim, { kept }: CheckContext): boolean {
  return kept.some((thing) => isAbout(claim, thing));
}

/** Holds an expectation against the engine until it holds or its time is up. A check that fails is a result, never an exception. */
import { askThrough } from '../engine/ask.ts';
import { isOutOfReach } from '../engine/problems.ts';
import { EngineError } from '../api/request.ts';
import { Failure } from '../failure.ts';
import type { CheckDone } from '../events/events.ts';
import { durationMs } from '../scenario/duration.ts';
import type { Claim, Expectation } from '../scenario/expectation.ts';
import { waited } from '../waits/waits.ts';
import { claimWords, expectedWords, isAbout, kindOf, lookAt, onlyLooks, propertyWords } from './claims.ts';
import { engineEvents, eventually } from './eventually.ts';
import type { CheckContext, Look, LookContext, Why } from './look.ts';

export type { CheckContext, StepOutcome } from './look.ts';
export type CheckResult = Omit<CheckDone, 'type' | 'step'>;

const defaultWithinMs = 10_000;

/**
 * One after the other, for what a later one sees may come with the waiting for one before. Up to the first that does
 * something, or has to wait, all can look at once.
 */
export async function* checkAll(
  expectations: readonly Expectation[],
  context: CheckContext,
): AsyncGenerator<CheckResult, void> {
  const looking = lookingThrough(context);
  const acting = expectations.findIndex((expectation) => !onlyLooks(expectation));
  const early = expectations.slice(0, acting === -1 ? undefined : acting).map((one) => safely(one, looking));
  // what goes wrong is told by the check it belongs to
  for (const look of early) look.catch(() => undefined);
  let inVain = 0;
  for (const expectation of expectations) {
    const result = await check(expectation, context, early.shift(), inVain);
    if (result.status !== 'passed' || result.tries > 1) early.length = 0;
    if (result.status === 'failed') inVain += result.ms;
    yield result;
  }
}

/**
 * @param first look, where it is under way already
 * @param inVain ms that were waited for others, and it could have come to hold meanwhile: they are taken off its own
 * @throws Failure where the engine cannot be reached, and the signal's reason
 */
export async function check(
  expectation: Expectation,
  context: CheckContext,
  first?: Promise<Look>,
  inVain = 0,
): Promise<CheckResult> {
  const looking = lookingThrough(context);
  let early = first;
  const keptBack = isKept(expectation, context);
  const wished =
    (expectation.within === undefined ? undefined : durationMs(expectation.within)) ??
    context.within ??
    defaultWithinMs;
  const within = keptBack ? 0 : Math.max(0, wished - inVain);
  const lookNow = async (): Promise<Look> => {
    const look = early ?? safely(expectation, looking);
    early = undefined;
    return look;
  };
  const claim = expectation.claim ?? claimWords(expectation);
  const { told } = expectation;
  const { look, ms, tries } = await waited({ for: `this to hold: ${told ?? claim}`, limitMs: within }, () =>
    eventually(lookNow, { within, signal: context.signal, stirred: engineEvents(context.engine) }),
  );
  const status = look.holds ? 'passed' : keptBack ? 'kept' : 'failed';
  const why = status === 'failed' ? await whyOf(look) : undefined;
  return {
    kind: kindOf(expectation),
    property: propertyWords(expectation),
    claim,
    ...(told !== undefined && told !== claim && { told }),
    status,
    expected: expectedWords(expectation),
    observed: look.observed,
    ...(why?.likely !== undefined && { likely: why.likely }),
    ...(why?.next !== undefined && { next: why.next }),
    ms,
    tries,
  };
}

/** What the engine does not tell is no reason to say less of the check itself. */
async function whyOf(look: Look): Promise<Why | undefined> {
  try {
    return await look.why?.();
  } catch (error) {
    if (error instanceof EngineError || (error instanceof Failure && !isOutOfReach(error))) return undefined;
    throw error;
  }
}

/** Whether it holds at this moment: for the `when` of a mistake. */
export async function holdsNow(claim: Claim, context: CheckContext): Promise<boolean> {
  return (await safely(claim, lookingThrough(context))).holds;
}

function lookingThrough(context: CheckContext): LookContext {
  return { ...context, ask: askThrough(context.engine, context.signal) };
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

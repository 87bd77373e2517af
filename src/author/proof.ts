/**
 * What a proven run has shown of each check: that it did not hold before its step, and that it holds after it.
 * Leaving a step's action out is the same as looking before it: nothing else has happened yet.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { holdsNow } from '../check/check.ts';
import { judgedBy } from '../check/claims.ts';
import type { CheckContext } from '../check/check.ts';
import type { CollectedStep } from '../events/collect.ts';
import type { CheckDone } from '../events/events.ts';
import type { Witness } from '../run/run.ts';
import type { Claim, Expectation, Scenario, Step } from '../scenario/schema.ts';
import { whyAlwaysHolds } from './always-holds.ts';

export interface StepProof {
  readonly step: string;
  readonly action: string;
  readonly checks: readonly CheckProof[];
  /** `caught`: with its action left out, a check fails. `missed`: all hold all the same. `no-checks`: there is nothing to prove. */
  readonly withoutAction: 'caught' | 'missed' | 'no-checks' | 'not-reached';
}

export interface CheckProof {
  readonly claim: string;
  /** `output` and `build` look at what the step itself did: nothing, so far. */
  readonly before: 'fails' | 'holds' | 'not-reached';
  readonly after: CheckDone['status'] | 'not-reached';
  readonly observed: string;
  /** Why it proves nothing, where it does not: it was never seen to fail. */
  readonly idle?: string;
}

export interface Prover {
  readonly witness: Witness;
  /** @param steps as they came out */
  proofs(steps: readonly CollectedStep[]): readonly StepProof[];
}

/** How long the checks may take to hold by themselves, without the step's action, in milliseconds. */
const patience = 1000;
const pauseMs = 100;

interface Watched {
  readonly expectation: Expectation;
  /** Seen not to hold, at its step or at another moment. */
  failed: boolean;
  before: CheckProof['before'];
}

interface WatchedStep {
  readonly step: Step;
  readonly checks: readonly Watched[];
  withoutAction: StepProof['withoutAction'];
}

/** @param present images that were on the engine before the run: a check of one may hold from the start */
export function prover(present: (image: string) => boolean): Prover {
  let steps: readonly WatchedStep[] = [];
  const witness: Witness = {
    async begin(scenario, context) {
      steps = watchedSteps(scenario);
      // what holds before its own step must have failed at some time: at the start, for one
      for (const { checks } of steps) await lookAt(checks, context);
    },
    async before(step, context) {
      const found = steps.find((one) => one.step.id === step.id);
      if (!found || found.checks.length === 0) return;
      const held = await lookAt(found.checks, context);
      found.checks.forEach((check, i) => (check.before = held[i] ? 'holds' : 'fails'));
      found.withoutAction = (await comeByThemselves(found.checks, held, context)) ? 'missed' : 'caught';
    },
  };
  return {
    witness,
    proofs: (taken) =>
      steps.map((step) => {
        const results = taken.find((one) => one.step === step.step.id)?.checks ?? [];
        return proofOf(step, results, present);
      }),
  };
}

function watchedSteps({ steps }: Scenario): readonly WatchedStep[] {
  return steps.map((step) => ({
    step,
    checks: step.expect.map((expectation) => ({ expectation, failed: false, before: 'not-reached' as const })),
    withoutAction: step.expect.length === 0 ? 'no-checks' : 'not-reached',
  }));
}

async function lookAt(checks: readonly Watched[], context: CheckContext): Promise<readonly boolean[]> {
  return Promise.all(
    checks.map(async (check) => {
      const holds = await holdsNow(check.expectation, context);
      if (!holds) check.failed = true;
      return holds;
    }),
  );
}

/** Some states come without anybody's doing: a container gets healthy, a service listens. */
async function comeByThemselves(
  checks: readonly Watched[],
  first: readonly boolean[],
  context: CheckContext,
): Promise<boolean> {
  const ownDoing = checks.some(({ expectation }, i) => !first[i] && looksAtOwnDoing(expectation));
  const until = performance.now() + patience;
  let held = first;
  while (!held.every(Boolean) && !ownDoing && performance.now() < until) {
    await wait(pauseMs, undefined, { signal: context.signal });
    held = await lookAt(checks, context);
  }
  return held.every(Boolean);
}

/** No waiting changes what a step has not done. */
function looksAtOwnDoing(claim: Claim): boolean {
  if ('all' in claim) return claim.all.some(looksAtOwnDoing);
  if ('any' in claim) return claim.any.every(looksAtOwnDoing);
  if ('not' in claim) return looksAtOwnDoing(claim.not);
  return judgedBy(claim) === 'step';
}

/** @param results of its checks, in their order; the last may be missing */
function proofOf(
  { step, checks, withoutAction }: WatchedStep,
  results: readonly CheckDone[],
  present: (image: string) => boolean,
): StepProof {
  return {
    step: step.id,
    action: ['do', 'write', 'request', 'quiz'].find((key) => key in step) ?? 'read',
    withoutAction:
      withoutAction === 'missed' && checks.every(({ expectation }) => isOfPresent(expectation, present))
        ? 'caught'
        : withoutAction,
    checks: checks.map((check, i) => checkProof(check, results[i], present)),
  };
}

function checkProof(
  { expectation, before, failed }: Watched,
  done: CheckDone | undefined,
  present: (image: string) => boolean,
): CheckProof {
  const why =
    whyAlwaysHolds(expectation) ??
    (failed || isOfMachine(expectation) || isOfPresent(expectation, present) ? undefined : neverFailed);
  return {
    claim: done?.claim ?? expectation.claim ?? Object.keys(expectation)[0] ?? '',
    before,
    after: done?.status ?? 'not-reached',
    observed: done?.observed ?? '',
    ...(before !== 'not-reached' && why !== undefined && { idle: why }),
  };
}

const neverFailed = 'it held at the start and at its step: it was never seen to fail';

/** What the engine says of itself is no step's doing. */
function isOfMachine(claim: Claim): boolean {
  return !('all' in claim || 'any' in claim || 'not' in claim) && judgedBy(claim) === 'machine';
}

/** An image that the user already has: here the check proves nothing, on another engine it does. */
function isOfPresent(claim: Claim, present: (image: string) => boolean): boolean {
  return 'image' in claim && present(claim.image.name);
}

/**
 * What a proven run has shown of each check: that it did not hold before its step, and that it holds after it.
 * Leaving a step's action out is the same as looking before it: nothing else has happened yet.
 */
import { judgedBy } from '../check/claims.ts';
import { groupIn } from '../check/facets/pattern.ts';
import type { CollectedStep } from '../events/collect.ts';
import type { CheckDone } from '../events/events.ts';
import type { Witness } from '../run/run.ts';
import type { Claim, Expectation, Scenario, Step } from '../scenario/schema.ts';
import { whyAlwaysHolds } from './always-holds.ts';
import { untilAllHold } from './until-all-hold.ts';

export interface StepProof {
  readonly step: string;
  readonly action: string;
  readonly checks: readonly CheckProof[];
  /** `caught`: with its action left out, a check fails. `missed`: all hold all the same. `no-checks`: there is nothing to prove. */
  readonly withoutAction: 'caught' | 'missed' | 'no-checks' | 'not-reached';
  /** The pattern of its question finds no answer in what the step printed. */
  readonly unanswered?: true;
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
      for (const { checks } of steps) await untilAllHold(claimsOf(checks), context, 0, (seen) => note(checks, seen));
    },
    async before(step, context) {
      const found = steps.find((one) => one.step.id === step.id);
      if (!found || found.checks.length === 0) return;
      let first: readonly boolean[] | undefined;
      const held = await untilAllHold(claimsOf(found.checks), context, patience, (seen) => {
        first ??= seen;
        note(found.checks, seen);
      });
      found.checks.forEach((check, i) => (check.before = first?.[i] === true ? 'holds' : 'fails'));
      found.withoutAction = held.every(Boolean) ? 'missed' : 'caught';
    },
  };
  return {
    witness,
    proofs: (taken) =>
      steps.map((step) => {
        const as = taken.find((one) => one.step === step.step.id);
        const proof = proofOf(step, as?.checks ?? [], present);
        return as && isUnanswered(step.step, as) ? { ...proof, unanswered: true } : proof;
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

function claimsOf(checks: readonly Watched[]): readonly Expectation[] {
  return checks.map(({ expectation }) => expectation);
}

function note(checks: readonly Watched[], held: readonly boolean[]): void {
  checks.forEach((check, i) => (check.failed ||= held[i] !== true));
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

function isUnanswered({ ask }: Step, { stdout, stderr, finished }: CollectedStep): boolean {
  return ask !== undefined && finished?.status === 'passed' && !groupIn(ask.answer, 'm', `${stdout}\n${stderr}`);
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

/**
 * Drives a plan without an engine: every effect gets the answer the plan itself assumes. What comes out is what
 * explain shows: the requests in order, and what there is to mind.
 */
import type { Request } from '../api/request.ts';
import type { Effect, Plan } from './effects.ts';

export interface Assumed {
  readonly requests: readonly Request[];
  readonly notes: readonly string[];
  readonly exitCode: number;
  /**
   * What docker stops with before it asks the engine: that is so whatever there is on it. What a plan says after its first
   * request may come of an assumed answer.
   */
  readonly refusal: string | undefined;
}

type Load = (path: string) => string | undefined;

/** @param load reads a local file the docker CLI would read; undefined where there is none. */
export function assume(plan: Plan, load: Load = () => undefined): Assumed {
  const seen: AssumedSoFar = { requests: [], notes: [], complaints: [] };
  const exitCode = drive(plan, seen, load);
  const { requests, notes, complaints } = seen;
  return { requests, notes, exitCode, refusal: exitCode === 0 ? undefined : complaints.at(-1)?.trim() };
}

interface AssumedSoFar {
  readonly requests: Request[];
  readonly notes: string[];
  readonly complaints: string[];
}

function drive<R>(plan: Plan<R>, seen: AssumedSoFar, load: Load): R {
  let step = plan.next();
  while (!step.done) step = plan.next(answerTo(step.value, seen, load));
  return step.value;
}

function answerTo(effect: Effect, seen: AssumedSoFar, load: Load): unknown {
  switch (effect.do) {
    case 'ask':
    case 'follow':
      seen.requests.push(effect.request);
      return effect.assume;
    case 'ask-all':
      seen.requests.push(...effect.requests);
      return effect.requests.map(() => effect.assume);
    case 'open':
      seen.requests.push(effect.request);
      return { handle: seen.requests.length };
    case 'read':
    case 'question':
    case 'look':
    case 'ask-registry':
      return effect.assume;
    case 'load':
      return load(effect.path) ?? withoutFile(effect, seen);
    case 'drain':
      return 'ended';
    case 'contexts':
      return [];
    case 'write':
      return effect.to === 'stderr' && seen.requests.length === 0 ? seen.complaints.push(effect.text) : undefined;
    case 'note':
      return seen.notes.push(effect.text);
    case 'together':
      return effect.plans.map((plan) => drive(plan, seen, load));
    case 'until-interrupted':
      drive(effect.plan, seen, load);
      return false;
    case 'drain-all':
    case 'name-cause':
    case 'save':
    case 'store':
    case 'read-stdin':
    case 'find-login':
    case 'keep-login':
    case 'forget-login':
    case 'pause':
    case 'foresee':
    case 'watch-files':
      return undefined;
  }
  return effect satisfies never;
}

function withoutFile({ path, needed }: Extract<Effect, { do: 'load' }>, { notes }: AssumedSoFar): string | undefined {
  if (!needed) return undefined;
  notes.push(`${path} is not here; docker would stop with an error`);
  return '';
}

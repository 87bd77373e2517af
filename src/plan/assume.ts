/**
 * Drives a plan without an engine: every effect gets the answer the plan itself assumes. What comes out is what
 * explain shows: the requests in order, and what there is to mind.
 */
import type { Request } from '../api/request.ts';
import type { Effect, Plan } from './effects.ts';

export interface Assumed {
  readonly requests: readonly Request[];
  readonly minds: readonly string[];
  readonly exitCode: number;
  /** What was written to stderr. */
  readonly complaints: readonly string[];
}

/** @param load reads a local file the docker CLI would read; undefined where there is none. */
export function assume(plan: Plan, load: (path: string) => string | undefined = () => undefined): Assumed {
  const requests: Request[] = [];
  const minds: string[] = [];
  const complaints: string[] = [];
  const inner = (part: Plan<unknown>): unknown => {
    const found = assume(part as Plan, load);
    requests.push(...found.requests);
    minds.push(...found.minds);
    complaints.push(...found.complaints);
    return found.exitCode;
  };
  let step = plan.next();
  while (!step.done) {
    const effect = step.value;
    if (effect.do === 'together') {
      step = plan.next(effect.plans.map(inner));
      continue;
    }
    if (effect.do === 'until-interrupted') {
      inner(effect.plan);
      step = plan.next(false);
      continue;
    }
    if ('request' in effect) requests.push(effect.request);
    if ('requests' in effect) requests.push(...effect.requests);
    if (effect.do === 'mind') minds.push(effect.text);
    if (effect.do === 'write' && effect.to === 'stderr') complaints.push(effect.text);
    if (effect.do === 'load') {
      const text = load(effect.path);
      if (text === undefined && effect.needed)
        minds.push(`${effect.path} is not here; docker would stop with an error`);
      step = plan.next(text ?? (effect.needed ? '' : undefined));
    } else step = plan.next(assumedAnswer(effect, requests.length));
  }
  return { requests, minds, exitCode: step.value, complaints };
}

function assumedAnswer(effect: Effect, handle: number): unknown {
  switch (effect.do) {
    case 'ask':
    case 'follow':
    case 'read':
    case 'question':
    case 'look':
      return effect.assume;
    case 'ask-all':
      return effect.requests.map(() => effect.assume);
    case 'drain':
      return 'ended';
    case 'open':
      return { handle };
    case 'contexts':
      return [];
    default:
      return undefined;
  }
}

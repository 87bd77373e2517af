/**
 * Drives a plan without an engine: every effect gets the answer the plan itself assumes. What comes out is what
 * explain shows: the requests in order, and what there is to mind.
 */
import type { Effect, Plan, Request } from './effects.ts';

export interface Assumed {
  readonly requests: readonly Request[];
  readonly minds: readonly string[];
  readonly exitCode: number;
}

/** @param load reads a local file the docker CLI would read; undefined where there is none. */
export function assume(plan: Plan, load: (path: string) => string | undefined = () => undefined): Assumed {
  const requests: Request[] = [];
  const minds: string[] = [];
  let step = plan.next();
  while (!step.done) {
    const effect = step.value;
    if ('request' in effect) requests.push(effect.request);
    if (effect.do === 'mind') minds.push(effect.text);
    if (effect.do === 'load') {
      const text = load(effect.path);
      if (text === undefined && effect.needed) minds.push(`${effect.path} is not here; docker would stop with an error`);
      step = plan.next(text ?? (effect.needed ? '' : undefined));
    } else step = plan.next(assumedAnswer(effect, requests.length));
  }
  return { requests, minds, exitCode: step.value };
}

function assumedAnswer(effect: Effect, handle: number): unknown {
  switch (effect.do) {
    case 'ask':
    case 'follow':
    case 'read':
    case 'question':
      return effect.assume;
    case 'open':
      return { handle };
    default:
      return undefined;
  }
}

/**
 * `docker compose --dry-run`: the same plan, but only what reads is asked of the engine. What would change something
 * is answered as the plan itself assumes, so that it goes on and says what it would do.
 */
import type { Request } from '../api/request.ts';
import { Stopped } from '../plan/effects.ts';
import type { Effect, Plan } from '../plan/effects.ts';
import { isProgress } from './output/progress.ts';

export function* dryRun<R>(plan: Plan<R>): Plan<R> {
  try {
    let step = plan.next();
    while (!step.done) {
      let answer: unknown;
      try {
        answer = yield* answerTo(step.value);
      } catch (error) {
        step = plan.throw(error);
        continue;
      }
      step = plan.next(answer);
    }
    return step.value;
  } finally {
    // ends a plan that was left half way, and does nothing to one that is done
    plan.return(undefined as R);
  }
}

function* answerTo(effect: Effect): Plan<unknown> {
  switch (effect.do) {
    case 'ask':
      return reads(effect.request) ? yield effect : effect.assume;
    case 'ask-all':
      return effect.requests.every(reads) ? yield effect : effect.requests.map(() => effect.assume);
    case 'follow':
      return effect.assume;
    case 'open':
      if (!reads(effect.request)) throw new Stopped('interactive run is not supported in dry-run mode');
      return yield effect;
    case 'write':
      return yield isProgress(effect.text) ? { ...effect, text: ` DRY-RUN MODE - ${effect.text}` } : effect;
    case 'together':
      return yield { ...effect, plans: effect.plans.map(dryRun) };
    case 'until-interrupted':
      return yield { ...effect, plan: dryRun(effect.plan) };
    case 'save':
    case 'store':
    case 'keep-login':
    case 'forget-login':
    case 'foresee':
    case 'watch-files':
      return undefined;
    case 'drain':
    case 'drain-all':
    case 'read':
    case 'load':
    case 'look':
    case 'question':
    case 'read-stdin':
    case 'find-login':
    case 'ask-registry':
    case 'pause':
    case 'contexts':
    case 'note':
    case 'name-cause':
      return yield effect;
  }
}

/** Changes nothing, and is about what is there: an id that the plan assumes stands in angle brackets. */
function reads({ method, path }: Request): boolean {
  return (method === 'GET' || method === 'HEAD') && !path.includes('<');
}

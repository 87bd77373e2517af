/** Sees what a plan is about to ask of the world. */
import type { Answer, Request } from '../api/request.ts';
import type { Effect, Plan } from './effects.ts';

/** The plan, each of whose effects is shown to `see` before it comes about; what `see` throws ends it. */
export function* watched<R>(plan: Plan<R>, see: (effect: Effect) => void): Plan<R> {
  try {
    let step = plan.next();
    while (!step.done) {
      see(step.value);
      try {
        step = plan.next(yield within(step.value, see));
      } catch (error) {
        step = plan.throw(error);
      }
    }
    return step.value;
  } finally {
    // ends a plan that was left half way, and does nothing to one that is done
    plan.return(undefined as R);
  }
}

/** Plans inside an effect are watched too. */
function within(effect: Effect, see: (effect: Effect) => void): Effect {
  if ('plans' in effect) return { ...effect, plans: effect.plans.map((plan) => watched(plan, see)) };
  return 'plan' in effect ? { ...effect, plan: watched(effect.plan, see) } : effect;
}

/** What an effect asks of the engine itself; the plans inside it are watched. */
export function requestsOf(effect: Effect): readonly Request[] {
  if ('request' in effect) return [effect.request];
  return 'requests' in effect ? effect.requests : [];
}

/** The plan on an engine that has no image yet: whoever looks for one is told so. */
export function* withoutImages<R>(plan: Plan<R>): Plan<R> {
  try {
    let step = plan.next();
    while (!step.done) step = plan.next(isLookAtImage(step.value) ? notFound : yield withinWithoutImages(step.value));
    return step.value;
  } finally {
    plan.return(undefined as R);
  }
}

const notFound: Answer = { status: 404, headers: {}, body: undefined };

function isLookAtImage(effect: Effect): boolean {
  return effect.do === 'ask' && effect.accept.includes(404) && /^\/images\/.+\/json$/.test(effect.request.path);
}

function withinWithoutImages(effect: Effect): Effect {
  if ('plans' in effect) return { ...effect, plans: effect.plans.map(withoutImages) };
  return 'plan' in effect ? { ...effect, plan: withoutImages(effect.plan) } : effect;
}

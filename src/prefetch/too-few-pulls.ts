/** Whether Docker Hub would refuse a fetch in the middle of it. Pure. */
import { causeFailure } from '../cause-failure.ts';
import type { Failure } from '../failure.ts';
import { pullsNeeded } from './plan.ts';
import type { FetchPlan } from './plan.ts';

/** @returns E-RATE-LIMIT; undefined where there are enough, or nobody knows */
export function tooFewPulls(plan: FetchPlan): Failure | undefined {
  const needed = pullsNeeded(plan);
  const left = plan.left?.left;
  if (left === undefined || left >= needed) return undefined;
  return causeFailure('E-RATE-LIMIT', {
    args: {
      left: `${left === 0 ? 'None is' : `${String(left)} ${left === 1 ? 'is' : 'are'}`} left, and ${String(needed)} ${needed === 1 ? 'is' : 'are'} needed.`,
    },
    evidence: [`ratelimit-remaining: ${String(left)}`],
    hints: ['docker-tutor prefetch --yes fetches as many as it can'],
  });
}

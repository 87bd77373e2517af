/** Looks until all hold at one moment: some states come without anybody's doing, such as a container that gets healthy. */
import { setTimeout as wait } from 'node:timers/promises';
import { holdsNow } from '../check/check.ts';
import { judgedBy } from '../check/claims.ts';
import type { CheckContext } from '../check/check.ts';
import type { Claim } from '../scenario/schema.ts';

const pauseMs = 100;

/** @param patience in milliseconds @returns how each was found at the last look */
export async function untilAllHold(
  claims: readonly Claim[],
  context: CheckContext,
  patience: number,
  saw: (held: readonly boolean[]) => void = () => undefined,
): Promise<readonly boolean[]> {
  const look = async (): Promise<readonly boolean[]> => {
    const held = await Promise.all(claims.map((claim) => holdsNow(claim, context)));
    saw(held);
    return held;
  };
  const until = performance.now() + patience;
  let held = await look();
  const inVain = claims.some((claim, i) => held[i] !== true && looksAtOwnDoing(claim));
  while (!held.every(Boolean) && !inVain && performance.now() < until) {
    await wait(pauseMs, undefined, { signal: context.signal });
    held = await look();
  }
  return held;
}

/** No waiting changes what a step has done, or not done. */
function looksAtOwnDoing(claim: Claim): boolean {
  if ('all' in claim) return claim.all.some(looksAtOwnDoing);
  if ('any' in claim) return claim.any.every(looksAtOwnDoing);
  if ('not' in claim) return looksAtOwnDoing(claim.not);
  return judgedBy(claim) === 'step';
}

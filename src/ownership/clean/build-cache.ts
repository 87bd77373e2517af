/** Takes away what builds have put into BuildKit's cache, by id. What somebody else's build stands on stays, and is theirs. */
import type { Ask } from '../../engine/ask.ts';
import { cacheRecords, dropRecords, isStepIn } from '../build-cache.ts';
import type { Intended } from '../journal/entries.ts';
import type { Names } from './images.ts';
import { usedElsewhere } from './removal.ts';
import type { Removal } from './removal.ts';

type CachePlan = Extract<Intended, { kind: 'build-cache' }>;

/**
 * @param ids undefined where the build was cut off: then what can only be its own
 * @returns false where it is still to be done; `removal.left` says why
 */
export async function removeCache(
  { before, dockerfile }: CachePlan,
  ids: readonly string[] | undefined,
  run: string,
  { claimsElsewhere }: Pick<Names, 'claimsElsewhere'>,
  ask: Ask,
  removal: Removal,
): Promise<boolean> {
  const wanted = ids ?? (await stepsSince(before, dockerfile, run, ask));
  if (wanted.length === 0) return true;
  const { gone, still } = await dropRecords(wanted, ask);
  removal.removed.push(...gone.map((id) => ({ kind: 'build cache record', name: id, id })));
  // of two runs that stand on the same steps the last takes them away
  if (!claimsElsewhere.some(({ plan }) => plan.kind === 'build-cache')) return true;
  removal.left.push(...still.map((id) => ({ kind: 'build cache record', name: id, id, why: usedElsewhere })));
  return still.length === 0;
}

async function stepsSince(
  before: readonly string[],
  dockerfile: string,
  run: string,
  ask: Ask,
): Promise<readonly string[]> {
  const known = new Set(before);
  const isStep = isStepIn(dockerfile, run);
  return (await cacheRecords(ask)).filter((record) => !known.has(record.id) && isStep(record)).map(({ id }) => id);
}

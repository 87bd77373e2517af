/** Finds out what came of an intent whose run was killed before it knew. */
import type { Ask } from '../../engine/ask.ts';
import { listImages } from '../image-view.ts';
import type { Holding, RunRecord } from '../journal/entries.ts';
import { outcomeIn } from '../journal/files.ts';
import type { Outcome } from '../journal/files.ts';
import { keptId } from '../../short-id.ts';

/**
 * The claims with the ids of the images that their names point to. Written down before anything is removed: a name may
 * go and leave its image, because another was built on it, and then only the id tells whose it was.
 */
export async function resolveClaims(record: RunRecord, folder: string, ask: Ask): Promise<readonly Holding[]> {
  const unknown = record.claims.filter(({ plan, ids }) => plan.kind === 'image' && ids === undefined);
  if (unknown.length === 0) return record.claims;
  const images = await listImages(ask, false);
  const outcomes = unknown.flatMap(({ n, plan }): readonly Outcome[] => {
    if (plan.kind !== 'image') return [];
    const image = images.find(({ tags, digests }) => tags.includes(plan.ref) || digests.includes(plan.ref));
    return image ? [{ n, ids: [image.id], foreign: plan.before?.includes(keptId(image.id)) ?? false }] : [];
  });
  outcomeIn(folder, record.run, outcomes);
  return record.claims.map((claim) => ({ ...claim, ...outcomes.find(({ n }) => n === claim.n) }));
}

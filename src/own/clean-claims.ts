/** Settles what a run's journal claims: volumes, image names, unnamed images, the swarm. */
import type { Ask } from './asking.ts';
import type { Progress } from './clean.ts';
import { removeLayers, removeName, removeUnnamed } from './clean-images.ts';
import type { Names } from './clean-images.ts';
import { remove } from './clean-labelled.ts';
import { leaveSwarmOf } from './clean-swarm.ts';
import type { Claim, RunRecord } from './journal-entries.ts';
import type { Removal } from './removal.ts';

export function namesOf(records: readonly RunRecord[]): ReadonlySet<string> {
  return new Set(records.flatMap(({ claims }) => claims.flatMap(({ plan }) => (plan.kind === 'image' ? [plan.ref] : []))));
}

/**
 * Each claim is settled once: a name that is the user's a moment later must not be looked at again. Only where the
 * outcome is unknown and nothing is there yet, the next look comes back to it.
 */
export async function cleanClaims(record: RunRecord, names: Names, progress: Progress, ask: Ask, images: boolean, removal: Removal): Promise<void> {
  const settled = setFor(progress.settled, record.run);
  const open = setFor(progress.open, record.run);
  const keepsImages = record.header.imagesStay === true && !images;
  for (const claim of inOrder(record.claims)) {
    if (settled.has(claim.n)) continue;
    const before = removal.removed.length;
    const isImage = claim.plan.kind === 'image' || claim.plan.kind === 'layers';
    const done = keepsImages && isImage ? false : await settle(claim, names, ask, removal);
    if (!done) open.add(claim.n);
    else open.delete(claim.n);
    if (done && (claim.ids !== undefined || removal.removed.length > before)) settled.add(claim.n);
  }
}

async function settle(claim: Claim, names: Names, ask: Ask, removal: Removal): Promise<boolean> {
  switch (claim.plan.kind) {
    case 'volume':
      return remove('volume', claim.plan.name, claim.plan.name, `/volumes/${claim.plan.name}`, {}, ask, removal);
    case 'image': {
      const done = await removeName(claim, names, ask, removal);
      // an older image whose name went to a newer one
      const rest = claim.foreign || claim.plan.via === 'tag' || !done || (await removeUnnamed(claim.ids ?? [], ask, removal));
      return done && rest;
    }
    case 'layers':
      return removeLayers(claim, ask, removal);
    case 'swarm':
      return leaveSwarmOf(claim, ask, removal);
  }
}

/** Volumes, then names, the newest first, then what has no name, then the swarm: each may hold the next. */
function inOrder(claims: readonly Claim[]): readonly Claim[] {
  const rank = { volume: 0, image: 1, layers: 2, swarm: 3 };
  return claims.toReversed().sort((a, b) => rank[a.plan.kind] - rank[b.plan.kind]);
}

function setFor(map: Map<string, Set<number>>, run: string): Set<number> {
  const found = map.get(run) ?? new Set<number>();
  map.set(run, found);
  return found;
}

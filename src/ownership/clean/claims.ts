/** Settles what a run's journal claims: volumes, image names, unnamed images, the swarm. */
import { seek } from '../../engine/ask.ts';
import type { Ask } from '../../engine/ask.ts';
import type { CleanOptions, Progress } from './clean.ts';
import { finishCutPulls, tellCutPulls } from './cut-pulls.ts';
import { removeName } from './images.ts';
import type { Names } from './images.ts';
import { remove } from './labelled.ts';
import { resolveClaims } from './intents.ts';
import { removeCache } from './build-cache.ts';
import { removeUnnamed } from './unnamed.ts';
import { leaveSwarmOf, removeGatewayBridge } from './swarm.ts';
import type { Holding, RunRecord } from '../journal/entries.ts';
import { runOf } from '../labels.ts';
import type { Removal } from './removal.ts';

export function namesOf(records: readonly RunRecord[]): ReadonlySet<string> {
  return new Set(
    records.flatMap(({ claims }) => claims.flatMap(({ plan }) => (plan.kind === 'image' ? [plan.ref] : []))),
  );
}

/**
 * Each claim is settled once: a name that is the user's a moment later must not be looked at again, and why it stays is
 * told as it was then. Only where the outcome is unknown and nothing is there yet, the next look comes back to it.
 */
export async function cleanClaims(
  record: RunRecord,
  names: Names,
  progress: Progress,
  ask: Ask,
  { folder, images, signal }: Pick<CleanOptions, 'folder' | 'images' | 'signal'>,
  removal: Removal,
): Promise<void> {
  const settled = entryOf(progress.settled, record.run, () => new Map<number, Removal['left']>());
  const open = entryOf(progress.open, record.run, () => new Set<number>());
  const keepsImages = record.header.imagesStay === true && images !== true;
  const asked = entryOf(progress.pulledAgain, record.run, () => new Set<number>());
  const known = [...record.claims, ...names.claimsElsewhere];
  const cut = keepsImages ? [] : await finishCutPulls(record.claims, known, asked, ask);
  const resolved = await resolveClaims(record, folder, ask);
  for (const claim of inOrder(resolved)) {
    const told = settled.get(claim.n);
    if (told) {
      removal.left.push(...told.filter((one) => !isIn(removal.removed, one)));
      continue;
    }
    const before = removal.removed.length;
    const leftBefore = removal.left.length;
    const isImage = claim.plan.kind === 'image' || claim.plan.kind === 'layers';
    const done = keepsImages && isImage ? false : await settle(claim, record.run, names, ask, signal, removal);
    if (!done) open.add(claim.n);
    else open.delete(claim.n);
    if (done && (claim.ids !== undefined || removal.removed.length > before))
      settled.set(claim.n, removal.left.slice(leftBefore));
  }
  if (keepsImages) return;
  tellCutPulls(cut, removal);
  for (const { n } of cut) open.add(n);
  // an image stays without a name where another was built on it, or took its name: together they can go
  const claims = resolved.filter(({ n, plan }) => plan.kind === 'layers' || settled.has(n) || !open.has(n));
  const still = await removeUnnamed(claims, ask, removal, names.claimsElsewhere, signal);
  for (const { n } of claims) {
    if (still.has(n)) open.add(n);
    else open.delete(n);
  }
}

async function settle(
  claim: Holding,
  run: string,
  names: Names,
  ask: Ask,
  signal: AbortSignal,
  removal: Removal,
): Promise<boolean> {
  switch (claim.plan.kind) {
    case 'volume':
      return remove('volume', claim.plan.name, claim.plan.name, `/volumes/${claim.plan.name}`, {}, ask, removal);
    case 'bound-volume':
      return claim.ids !== undefined || removeMadeAgain(claim.plan, ask, removal);
    case 'image':
      return removeName(claim, names, ask, removal);
    case 'layers':
      return true;
    case 'build-cache':
      return removeCache(claim.plan, claim.ids, run, names, ask, removal);
    case 'swarm':
      return leaveSwarmOf(claim, ask, removal);
    case 'gateway-bridge':
      return removeGatewayBridge(ask, signal, removal);
  }
}

/** How long an engine may take from making the volume to making the container. */
const containerMs = 60_000;

/** Only what the engine has made without a label, right after ours: later ones are somebody's. */
async function removeMadeAgain(
  { name, made }: { name: string; made: string },
  ask: Ask,
  removal: Removal,
): Promise<boolean> {
  const sought = await seek(ask, `/volumes/${name}`);
  if (sought.is === 'not there') return true;
  const { CreatedAt = '', Labels } = sought.thing as { CreatedAt?: string; Labels?: unknown };
  const after = Date.parse(CreatedAt) - Date.parse(made);
  if (runOf(Labels) !== undefined || !(after >= 0 && after < containerMs)) return true;
  return remove('volume', name, name, `/volumes/${name}`, {}, ask, removal);
}

/** Volumes, then names, the newest first, then what has no name, then the swarm and its bridge: each may hold the next. */
function inOrder(claims: readonly Holding[]): readonly Holding[] {
  const rank = { volume: 0, 'bound-volume': 0, image: 1, layers: 2, 'build-cache': 3, swarm: 4, 'gateway-bridge': 5 };
  return claims.toReversed().sort((a, b) => rank[a.plan.kind] - rank[b.plan.kind]);
}

/** Another run may have had the same name, and have taken it away since. */
function isIn(removed: Removal['removed'], { id, name }: Removal['left'][number]): boolean {
  return removed.some((one) => one.id === id && one.name === name);
}

function entryOf<Value>(map: Map<string, Value>, run: string, fresh: () => Value): Value {
  const found = map.get(run) ?? fresh();
  map.set(run, found);
  return found;
}

/** Whose an image and its names are, as the journals of this engine's runs tell. */
import { nameTaken, otherRuns } from './guard/context.ts';
import type { GuardContext } from './guard/context.ts';
import { listImages } from './image-view.ts';
import type { ImageSeen } from './image-view.ts';
import type { Holding } from './journal/entries.ts';
import { familiar } from '../image-name.ts';
import { keptId } from '../short-id.ts';

/** Other runs on this engine that brought this name. */
export async function runsWith(ref: string, context: GuardContext): ReturnType<typeof otherRuns> {
  const runs = await otherRuns(context);
  return runs.filter(({ claims }) => claims.some(({ plan }) => plan.kind === 'image' && plan.ref === ref));
}

/** Names of ours that a removal took along. */
export async function releaseGone(context: GuardContext): Promise<void> {
  const there = await listImages(context.ask, true);
  const names = new Set(there.flatMap(({ tags, digests }) => [...tags, ...digests]));
  const ids = new Set(there.map(({ id }) => id));
  const gone = context.journal.claims().filter(({ plan, ids: made }) => {
    if (plan.kind === 'image') return !names.has(plan.ref);
    return plan.kind === 'layers' && made?.every((id) => !ids.has(id));
  });
  await context.journal.release(gone.map(({ n }) => n));
}

/** Whether docker-tutor brought the image itself, not only a name for it. */
export async function isOurImage(image: ImageSeen, context: GuardContext): Promise<boolean> {
  if (ownsId(image.id, context)) return true;
  const others = await otherRuns(context);
  return others.some(({ claims }) =>
    claims.some((claim) => !claim.foreign && (claim.ids?.includes(image.id) ?? isBringing(claim, image))),
  );
}

/** Short ids of images that other runs have brought. */
export async function idsOfOtherRuns(context: GuardContext): Promise<ReadonlySet<string>> {
  const claims = (await otherRuns(context)).flatMap((other) => other.claims);
  const brought = claims.filter(({ plan, foreign }) => !foreign && (plan.kind === 'image' || plan.kind === 'layers'));
  return new Set(brought.flatMap(({ ids }) => ids ?? []).map(keptId));
}

/** Its request is still on its way, and the image was not there before it. */
function isBringing({ plan }: Holding, { id, tags }: ImageSeen): boolean {
  return plan.kind === 'image' && tags.includes(plan.ref) && plan.before?.includes(keptId(id)) === false;
}

export function ownsId(id: string, context: GuardContext): boolean {
  return context.journal
    .claims()
    .some(({ plan, ids, foreign }) => plan.kind !== 'volume' && !foreign && ids?.includes(id));
}

export function isClaimed(ref: string, context: GuardContext): boolean {
  return context.journal.claims().some(({ plan }) => plan.kind === 'image' && plan.ref === ref);
}

export async function assertFree(ref: string, found: ImageSeen | undefined, context: GuardContext): Promise<void> {
  if (!found || isClaimed(ref, context)) return;
  if (await context.permit({ kind: 'tag', name: familiar(ref), why: 'yours' })) return;
  throw nameTaken('image', familiar(ref));
}

/** Whose an image and its names are, as the journals of this engine's runs tell. */
import { nameTaken, otherRuns } from './guard/context.ts';
import type { GuardContext, Whose } from './guard/context.ts';
import { listImages } from './image-view.ts';
import type { ImageSeen } from './image-view.ts';
import type { Holding, RunRecord } from './journal/entries.ts';
import { releaseIn } from './journal/files.ts';
import { isOver } from './journal/is-over.ts';
import { familiar } from '../image-name.ts';
import { keptId } from '../short-id.ts';

/** Whether another run on this engine has written the name down, whatever it points to now. */
export async function isKnownToOthers(ref: string, context: GuardContext): Promise<boolean> {
  return (await otherRuns(context)).some(({ claims }) =>
    claims.some(({ plan }) => plan.kind === 'image' && plan.ref === ref),
  );
}

/** Other runs on this engine that brought this name for this image. */
export async function runsHolding(ref: string, image: ImageSeen, context: GuardContext): Promise<readonly RunRecord[]> {
  return (await otherRuns(context)).filter((record) =>
    record.claims.some((claim) => holds(claim, ref, image, isOver(record))),
  );
}

/** Of a claim whose outcome is unknown, an image that was not there before it; while its run lives, whatever bears the name. */
function holds({ plan, ids }: Holding, ref: string, { id }: ImageSeen, over: boolean): boolean {
  if (plan.kind !== 'image' || plan.ref !== ref) return false;
  return ids?.includes(id) ?? (!over || plan.before?.includes(keptId(id)) === false);
}

/** Whether its images must stay: it lives, or it has fetched them to stay. */
export function isNeeded(record: RunRecord): boolean {
  return !isOver(record) || record.header.imagesStay === true;
}

/**
 * Whose a name is that points to this image. What a run that is over has brought is ours, as its containers are, but
 * only with the image that it wrote down: a name that has moved since is whoever's moved it.
 */
export async function whoseName(
  ref: string,
  image: ImageSeen,
  context: GuardContext,
): Promise<Exclude<Whose, 'absent'>> {
  if (hasBrought(ref, image, context)) return 'mine';
  return ofRuns(await runsHolding(ref, image, context));
}

/** Whose an image is that has no name. */
export async function whoseImage({ id }: ImageSeen, context: GuardContext): Promise<Exclude<Whose, 'absent'>> {
  if (ownsId(id, context)) return 'mine';
  const others = await otherRuns(context);
  return ofRuns(others.filter(({ claims }) => claims.some(({ foreign, ids }) => !foreign && ids?.includes(id))));
}

function ofRuns(runs: readonly RunRecord[]): Exclude<Whose, 'absent'> {
  if (runs.length === 0) return 'yours';
  return runs.some(isNeeded) ? 'in-use-by-another-run' : 'mine';
}

/** Of this run's claim whose outcome is not known yet, whatever the name points to. */
function hasBrought(ref: string, { id }: ImageSeen, context: GuardContext): boolean {
  return context.journal
    .claims()
    .some(({ plan, ids }) => plan.kind === 'image' && plan.ref === ref && (ids?.includes(id) ?? true));
}

/** Names of ours that a removal took along, those of runs that are over too. */
export async function releaseGone(context: GuardContext): Promise<void> {
  const there = await listImages(context.ask, true);
  const names = new Set(there.flatMap(({ tags, digests }) => [...tags, ...digests]));
  const ids = new Set(there.map(({ id }) => id));
  const gone = (claims: readonly Holding[]): readonly number[] =>
    claims
      .filter(({ plan, ids: made, foreign }) => {
        // an image of ours that is still there without its name, only the claim remembers
        if (plan.kind === 'image') return !names.has(plan.ref) && (foreign || !made?.some((id) => ids.has(id)));
        return plan.kind === 'layers' && made?.every((id) => !ids.has(id));
      })
      .map(({ n }) => n);
  await context.journal.release(gone(context.journal.claims()));
  for (const record of await otherRuns(context))
    if (isOver(record)) releaseIn(context.folder, record.run, gone(record.claims));
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

/** @throws Failure E-NAME-TAKEN for a name that points to what is not ours, and that the learner does not give up */
export async function assertFree(ref: string, found: ImageSeen | undefined, context: GuardContext): Promise<void> {
  const owner = found ? await whoseName(ref, found, context) : 'mine';
  if (owner === 'mine' || (await context.permit({ kind: 'tag', name: familiar(ref), why: owner }))) return;
  throw nameTaken('image', familiar(ref));
}

/** Takes away the image names and images that runs have brought. Never by force. */
import { engineWords } from './asking.ts';
import type { Ask } from './asking.ts';
import { leftBehind, leftByCommit } from './build-steps.ts';
import { outlineOf } from './dockerfile-outline.ts';
import { listImages } from './image-view.ts';
import type { ImageSeen } from './image-view.ts';
import { shortId } from './journal-entries.ts';
import type { Claim } from './journal-entries.ts';
import { familiar } from './reference.ts';
import type { Removal } from './removal.ts';

/** What is to be done about one claimed name. */
export type ImageVerdict =
  | { readonly is: 'remove' }
  /** Nothing left to do: it is gone, or another's now. `why` where the learner should know. */
  | { readonly is: 'release'; readonly why?: string };

/**
 * @param image what the name points to now
 * @param ourNames canonical names claimed by the runs that are being cleaned
 * @param inUse whether another run, which is not being cleaned, uses the name
 */
export function judge(
  claim: Claim,
  image: ImageSeen | undefined,
  ourNames: ReadonlySet<string>,
  inUse: boolean,
): ImageVerdict {
  if (!image || claim.plan.kind !== 'image') return { is: 'release' };
  if (inUse) return { is: 'release', why: 'in use by another run of docker-tutor' };
  if (claim.ids && !claim.ids.includes(image.id))
    return { is: 'release', why: 'the name points to another image since' };
  const foreign = claim.foreign || (claim.ids === undefined && (claim.plan.before ?? []).includes(shortId(image.id)));
  // the last name takes the image along, and the image is not ours
  if (foreign && !hasOtherNames(image, ourNames))
    return { is: 'release', why: 'the image itself was here before, and would go with its last name' };
  return { is: 'remove' };
}

/** A digest keeps an image only where no tag of the same repository of ours goes: those digests go with the tag. */
function hasOtherNames(image: ImageSeen, ourNames: ReadonlySet<string>): boolean {
  const goes = new Set([...image.tags].filter((tag) => ourNames.has(tag)).map(repositoryOf));
  return (
    image.tags.some((tag) => !ourNames.has(tag)) ||
    image.digests.some((digest) => !goes.has(repositoryOf(digest)) && !ourNames.has(digest))
  );
}

export function repositoryOf(ref: string): string {
  return ref.replace(/(@sha256:[0-9a-f]+|:[^:/]*)$/, '');
}

/** Canonical names: claimed by the runs that are being cleaned, and by runs that are not. */
export interface Names {
  readonly ours: ReadonlySet<string>;
  readonly elsewhere: ReadonlySet<string>;
}

/** @returns false where it is still to be done; `removal.left` says why */
export async function removeName(claim: Claim, names: Names, ask: Ask, removal: Removal): Promise<boolean> {
  if (claim.plan.kind !== 'image') return true;
  const { ref } = claim.plan;
  const image = (await listImages(ask, false)).find(({ tags, digests }) => tags.includes(ref) || digests.includes(ref));
  const verdict = judge(claim, image, names.ours, names.elsewhere.has(ref));
  const thing = { kind: 'image', name: familiar(ref), id: image?.id ?? '' };
  if (verdict.is === 'remove') return removeImage(familiar(ref), thing, ask, removal);
  if (verdict.why !== undefined) removal.left.push({ ...thing, why: verdict.why });
  return true;
}

/** What a build, commit, import or load has made without a name. */
export async function removeLayers(claim: Claim, ask: Ask, removal: Removal): Promise<boolean> {
  if (claim.plan.kind !== 'layers') return true;
  const { before, dockerfile } = claim.plan;
  const found =
    claim.ids ??
    (dockerfile === undefined ? await leftByCommit(ask, before) : await leftBehind(ask, before, outlineOf(dockerfile)));
  return removeUnnamed(found, ask, removal);
}

/**
 * A step can go only after those built on it, so what was refused is tried again as long as others go.
 * @param repository whose digests do not count as names: a pulled image keeps its digest when its tag moves on
 */
export async function removeUnnamed(
  ids: readonly string[],
  ask: Ask,
  removal: Removal,
  repository?: string,
): Promise<boolean> {
  if (ids.length === 0) return true;
  const isUnnamed = ({ tags, digests }: ImageSeen): boolean =>
    tags.length === 0 && digests.every((digest) => repositoryOf(digest) === repository);
  const images = await listImages(ask, true);
  let remaining = ids.filter((id) => images.some((image) => image.id === id && isUnnamed(image)));
  for (;;) {
    const refused: { id: string; why: string }[] = [];
    for (const id of remaining) {
      const { status, body } = await ask({ method: 'DELETE', path: `/images/${id}`, query: { noprune: '1' } });
      if (status === 200) removal.removed.push({ kind: 'image', name: shortId(id).slice(0, 12), id });
      else if (status !== 404) refused.push({ id, why: engineWords(body, status) });
    }
    if (refused.length === 0) return true;
    if (refused.length === remaining.length) {
      removal.left.push(...refused.map(({ id, why }) => ({ kind: 'image', name: shortId(id).slice(0, 12), id, why })));
      return false;
    }
    remaining = refused.map(({ id }) => id);
  }
}

async function removeImage(
  name: string,
  thing: { kind: string; name: string; id: string },
  ask: Ask,
  removal: Removal,
): Promise<boolean> {
  // noprune: steps without a name may be the user's cache; ours are known by id
  const { status, body } = await ask({ method: 'DELETE', path: `/images/${name}`, query: { noprune: '1' } });
  if (status === 200) removal.removed.push(thing);
  else if (status !== 404) removal.left.push({ ...thing, why: engineWords(body, status) });
  return status === 200 || status === 404;
}

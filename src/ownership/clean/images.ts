/** Takes away the image names and images that runs have brought. Never by force. */
import { engineWords } from '../../engine/ask.ts';
import type { Ask } from '../../engine/ask.ts';
import { listImages } from '../image-view.ts';
import type { ImageSeen } from '../image-view.ts';
import type { Holding } from '../journal/entries.ts';
import { familiar, repositoryOf } from '../../image-name.ts';
import { usedElsewhere } from './removal.ts';
import type { Removal } from './removal.ts';
import { keptId } from '../../short-id.ts';

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
  claim: Holding,
  image: ImageSeen | undefined,
  ourNames: ReadonlySet<string>,
  inUse: boolean,
): ImageVerdict {
  if (!image || claim.plan.kind !== 'image') return { is: 'release' };
  if (inUse) return { is: 'release', why: usedElsewhere };
  if (claim.ids && !claim.ids.includes(image.id))
    return { is: 'release', why: 'the name points to another image since' };
  const foreign = claim.foreign || (claim.ids === undefined && (claim.plan.before ?? []).includes(keptId(image.id)));
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

/** Canonical names: claimed by the runs that are being cleaned, and by runs that are not. */
export interface Names {
  readonly ours: ReadonlySet<string>;
  readonly elsewhere: ReadonlySet<string>;
  /** All claims of the runs that are not. */
  readonly claimsElsewhere: readonly Holding[];
}

/** @returns false where it is still to be done; `removal.left` says why */
export async function removeName(claim: Holding, names: Names, ask: Ask, removal: Removal): Promise<boolean> {
  if (claim.plan.kind !== 'image') return true;
  const { ref } = claim.plan;
  const image = (await listImages(ask, false)).find(({ tags, digests }) => tags.includes(ref) || digests.includes(ref));
  const verdict = judge(claim, image, names.ours, names.elsewhere.has(ref));
  const thing = { kind: 'image', name: familiar(ref), id: image?.id ?? '' };
  if (verdict.is === 'remove') return removeImage(familiar(ref), thing, ask, removal);
  // each pull and build of the run claims the name anew
  const told = removal.left.some(({ kind, name }) => kind === 'image' && name === thing.name);
  if (verdict.why !== undefined && !told) removal.left.push({ ...thing, why: verdict.why });
  return true;
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

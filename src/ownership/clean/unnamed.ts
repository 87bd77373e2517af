/** Takes away images without a name, by id: what builds leave on their way, and images whose name went to a newer one. */
import type { Ask } from '../../engine/ask.ts';
import { engineWords } from '../../engine/ask.ts';
import { leftBehind, leftByCommit } from '../build-steps.ts';
import { outlineOf } from '../../dockerfile/outline.ts';
import { isGoneSoon } from './labelled.ts';
import { listImages } from '../image-view.ts';
import type { ImageListed, ImageSeen } from '../image-view.ts';
import type { Holding } from '../journal/entries.ts';
import { repositoryOf } from '../../image-name.ts';
import { usedElsewhere } from './removal.ts';
import type { Removal } from './removal.ts';
import { keptId, shortId } from '../../short-id.ts';

interface Unnamed {
  /** The claim it belongs to. */
  readonly n: number;
  readonly id: string;
}

/**
 * @param elsewhere claims of the runs on this engine that are not being cleaned: what they have built may stand on these
 * @returns numbers of the claims of which something stays; `removal.left` says why
 */
export async function removeUnnamed(
  claims: readonly Holding[],
  ask: Ask,
  removal: Removal,
  elsewhere: readonly Holding[],
  signal: AbortSignal,
): Promise<ReadonlySet<number>> {
  const found: Unnamed[] = [];
  for (const claim of claims) for (const id of await idsOf(claim, ask)) found.push({ n: claim.n, id });
  if (found.length === 0) return new Set();
  const images = new Map((await listImages(ask, true)).map((image) => [image.id, image]));
  const repositories = new Map(claims.map(({ n, plan }) => [n, plan.kind === 'image' ? repositoryOf(plan.ref) : '']));
  const unnamed = found.filter(({ n, id }) => isUnnamed(images.get(id), repositories.get(n) ?? ''));
  return removeAll(unnamed, ask, removal, elsewhere, signal);
}

/** A step can go only after those built on it, so what was refused is tried again as long as others go. */
async function removeAll(
  unnamed: readonly Unnamed[],
  ask: Ask,
  removal: Removal,
  elsewhere: readonly Holding[],
  signal: AbortSignal,
): Promise<ReadonlySet<number>> {
  let remaining = new Set(unnamed.map(({ id }) => id));
  for (;;) {
    const refused = new Map<string, string>();
    for (const id of remaining) {
      const { status, body } = await ask({ method: 'DELETE', path: `/images/${id}`, query: { noprune: '1' } });
      if (status !== 200 && status !== 404) refused.set(id, engineWords(body, status));
      else if (!removal.removed.some((one) => one.id === id)) removal.removed.push(thingOf(id));
    }
    if (refused.size === remaining.size) {
      const images = await listImages(ask, true);
      const isElsewhere = (id: string): boolean => builtOn(id, images).some((image) => mayBeOf(elsewhere, image));
      for (const [id, words] of refused) {
        const isUsed =
          (words.endsWith(hasChildren) && isElsewhere(id)) ||
          (elsewhere.some(isUnderWay) && (await isUsedByStep(words, ask, signal)));
        const why = isUsed ? usedElsewhere : words;
        removal.left.push({ ...thingOf(id), why });
      }
      return new Set(unnamed.filter(({ id }) => refused.has(id)).map(({ n }) => n));
    }
    remaining = new Set(refused.keys());
  }
}

/** How docker 20.10 ends its refusal, and those before and after it (moby, checkImageDeleteConflict). */
const hasChildren = 'image has dependent child images';

const holder = /is being used by (?<state>running|stopped) container (?<id>[0-9a-f]+)$/;

/**
 * A step of the classic builder runs in a container, on the image of the step before; ended, it is there a moment longer.
 */
async function isUsedByStep(words: string, ask: Ask, signal: AbortSignal): Promise<boolean> {
  const { state, id = '' } = holder.exec(words)?.groups ?? {};
  return state === 'running' || (state === 'stopped' && (await isGoneSoon(id, `/containers/${id}/json`, ask, signal)));
}

/** Builds, as far as is known: what they make is not told yet. */
function isUnderWay({ plan, ids }: Holding): boolean {
  return plan.kind === 'layers' && ids === undefined;
}

/** Images that were made from this one, and from those. */
function builtOn(id: string, images: readonly ImageListed[]): readonly ImageListed[] {
  return images.filter(({ parent }) => parent === id).flatMap((image) => [image, ...builtOn(image.id, images)]);
}

/** While a build goes on, and after a crash, all that was not there before it may be its own. */
function mayBeOf(claims: readonly Holding[], { id }: ImageListed): boolean {
  return claims.some(({ plan, ids }) =>
    ids ? ids.includes(id) : plan.kind === 'layers' && !plan.before.includes(keptId(id)),
  );
}

/** Of a claim whose outcome is unknown, what can only be its own. */
async function idsOf({ plan, ids, foreign }: Holding, ask: Ask): Promise<readonly string[]> {
  // a name put on an image brings no image
  if (plan.kind === 'image') return foreign || plan.via === 'tag' ? [] : (ids ?? []);
  if (plan.kind !== 'layers') return [];
  if (ids) return ids;
  return plan.dockerfile === undefined
    ? leftByCommit(ask, plan.before)
    : leftBehind(ask, plan.before, outlineOf(plan.dockerfile));
}

/** Digests of the repository it came from are no name: a pulled image keeps its digest when its tag moves on. */
function isUnnamed(image: ImageSeen | undefined, repository: string): boolean {
  if (!image) return false;
  return image.tags.length === 0 && image.digests.every((digest) => repositoryOf(digest) === repository);
}

function thingOf(id: string): { kind: string; name: string; id: string } {
  return { kind: 'image', name: shortId(id), id };
}

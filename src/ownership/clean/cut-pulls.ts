/**
 * What a pull has left that was cut off at its very end. An engine puts the image in its place and gives it its name after
 * that; where it ends, or whoever asked is gone, in between, the image is there without a name (moby, ImageConfigStore.Put
 * and the lease after it). Which image a name stands for the registry alone can tell: where one has come without a name,
 * the pull is made again. It fetches nothing then, and the name is the claim's to take away, with its image.
 */
import type { Ask } from '../../engine/ask.ts';
import { cutImageName, familiar } from '../../image-name.ts';
import { keptId, shortId } from '../../short-id.ts';
import { listImages } from '../image-view.ts';
import type { ImageListed } from '../image-view.ts';
import type { Holding } from '../journal/entries.ts';
import type { Removal } from './removal.ts';

/** Of an image that is here already a registry is only asked for its manifest; what takes longer is another one. */
const againMs = 40_000;

export interface CutPull {
  /** Number of the claim. */
  readonly n: number;
  readonly ref: string;
  /** Images without a name that came since, and may be it. */
  readonly nameless: readonly string[];
}

/**
 * @param known claims whose images are known @param asked claims whose pull was made again before; more are added
 * @returns pulls of which nobody knows still what they have left
 */
export async function finishCutPulls(
  claims: readonly Holding[],
  known: readonly Holding[],
  asked: Set<number>,
  ask: Ask,
): Promise<readonly CutPull[]> {
  const open = claims.filter(({ plan, ids }) => plan.kind === 'image' && isPulled.has(plan.via) && ids === undefined);
  if (open.length === 0) return [];
  const cut = cutIn(open, known, await listImages(ask, false));
  const fresh = cut.filter(({ n }) => !asked.has(n));
  for (const { n, ref } of fresh) {
    asked.add(n);
    await pullAgain(ref, ask);
  }
  return fresh.length === 0 ? cut : cutIn(open, known, await listImages(ask, false));
}

const isPulled: ReadonlySet<string> = new Set(['pull', 'base']);

function cutIn(
  claims: readonly Holding[],
  known: readonly Holding[],
  images: readonly ImageListed[],
): readonly CutPull[] {
  const named = new Set(images.flatMap(({ tags, digests }) => [...tags, ...digests]));
  const claimed = new Set(known.flatMap(({ ids }) => ids ?? []));
  const nameless = images.filter(
    ({ id, tags, digests, parent }) => tags.length === 0 && digests.length === 0 && parent === '' && !claimed.has(id),
  );
  return claims.flatMap(({ n, plan }): readonly CutPull[] => {
    if (plan.kind !== 'image' || named.has(plan.ref)) return [];
    const came = nameless.filter(({ id }) => plan.before?.includes(keptId(id)) === false);
    return came.length === 0 ? [] : [{ n, ref: plan.ref, nameless: came.map(({ id }) => id) }];
  });
}

/** What came of it, the list of images shows. */
async function pullAgain(ref: string, ask: Ask): Promise<void> {
  const { repository, tag = 'latest', digest } = cutImageName(ref);
  const query = { fromImage: repository, tag: digest ?? tag };
  await ask({ method: 'POST', path: '/images/create', query }, againMs).catch(() => undefined);
}

/** Says of each such image why it stays. */
export function tellCutPulls(cut: readonly CutPull[], removal: Removal): void {
  for (const { ref, nameless } of cut)
    for (const id of nameless)
      if (!removal.left.some((one) => one.id === id))
        removal.left.push({
          kind: 'image',
          name: shortId(id),
          id,
          why: `it came while a pull of ${familiar(ref)} was cut off, and its registry does not tell whether it is that image`,
        });
}

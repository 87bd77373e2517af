/** Rules for prunes of images and the build cache: they take what this run has made, and nothing else. */
import type { JsonObject, Request } from '../../api/request.ts';
import { get } from '../../engine/ask.ts';
import { keep } from './context.ts';
import type { GuardContext, Ruling } from './context.ts';
import { ownsId, releaseGone } from '../image-owner.ts';
import { listImages } from '../image-view.ts';
import type { ImageListed, ImageSeen } from '../image-view.ts';
import { pruneScope } from './prune-filters.ts';

/**
 * Images carry no label of ours. Where nobody else has any that could go the prune is sent; else ours go one by one.
 * Whether the engine's filters would spare the others is not relied on: it prunes an image without a configuration
 * whatever label is asked for.
 */
export async function pruneImages(request: Request, context: GuardContext): Promise<Ruling> {
  const scope = pruneScope(request, Date.now());
  const images = (await listImages(context.ask, false)).filter(({ tags }) => scope.named || tags.length === 0);
  // an image in use counts too: the engine takes the names off one that has several (seen on 28.5)
  if (images.every((image) => isWhollyOurs(image, context)))
    return { send: request, settle: async () => releaseGone(context) };
  const used = await usedImages(context);
  const wanted = images.filter((image) => scope.covers(image) && !used.has(image.id));
  const ours = wanted.filter((image) => isWhollyOurs(image, context));
  const gone = ours.length === 0 ? { deleted: [], space: 0 } : await removeOurs(ours, context);
  const body = { ImagesDeleted: gone.deleted, SpaceReclaimed: gone.space };
  if (ours.length === wanted.length) return { keep: undefined, answer: { status: 200, headers: {}, body } };
  return keep('image', 'unused images', 'yours', 200, body);
}

/** The build cache is one for all users of the engine, and has no owner in it. */
export function pruneBuildCache(): Ruling {
  return keep('image', 'build cache', 'yours', 200, { CachesDeleted: [], SpaceReclaimed: 0 });
}

function isWhollyOurs({ id, tags }: ImageSeen, context: GuardContext): boolean {
  const claimed = new Set(
    context.journal.claims().flatMap(({ plan }) => (plan.kind === 'image' && plan.via !== 'shared' ? [plan.ref] : [])),
  );
  return ownsId(id, context) && tags.every((tag) => claimed.has(tag));
}

/** @returns what went, as the engine lists it, and how many bytes the engine has less */
async function removeOurs(
  ours: readonly ImageListed[],
  context: GuardContext,
): Promise<{ readonly deleted: readonly JsonObject[]; readonly space: number }> {
  const before = await layersSize(context);
  const deleted: JsonObject[] = [];
  for (const { id, tags, parent } of ours) {
    const gone: JsonObject[] = [];
    for (const name of tags.length > 0 ? tags : [id]) gone.push(...(await remove(name, context)));
    if (gone.some(({ Deleted }) => Deleted === id)) gone.push(...(await removeSteps(parent, context)));
    deleted.push(...gone);
  }
  await releaseGone(context);
  const after = await layersSize(context);
  // somebody may have pulled meanwhile
  return { deleted, space: before === undefined || after === undefined ? 0 : Math.max(0, before - after) };
}

/** With its last image go the steps that a classic build took to it, as docker has it; a step of the user's stays. */
async function removeSteps(parent: string, context: GuardContext): Promise<readonly JsonObject[]> {
  const images = new Map((await listImages(context.ask, true)).map((image) => [image.id, image]));
  const deleted: JsonObject[] = [];
  for (let step = images.get(parent); step && isOurStep(step, context); step = images.get(step.parent)) {
    const gone = await remove(step.id, context);
    // another image stands on it
    if (gone.length === 0) break;
    deleted.push(...gone);
  }
  return deleted;
}

function isOurStep({ id, tags, digests }: ImageSeen, context: GuardContext): boolean {
  return tags.length === 0 && digests.length === 0 && ownsId(id, context);
}

/** Empty where the engine refuses. noprune: the steps may be the user's. */
async function remove(name: string, context: GuardContext): Promise<readonly JsonObject[]> {
  const { status, body } = await context.ask({ method: 'DELETE', path: `/images/${name}`, query: { noprune: '1' } });
  return status === 200 ? (body as readonly JsonObject[]) : [];
}

/** Bytes of all layers on the engine, each counted once. Engines before API 1.42 count volumes too, whatever is asked. */
async function layersSize({ ask }: GuardContext): Promise<number | undefined> {
  const { status, body } = await ask({ method: 'GET', path: '/system/df', query: { type: 'image' } });
  return status === 200 ? (body as { readonly LayersSize?: number }).LayersSize : undefined;
}

async function usedImages({ ask }: GuardContext): Promise<ReadonlySet<string>> {
  const containers = (await get(ask, '/containers/json', { all: '1' })) as readonly { readonly ImageID?: string }[];
  return new Set(containers.map(({ ImageID = '' }) => ImageID));
}

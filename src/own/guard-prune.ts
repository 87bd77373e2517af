/** Rules for prunes: they take what this run has made, and nothing else. */
import type { JsonObject, Request } from '../plan/effects.ts';
import { keep } from './guard-context.ts';
import type { GuardContext, Ruling } from './guard-context.ts';
import { ownsId, releaseGone } from './image-ownership.ts';
import { listImages } from './image-view.ts';
import type { ImageSeen } from './image-view.ts';
import { runLabel } from './labels.ts';

/** containers, networks, volumes: the engine itself limits the prune by label. */
export function pruneLabelled(request: Request, context: GuardContext): Ruling {
  const filters = parsed(request.query?.['filters']);
  const label = `${runLabel}=${context.mark().run}`;
  const limited = { ...asLists(filters), label: [...(asLists(filters)['label'] ?? []), label] };
  return { send: { ...request, query: { ...request.query, filters: JSON.stringify(limited) } } };
}

/** Images carry no label of ours. Where all that would go is ours the prune is sent; else ours go one by one. */
export async function pruneImages(request: Request, context: GuardContext): Promise<Ruling> {
  const filters = asLists(parsed(request.query?.['filters']));
  const unused = !['true', '1'].includes(filters['dangling']?.[0] ?? 'true');
  const images = (await listImages(context.ask, false)).filter(({ tags }) => unused || tags.length === 0);
  const ours = images.filter((image) => isWhollyOurs(image, context));
  // an image in use counts too: the engine takes the names off one that has several (seen on 28.5)
  if (ours.length === images.length) return { send: request, settle: async () => releaseGone(context) };
  const used = await usedImages(context);
  const deleted: JsonObject[] = [];
  for (const image of ours) if (!used.has(image.id)) deleted.push(...(await removeAll(image, context)));
  await releaseGone(context);
  return keep('image', 'unused images', 'yours', 200, { ImagesDeleted: deleted, SpaceReclaimed: 0 });
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

async function removeAll({ id, tags }: ImageSeen, context: GuardContext): Promise<readonly JsonObject[]> {
  const gone: JsonObject[] = [];
  for (const name of tags.length > 0 ? tags : [id]) {
    const { status, body } = await context.ask({ method: 'DELETE', path: `/images/${name}`, query: { noprune: '1' } });
    if (status === 200 && Array.isArray(body)) gone.push(...(body as JsonObject[]));
  }
  return gone;
}

async function usedImages({ ask }: GuardContext): Promise<ReadonlySet<string>> {
  const { body } = await ask({ method: 'GET', path: '/containers/json', query: { all: '1' } });
  return new Set(Array.isArray(body) ? body.map(({ ImageID }: { ImageID: string }) => ImageID) : []);
}

function parsed(filters: string | undefined): JsonObject {
  return filters === undefined || filters === '' ? {} : (JSON.parse(filters) as JsonObject);
}

/** Filters come as lists, or as objects whose keys count. */
function asLists(filters: JsonObject): Record<string, readonly string[]> {
  const lists = Object.entries(filters).map(([key, value]) => {
    const items: readonly unknown[] = Array.isArray(value) ? value : Object.keys((value ?? {}) as object);
    return [key, items.map(String)] as const;
  });
  return Object.fromEntries(lists);
}

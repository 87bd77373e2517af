/** What the prunes have in common: the request of each kind, and how docker tells what went. */
import { ask, request } from '../ask.ts';
import type { Plan } from '../effects.ts';
import { filtersQuery } from '../filters.ts';
import type { Filter } from '../filters.ts';

/** What went. `text` is empty where nothing did. */
export interface Pruned {
  readonly text: string;
  /** Names or ids. */
  readonly gone: readonly string[];
  /** Bytes. */
  readonly space: number;
}

export function* pruneStopped(filters: readonly Filter[]): Plan<Pruned> {
  return yield* prune('/containers/prune', filters, 'Deleted Containers:', 'ContainersDeleted');
}

export function* pruneNetworks(filters: readonly Filter[]): Plan<Pruned> {
  return yield* prune('/networks/prune', filters, 'Deleted Networks:', 'NetworksDeleted');
}

export function* pruneVolumes(filters: readonly Filter[]): Plan<Pruned> {
  return yield* prune('/volumes/prune', filters, 'Deleted Volumes:', 'VolumesDeleted');
}

export function* pruneCache(
  filters: readonly Filter[],
  options: { all?: boolean | undefined; keep?: number | undefined } = {},
): Plan<Pruned> {
  const query = {
    all: options.all ? '1' : undefined,
    'keep-storage': options.keep === undefined || options.keep === 0 ? undefined : String(options.keep),
  };
  return yield* prune('/build/prune', filters, 'Deleted build cache objects:', 'CachesDeleted', query);
}

/** @param all those with a name too, not only dangling ones */
export function* pruneUnusedImages(filters: readonly Filter[], all: boolean): Plan<Pruned> {
  const dangling = { key: 'dangling', value: all ? 'false' : 'true' };
  const query = { filters: filtersQuery([dangling, ...filters]) };
  const { body } = yield* ask<Answer>(request('POST', '/images/prune', { query }), {});
  const gone = (body['ImagesDeleted'] ?? []) as readonly { readonly Untagged?: string; readonly Deleted?: string }[];
  if (gone.length === 0) return { text: '', gone: [], space: 0 };
  const lines = gone.map(({ Untagged = '', Deleted = '' }) =>
    Untagged === '' ? `deleted: ${Deleted}\n` : `untagged: ${Untagged}\n`,
  );
  const ids = gone.flatMap(({ Deleted }) => Deleted ?? []);
  return { text: `Deleted Images:\n${lines.join('')}`, gone: ids, space: body.SpaceReclaimed ?? 0 };
}

interface Answer {
  readonly SpaceReclaimed?: number;
  readonly [list: string]: unknown;
}

function* prune(
  path: string,
  filters: readonly Filter[],
  heading: string,
  list: string,
  more: Readonly<Record<string, string | undefined>> = {},
): Plan<Pruned> {
  const { body } = yield* ask<Answer>(
    request('POST', path, { query: { ...more, filters: filtersQuery(filters) } }),
    {},
  );
  const gone = (body[list] ?? []) as readonly string[];
  if (gone.length === 0) return { text: '', gone, space: 0 };
  return { text: `${heading}\n${gone.map((name) => `${name}\n`).join('')}`, gone, space: body.SpaceReclaimed ?? 0 };
}

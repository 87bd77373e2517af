/** Which images a prune asks for, as the engine reads the filters (moby, daemon/images/image_prune.go). */
import type { Request } from '../../api/request.ts';
import { EngineError } from '../../api/request.ts';
import { Stopped } from '../../plan/effects.ts';
import { pointInTime } from '../../plan/points-in-time.ts';
import { ownZone } from '../../time-zone.ts';
import type { ImageListed } from '../image-view.ts';

export type Filters = Readonly<Record<string, readonly string[]>>;

/** Filters come as lists, or as objects whose keys count. */
export function filtersOf({ query }: Request): Filters {
  const text = query?.['filters'];
  const written = text === undefined || text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  const lists = Object.entries(written).map(([key, value]) => {
    const items: readonly unknown[] = Array.isArray(value) ? value : Object.keys(value ?? {});
    return [key, items.map(String)] as const;
  });
  return Object.fromEntries(lists);
}

export interface PruneScope {
  /** Images with a name too, not only dangling ones. */
  readonly named: boolean;
  /** Whether the prune is for this image, were nobody using it. */
  covers(image: ImageListed): boolean;
}

/**
 * @param now milliseconds since 1970
 * @throws EngineError a filter that the engine would refuse
 */
export function pruneScope(request: Request, now: number): PruneScope {
  const filters = filtersOf(request);
  const refused = (filter: string): EngineError => new EngineError(`invalid filter '${filter}'`, 400, request);
  for (const key of Object.keys(filters)) if (!known.has(key)) throw refused(key);
  const dangling = filters['dangling'] ?? ['true'];
  if (!dangling.every((value) => ['true', '1', 'false', '0'].includes(value)))
    throw refused(`dangling=[${dangling.join(' ')}]`);
  const named = dangling.every((value) => ['false', '0'].includes(value));
  const [until, ...more] = filters['until'] ?? [];
  if (more.length > 0) throw new EngineError('more than one until filter specified', 400, request);
  const limit = Number(momentOf(until, now, request) ?? Infinity);
  return {
    named,
    covers: ({ tags, labels, created }) =>
      (named || tags.length === 0) && created <= limit && passesLabels(labels, filters),
  };
}

/** A time that cannot be read is a filter that the engine refuses, in its words. */
function momentOf(until: string | undefined, now: number, request: Request): string | undefined {
  try {
    return pointInTime(until, { now, zone: ownZone }, 'until');
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    throw new EngineError(error.message.replace(/^invalid value for "until": /, ''), 400, request);
  }
}

const known = new Set(['dangling', 'label', 'label!', 'until']);

/** All of `label` must be there; only where all of `label!` are there does an image stay. */
function passesLabels(labels: Readonly<Record<string, string>>, filters: Filters): boolean {
  const has = (written: string): boolean => {
    const [, key = '', , value] = /^([^=]*)(=([^]*))?$/.exec(written) ?? [];
    return Object.hasOwn(labels, key) && (value === undefined || labels[key] === value);
  };
  const unwanted = filters['label!'] ?? [];
  return (filters['label'] ?? []).every(has) && !(unwanted.length > 0 && unwanted.every(has));
}

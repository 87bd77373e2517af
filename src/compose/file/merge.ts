/** Several compose files as one: later files add to and replace what earlier ones say (docs.docker.com, "Merge Compose files"). Pure. */
import type { Json, JsonObject } from '../../api/request.ts';
import type { Path } from '../../yaml/places.ts';

type Entry = JsonObject | string;

/** A field of an entry in the long form, as text. */
function field(entry: Entry, ...keys: readonly string[]): string {
  if (typeof entry === 'string') return entry;
  const found = keys.map((key) => entry[key]).find((value) => value !== undefined);
  return typeof found === 'string' ? found : JSON.stringify(found ?? '');
}

/** The later value stays as a whole. */
const replaced = /^services\.[^.]+\.(?:command|entrypoint|healthcheck\.test)$/;

/** Lists whose entries have an identity: a later entry takes the place of the same one. */
const identities: readonly (readonly [RegExp, (entry: Entry) => string])[] = [
  [
    /\.ports$/,
    (entry) =>
      typeof entry === 'string'
        ? entry
        : JSON.stringify([entry['host_ip'] ?? '', entry['published'] ?? '', entry['target'], entry['protocol']]),
  ],
  [/\.(?:volumes|devices)$/, (entry) => field(entry, 'target')],
  [/\.(?:secrets|configs)$/, (entry) => field(entry, 'target', 'source')],
  [/\.env_file$/, (entry) => field(entry, 'path')],
  [
    /\.(?:extra_hosts|dns|dns_opt|dns_search|cap_add|cap_drop|expose|links|tmpfs|profiles|aliases|tags|group_add)$/,
    String,
  ],
  [/\.ipam\.config$/, (entry) => field(entry, 'subnet')],
];

/** @param base an earlier file in canonical form @param later what counts more @param drop paths of `!reset` and `!override` in the later one */
export function mergeFiles(base: JsonObject, later: JsonObject, drop: readonly Path[] = []): JsonObject {
  return merged(
    drop.reduce<JsonObject>((left, path) => without(left, path.map(String)), base),
    later,
    '',
  ) as JsonObject;
}

/** A service on top of the one it extends. */
export function mergeService(base: JsonObject, later: JsonObject): JsonObject {
  return merged(base, later, 'services.any') as JsonObject;
}

function merged(base: Json, later: Json, path: string): Json {
  if (later === null) return base;
  if (replaced.test(path)) return later;
  if (Array.isArray(base) && Array.isArray(later))
    return joined(base as readonly Entry[], later as readonly Entry[], path);
  if (!isObject(base) || !isObject(later)) return later;
  // options of one logging driver mean nothing to another
  if (
    path.endsWith('.logging') &&
    base['driver'] !== undefined &&
    later['driver'] !== undefined &&
    base['driver'] !== later['driver']
  )
    return later;
  const result: Record<string, Json | undefined> = { ...base };
  for (const [key, value] of Object.entries(later)) {
    const before = result[key];
    result[key] =
      before === undefined || value === undefined
        ? (value ?? before)
        : valueOf(before, value, path === '' ? key : `${path}.${key}`);
  }
  return result;
}

/** A null in a mapping of the author's own names (`environment: {A: }`) says something: it stays. */
function valueOf(before: Json, value: Json, path: string): Json {
  return value === null && /\.environment\.[^.]+$/.test(path) ? null : merged(before, value, path);
}

function joined(base: readonly Entry[], later: readonly Entry[], path: string): Json {
  const identity = identities.find(([pattern]) => pattern.test(path))?.[1];
  if (!identity) return [...base, ...later];
  const found = new Map<string, Entry>();
  for (const entry of [...base, ...later]) found.set(identity(entry), entry);
  return [...found.values()];
}

function without(value: JsonObject, [key = '', ...rest]: readonly string[]): JsonObject {
  const before = value[key];
  if (before === undefined) return value;
  if (rest.length > 0 && isObject(before)) return { ...value, [key]: without(before, rest) };
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

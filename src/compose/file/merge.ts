/** Several compose files as one: later files add to and replace what earlier ones say (docs.docker.com, "Merge Compose files"). Pure. */
import type { Json, JsonObject } from '../../api/request.ts';
import type { Path } from '../../yaml/places.ts';

type Entry = JsonObject | string;
type Where = readonly string[];

/** `*` stands for any one key. */
function at(pattern: string): (path: Where) => boolean {
  const steps = pattern.split('.');
  return (path) => path.length === steps.length && steps.every((step, index) => step === '*' || step === path[index]);
}

function among(patterns: readonly string[]): (path: Where) => boolean {
  const tests = patterns.map(at);
  return (path) => tests.some((matches) => matches(path));
}

/** The later value stays as a whole, null too. */
const replaced = among([
  'services.*.command',
  'services.*.entrypoint',
  'services.*.healthcheck.test',
  'services.*.ulimits.*',
  'services.*.build.ulimits.*',
]);

/** Mappings of the author's own names, where a null says something (`environment: {A: }`). */
const named = among(['services.*.environment.*', 'services.*.build.args.*']);

/** A field of an entry in the long form, as text. */
function field(entry: Entry, key: string): string | undefined {
  const found = typeof entry === 'string' ? entry : entry[key];
  return found === undefined || typeof found === 'string' ? found : JSON.stringify(found);
}

function beforeSign(entry: Entry): string {
  return typeof entry === 'string' ? (entry.split('=')[0] ?? '') : JSON.stringify(entry);
}

function portOf(entry: Entry): string {
  if (typeof entry === 'string') return entry;
  const { host_ip: address = '0.0.0.0', published = '', target = '', protocol = 'tcp' } = entry;
  return JSON.stringify([address, published, target, protocol]);
}

function mountedAt(folder: string): (entry: Entry) => string {
  return (entry) => field(entry, 'target') ?? `${folder}/${field(entry, 'source') ?? ''}`;
}

/** Lists whose entries have an identity: a later entry takes the place of the same one (compose-go, override). */
const identities: readonly (readonly [(path: Where) => boolean, (entry: Entry) => string])[] = [
  [at('services.*.ports'), portOf],
  [among(['services.*.volumes', 'services.*.devices']), (entry) => field(entry, 'target') ?? ''],
  [at('services.*.secrets'), mountedAt('/run/secrets')],
  [at('services.*.configs'), mountedAt('')],
  [at('services.*.env_file'), (entry) => field(entry, 'path') ?? ''],
  [among(['services.*.expose', 'services.*.extra_hosts', 'services.*.build.extra_hosts']), String],
  [
    among([
      ...['cap_add', 'cap_drop', 'dns', 'dns_opt', 'dns_search', 'links', 'profiles', 'tmpfs'].map(
        (key) => `services.*.${key}`,
      ),
      'services.*.build.tags',
      'services.*.networks.*.aliases',
      'services.*.networks.*.link_local_ips',
    ]),
    beforeSign,
  ],
];

/** @param base an earlier file in canonical form @param later what counts more @param drop paths of `!reset` and `!override` in the later one */
export function mergeFiles(base: JsonObject, later: JsonObject, drop: readonly Path[] = []): JsonObject {
  return merged(dropped(base, drop), later, []) as JsonObject;
}

/** A service on top of the one it extends. */
export function mergeService(base: JsonObject, later: JsonObject): JsonObject {
  return merged(base, later, ['services', 'any']) as JsonObject;
}

/** Without what is at these paths. */
export function dropped(value: JsonObject, paths: readonly Path[]): JsonObject {
  return paths.reduce<JsonObject>((left, path) => without(left, path.map(String)), value);
}

function merged(base: Json, later: Json, path: Where): Json {
  if (replaced(path)) return later;
  if (later === null) return named(path) ? null : base;
  if (Array.isArray(later))
    return joined((Array.isArray(base) ? base : []) as readonly Entry[], later as readonly Entry[], path);
  if (!isObject(later)) return later;
  if (!isObject(base) || isOtherLogging(base, later, path)) return merged({}, later, path);
  const result: Record<string, Json | undefined> = { ...base };
  for (const [key, value] of Object.entries(later)) {
    if (value === undefined) continue;
    const before = result[key];
    const next = [...path, key];
    result[key] = before === undefined ? alone(value, next) : merged(before, value, next);
  }
  return result;
}

/** With nothing before it. */
function alone(value: Json, path: Where): Json {
  if (Array.isArray(value)) return joined([], value as readonly Entry[], path);
  return isObject(value) ? merged({}, value, path) : value;
}

/** Options of one logging driver mean nothing to another. */
function isOtherLogging(base: JsonObject, later: JsonObject, path: Where): boolean {
  const [was, is] = [base['driver'], later['driver']];
  return at('services.*.logging')(path) && was !== undefined && is !== undefined && was !== is;
}

function joined(base: readonly Entry[], later: readonly Entry[], path: Where): Json {
  if (at('networks.*.ipam.config')(path)) return pools(base as readonly JsonObject[], later as readonly JsonObject[]);
  const identity = identities.find(([matches]) => matches(path))?.[1];
  if (!identity) return [...base, ...later];
  const found = new Map<string, Entry>();
  for (const entry of [...base, ...later]) found.set(identity(entry), entry);
  return [...found.values()];
}

/** Pools of one subnet are one. */
function pools(base: readonly JsonObject[], later: readonly JsonObject[]): Json {
  const found = new Map<string, JsonObject>();
  for (const pool of [...base, ...later]) {
    const subnet = field(pool, 'subnet') ?? '';
    found.set(subnet, { ...found.get(subnet), ...pool });
  }
  return [...found.values()];
}

/** What is in a list stays: it cannot be named by its place. */
function without(value: JsonObject, [key = '', ...rest]: readonly string[]): JsonObject {
  const before = value[key];
  if (before === undefined) return value;
  if (rest.length === 0) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  return isObject(before) ? { ...value, [key]: without(before, rest) } : value;
}

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Leaves out what the docker CLI would send as a zero value, so that a request shows what was asked for. */
import type { Json, JsonObject } from '../api/request.ts';

/** Maps of texts: a label may be only a key, and `--tmpfs /run` has no options. */
const textMaps: ReadonlySet<string> = new Set([
  'Labels',
  'Options',
  'DriverOpts',
  'Tmpfs',
  'Sysctls',
  'Annotations',
  'StorageOpt',
  'Config',
]);

/** Without undefined, null, false, 0, '' and objects or lists that become empty. `{ '80/tcp': {} }` keeps its keys, a map of texts its empty texts. */
export function compact(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]): [string, Json][] => {
      const kept =
        value === undefined ? undefined : textMaps.has(key) && isTextMap(value) ? value : compactValue(value);
      return kept === undefined ? [] : [[key, kept]];
    }),
  );
}

function isTextMap(value: Json): boolean {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const texts = Object.values(value);
  return texts.length > 0 && texts.every((text) => typeof text === 'string');
}

function compactValue(value: Json): Json | undefined {
  if (value === null || value === false || value === 0 || value === '') return undefined;
  if (Array.isArray(value)) return value.length > 0 ? (value as readonly Json[]) : undefined;
  if (typeof value !== 'object') return value;
  const isSet = Object.values(value).every(
    (item) => item !== null && typeof item === 'object' && Object.keys(item).length === 0,
  );
  if (isSet) return Object.keys(value).length > 0 ? value : undefined;
  const inner = compact(value as JsonObject);
  return Object.keys(inner).length > 0 ? inner : undefined;
}

/** Leaves out what the docker CLI would send as a zero value, so that a request shows what was asked for. */
import type { Json, JsonObject } from './effects.ts';

/** Without undefined, null, false, 0, '' and objects or lists that become empty. `{ '80/tcp': {} }` keeps its keys. */
export function compact(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]): [string, Json][] => {
      const kept = value === undefined ? undefined : compactValue(value);
      return kept === undefined ? [] : [[key, kept]];
    }),
  );
}

function compactValue(value: Json): Json | undefined {
  if (value === null || value === false || value === 0 || value === '') return undefined;
  if (Array.isArray(value)) return value.length > 0 ? (value as readonly Json[]) : undefined;
  if (typeof value !== 'object') return value;
  const isSet = Object.values(value).every((item) => item !== null && typeof item === 'object' && Object.keys(item).length === 0);
  if (isSet) return Object.keys(value).length > 0 ? value : undefined;
  const inner = compact(value as JsonObject);
  return Object.keys(inner).length > 0 ? inner : undefined;
}

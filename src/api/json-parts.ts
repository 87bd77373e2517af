/** Parts of the engine's JSON, whose form is not known beforehand. */
import type { Json, JsonObject } from './request.ts';

/** A value of the engine's JSON as text; '' where it is none, or a list or object. */
export function scalar(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Empty where it is no object. */
export function objectIn(value: unknown): JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** The object at this key, changed, to be spread over its holder; nothing where there is none. */
export function withPart(holder: JsonObject, key: string, change: (value: JsonObject) => JsonObject): JsonObject {
  const value = holder[key];
  return value !== null && typeof value === 'object' ? { [key]: change(objectIn(value)) } : {};
}

/** The same for each of a list. */
export function withList(holder: JsonObject, key: string, change: (value: Json) => Json): JsonObject {
  const value = holder[key];
  return Array.isArray(value) ? { [key]: (value as readonly Json[]).map(change) } : {};
}

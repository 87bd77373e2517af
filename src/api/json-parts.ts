/** Parts of the engine's JSON, whose form is not known beforehand. */
import type { JsonObject } from './request.ts';

/** A value of the engine's JSON as text; '' where it is none, or a list or object. */
export function scalar(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Empty where it is no object. */
export function objectIn(value: unknown): JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : {};
}

/**
 * A hash of what a container is made from: another hash, another container. It leaves out what does not shape
 * the container itself: build, pull policy, replicas, dependencies, profiles.
 */
import type { Json, JsonObject } from '../plan/effects.ts';
import type { Service } from './project.ts';
import { sha256 } from './sha256.ts';

export function configHash(service: Service): string {
  const { build: _build, pull_policy: _policy, scale: _scale, depends_on: _dependencies, profiles: _profiles, deploy, ...rest } = service;
  const { replicas: _replicas, ...others } = (deploy ?? {}) as JsonObject;
  return sha256(JSON.stringify(ordered({ ...rest, ...(deploy && { deploy: others }) })));
}

/** Hash of any settings: of a network or a volume. */
export function hashOf(settings: JsonObject): string {
  return sha256(JSON.stringify(ordered(settings)));
}

/** Keys sorted at every depth: the order in the file must not count. */
function ordered(value: Json | undefined): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(ordered);
  if (value === null || typeof value !== 'object') return value ?? null;
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, entry]) => [key, ordered(entry)]));
}

/**
 * A hash of what a container is made from: another hash, another container. It leaves out what does not shape
 * the container itself: build, pull policy, replicas, dependencies, profiles.
 */
import type { Json, JsonObject } from '../../api/request.ts';
import type { Service } from '../file/project.ts';
import { sha256 } from '../../sha256.ts';
import { without } from './without.ts';

export function configHash(service: Service): string {
  const rest: JsonObject = without(
    service as JsonObject,
    'build',
    'pull_policy',
    'scale',
    'depends_on',
    'profiles',
    'deploy',
  );
  const { deploy } = service;
  return sha256(
    JSON.stringify(ordered({ ...rest, ...(deploy && { deploy: without(deploy as JsonObject, 'replicas') }) })),
  );
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

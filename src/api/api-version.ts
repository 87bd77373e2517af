/** Versions of the Engine API: `1.9` is before `1.41`. */
import type { PlanContext } from '../plan/effects.ts';

export function isBefore(wanted: string, { apiVersion }: Pick<PlanContext, 'apiVersion'>): boolean {
  const [major = 0, minor = 0] = apiVersion.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}

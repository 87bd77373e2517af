import type { Change } from '../events/events.ts';

/** Names of the containers that came and run. */
export function namesRunning(changes: readonly Change[]): readonly string[] {
  return changes
    .filter(({ change, kind, facts }) => change === 'added' && kind === 'container' && facts['state'] === 'running')
    .map(({ name }) => name);
}

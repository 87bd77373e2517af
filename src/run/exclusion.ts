/** What a lesson takes of a machine that is there once: two that take the same are not under way at the same time. */
import type { Scenario } from '../scenario/schema.ts';

export type Once = 'swarm' | 'host-network' | 'everything';

export function takesOnce({ requires }: Pick<Scenario, 'requires'>): readonly Once[] {
  if (requires.exclusive) return ['everything'];
  const { swarm, permissions } = requires;
  return [
    ...(swarm || permissions.includes('swarm-init') ? (['swarm'] as const) : []),
    ...(permissions.includes('host-network') ? (['host-network'] as const) : []),
  ];
}

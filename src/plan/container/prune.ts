/** docker container prune: asks, then removes all containers that do not run. */
import type { Command } from '../../command/command.ts';
import type { containerPrune } from '../../command/tables/container.ts';
import { ask, print, question, request } from '../ask.ts';
import type { Plan } from '../effects.ts';
import { filtersQuery } from '../filters.ts';
import { humanSize } from '../../size.ts';

interface Pruned {
  readonly ContainersDeleted?: readonly string[] | null;
  /** Bytes. */
  readonly SpaceReclaimed?: number;
}

const warning = 'WARNING! This will remove all stopped containers.';

export function* pruneContainers({ flags }: Command<(typeof containerPrune)['flags']>): Plan {
  if (!flags.force && !(yield* confirmed(warning))) return 0;
  const { body } = yield* ask<Pruned>(
    request('POST', '/containers/prune', { query: { filters: filtersQuery(flags.filter ?? []) } }),
    {},
  );
  const deleted = body.ContainersDeleted ?? [];
  if (deleted.length > 0) yield* print(`Deleted Containers:\n${deleted.map((id) => `${id}\n`).join('')}\n`);
  yield* print(`Total reclaimed space: ${humanSize(body.SpaceReclaimed ?? 0)}\n`);
  return 0;
}

/** The question docker asks before a prune: only y goes on. */
export function* confirmed(text: string): Plan<boolean> {
  const answer = yield* question(`${text}\nAre you sure you want to continue? [y/N] `, 'y');
  return answer.trim().toLowerCase() === 'y';
}

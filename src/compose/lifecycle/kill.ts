/** docker compose kill. */
import type { Command } from '../../command/command.ts';
import type { composeKill } from '../../command/tables/compose.ts';
import { ask, request } from '../../plan/ask.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import { telling } from '../output/progress.ts';
import { containersAsked, isUp } from './containers-asked.ts';

export function* kill(
  { flags, operands }: Command<(typeof composeKill)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const { containers } = yield* containersAsked(operands, group, context);
  for (const { id, name } of containers.filter(isUp))
    yield* telling(
      `Container ${name}`,
      ['Killing', 'Killed'],
      ask(request('POST', `/containers/${id}/kill`, { query: { signal: flags.signal ?? 'SIGKILL' } }), undefined),
    );
  return 0;
}

/** docker compose stop. */
import type { Command } from '../../command/command.ts';
import type { composeStop } from '../../command/tables/compose.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { stopContainer } from '../converge/stop-remove.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import { containersAsked, isUp } from './containers-asked.ts';

export function* stop(
  { flags, operands }: Command<(typeof composeStop)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const { containers } = yield* containersAsked(operands, group, context);
  for (const container of containers) if (isUp(container)) yield* stopContainer(container, flags.timeout);
  return 0;
}

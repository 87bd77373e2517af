/** docker compose stop. */
import type { Command } from '../../command/command.ts';
import type { composeStop } from '../../command/tables/compose.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { execute } from '../execute/execute.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import { stopSteps } from '../reconcile/lifecycle.ts';
import { containersAsked, isUp } from './containers-asked.ts';

export function* stop(
  { flags, operands }: Command<(typeof composeStop)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const { project, containers, work } = yield* containersAsked(operands, group, context);
  yield* execute(stopSteps(project, containers.filter(isUp), flags.timeout), work);
  return 0;
}

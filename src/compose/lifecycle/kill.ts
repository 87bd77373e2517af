/** docker compose kill. */
import type { Command } from '../../command/command.ts';
import type { composeKill } from '../../command/tables/compose.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { execute } from '../execute/execute.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import { killSteps } from '../reconcile/lifecycle.ts';
import { containersAsked, isUp } from './containers-asked.ts';

export function* kill(
  { flags, operands }: Command<(typeof composeKill)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const { containers, work } = yield* containersAsked(operands, group, context);
  yield* execute(killSteps(containers.filter(isUp), flags.signal ?? 'SIGKILL'), work);
  return 0;
}

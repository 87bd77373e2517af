/** docker compose restart. */
import type { Command } from '../../command/command.ts';
import type { composeRestart } from '../../command/tables/compose.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { execute } from '../execute/execute.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import { restartSteps } from '../reconcile/lifecycle.ts';
import { containersAsked } from './containers-asked.ts';

export function* restart(
  { flags, operands }: Command<(typeof composeRestart)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const { project, containers, work } = yield* containersAsked(operands, group, context);
  yield* execute(restartSteps(project, containers, flags.timeout), work);
  return 0;
}

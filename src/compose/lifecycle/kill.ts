/** docker compose kill: those of `compose run` too. */
import type { Command } from '../../command/command.ts';
import type { composeKill } from '../../command/tables/compose.ts';
import { complain } from '../../plan/ask.ts';
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
  const { containers, work } = yield* containersAsked(operands, group, context, { oneOffs: true });
  const up = containers.filter(isUp);
  if (up.length === 0) yield* complain('no container to kill\n');
  yield* execute(killSteps(up, flags.signal ?? 'SIGKILL'), work);
  return 0;
}

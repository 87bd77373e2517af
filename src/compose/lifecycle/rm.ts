/** docker compose rm: stopped containers, and their anonymous volumes where asked. */
import type { Command } from '../../command/command.ts';
import type { composeRm } from '../../command/tables/compose.ts';
import { complain, print, question } from '../../plan/ask.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { execute } from '../execute/execute.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import { rmSteps, stopSteps } from '../reconcile/lifecycle.ts';
import { containersAsked, isUp } from './containers-asked.ts';

export function* remove(
  { flags, operands }: Command<(typeof composeRm)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const { project, containers, work } = yield* containersAsked(operands, group, context, {
    state: flags.stop ? 'running' : 'exited',
  });
  if (flags.stop) yield* execute(stopSteps(project, containers.filter(isUp), undefined), work);
  const stopped = containers.filter((container) => flags.stop === true || !isUp(container));
  if (stopped.length === 0) {
    yield* complain('No stopped containers\n');
    return 0;
  }
  const going = `Going to remove ${stopped.map(({ name }) => name).join(', ')}`;
  if (flags.force) yield* print(`${going}\n`);
  else if (!/^y(es)?$/i.test((yield* question(`? ${going} Yes/No [y/N] `, 'y')).trim())) return 0;
  yield* execute(rmSteps(stopped, flags.volumes === true), work);
  return 0;
}

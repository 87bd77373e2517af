/** docker compose start. */
import type { Command } from '../../command/command.ts';
import type { composeStart } from '../../command/tables/compose.ts';
import { complain } from '../../plan/ask.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { execute } from '../execute/execute.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import { startSteps, upAndHealthySteps } from '../reconcile/start.ts';
import { containersAsked } from './containers-asked.ts';

export function* start(
  { flags, operands }: Command<(typeof composeStart)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const { project, work } = yield* containersAsked(operands, group, context, { state: 'exited' });
  const services = Object.keys(project.services).filter((name) => work.containers.has(name));
  if (services.length === 0) {
    yield* complain(
      operands[0] === undefined
        ? 'the project has no container to start\n'
        : `service ${operands[0]} has no container to start\n`,
    );
    return 1;
  }
  yield* execute(startSteps(project, services, work.containers), work);
  const most = flags['wait-timeout'] ? flags['wait-timeout'] * 1000 : undefined;
  if (flags.wait) yield* execute(upAndHealthySteps(project, work.containers, services, most), work);
  return 0;
}

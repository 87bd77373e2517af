/** docker compose start. */
import type { Command } from '../../command/command.ts';
import type { composeStart } from '../../command/tables/compose.ts';
import { Stopped } from '../../plan/effects.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { execute } from '../execute/execute.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import { howMany } from '../reconcile/how-many.ts';
import { startSteps, upAndHealthySteps } from '../reconcile/start.ts';
import { chosen } from '../which/services.ts';
import { containersAsked } from './containers-asked.ts';

export function* start(
  { flags, operands }: Command<(typeof composeStart)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const { project, work } = yield* containersAsked(operands, group, context, {
    state: 'exited',
    alsoOf: (all) => chosen(all, operands),
  });
  const services = chosen(project, operands);
  for (const name of services)
    if (!work.containers.has(name) && howMany(project.services[name]) > 0)
      throw new Stopped(`service "${name}" has no container to start`);
  yield* execute(startSteps(project, services, work.containers), work);
  const most = flags['wait-timeout'] ? flags['wait-timeout'] * 1000 : undefined;
  if (flags.wait) yield* execute(upAndHealthySteps(project, work.containers, services, most), work);
  return 0;
}

/** docker compose start. */
import type { Command } from '../../command/command.ts';
import type { composeStart } from '../../command/tables/compose.ts';
import { ask, complain, request } from '../../plan/ask.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { waitFor } from '../converge/wait-for.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import { telling } from '../output/progress.ts';
import { waitForDependencies } from '../up.ts';
import { containersAsked, isUp } from './containers-asked.ts';

export function* start(
  { flags, operands }: Command<(typeof composeStart)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const { project, containers } = yield* containersAsked(operands, group, context);
  const order = [...containers].reverse();
  const byService = new Map(
    order.map(({ service }) => [
      service,
      order.filter((one) => one.service === service).map((one) => ({ ...one, running: isUp(one), fresh: false })),
    ]),
  );
  if (order.length === 0)
    yield* complain(
      `service ${operands[0] ?? ''} has no container to start\n`.replace('service  has', 'the project has'),
    );
  for (const container of order) {
    yield* waitForDependencies(project, { containers: byService }, container.service);
    if (!isUp(container))
      yield* telling(
        `Container ${container.name}`,
        ['Starting', 'Started'],
        ask(request('POST', `/containers/${container.id}/start`), undefined),
      );
  }
  if (flags.wait)
    yield* waitFor(order, 'running_or_healthy', flags['wait-timeout'] ? flags['wait-timeout'] * 1000 : undefined);
  return order.length === 0 ? 1 : 0;
}

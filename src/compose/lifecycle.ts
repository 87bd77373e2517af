/** docker compose start, stop, restart, pause, unpause, kill, rm: on containers that are there. */
import type { Command } from '../command/command.ts';
import type * as rows from '../command/tables/compose.ts';
import { ask, complain, question, request } from '../plan/ask.ts';
import type { Plan, PlanContext } from '../plan/effects.ts';
import type { ComposeFlags } from './file/load-project.ts';
import { dependentsFirst, observe } from './converge/observed.ts';
import type { Observed } from './converge/observed.ts';
import { ofServices, projectOrLabels } from './which/project-or-labels.ts';
import { telling } from './converge/progress.ts';
import type { Project } from './file/project.ts';
import { removeContainer, stopContainer } from './converge/stop-remove.ts';
import { waitForDependencies } from './up.ts';
import { waitFor } from './converge/wait-for.ts';

interface Scene {
  readonly project: Project;
  readonly containers: readonly Observed[];
}

/** The containers asked for, those that depend on others first; one-off ones are left out. */
function* scene(asked: readonly string[], group: ComposeFlags, context: PlanContext): Plan<Scene> {
  const project = yield* projectOrLabels(group, context, asked);
  const found = (yield* observe(project.name)).filter(({ oneOff }) => !oneOff);
  return { project, containers: dependentsFirst(ofServices(project, found, asked), project) };
}

const isUp = ({ state }: Observed): boolean => state === 'running' || state === 'paused' || state === 'restarting';

export function* stop(
  { flags, operands }: Command<(typeof rows.composeStop)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const { containers } = yield* scene(operands, group, context);
  for (const container of containers) if (isUp(container)) yield* stopContainer(container, flags.timeout);
  return 0;
}

export function* start(
  { flags, operands }: Command<(typeof rows.composeStart)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const { project, containers } = yield* scene(operands, group, context);
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

export function* restart(
  { flags, operands }: Command<(typeof rows.composeRestart)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const { containers } = yield* scene(operands, group, context);
  const t = flags.timeout === undefined ? undefined : String(flags.timeout);
  for (const { id, name } of [...containers].reverse())
    yield* telling(
      `Container ${name}`,
      ['Restarting', 'Started'],
      ask(request('POST', `/containers/${id}/restart`, { query: { t } }), undefined),
    );
  return 0;
}

/** pause and unpause. */
export function freezing(action: 'pause' | 'unpause') {
  return function* ({ operands }: Command, group: ComposeFlags, context: PlanContext): Plan {
    const { containers } = yield* scene(operands, group, context);
    const fit = containers.filter(({ state }) => state === (action === 'pause' ? 'running' : 'paused'));
    for (const { id, name } of fit)
      yield* telling(
        `Container ${name}`,
        action === 'pause' ? ['Pausing', 'Paused'] : ['Unpausing', 'Unpaused'],
        ask(request('POST', `/containers/${id}/${action}`), undefined),
      );
    return 0;
  };
}

export function* kill(
  { flags, operands }: Command<(typeof rows.composeKill)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const { containers } = yield* scene(operands, group, context);
  for (const { id, name } of containers.filter(isUp))
    yield* telling(
      `Container ${name}`,
      ['Killing', 'Killed'],
      ask(request('POST', `/containers/${id}/kill`, { query: { signal: flags.signal ?? 'SIGKILL' } }), undefined),
    );
  return 0;
}

export function* remove(
  { flags, operands }: Command<(typeof rows.composeRm)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const { containers } = yield* scene(operands, group, context);
  if (flags.stop) for (const container of containers.filter(isUp)) yield* stopContainer(container);
  const stopped = containers.filter((container) => flags.stop === true || !isUp(container));
  if (stopped.length === 0) {
    yield* complain('No stopped containers\n');
    return 0;
  }
  if (!flags.force) {
    const answer = yield* question(
      `? Going to remove ${stopped.map(({ name }) => name).join(', ')} Yes/No [y/N] `,
      'y',
    );
    if (!/^y(es)?$/i.test(answer.trim())) return 0;
  }
  for (const container of stopped) yield* removeContainer(container, flags.volumes === true);
  return 0;
}

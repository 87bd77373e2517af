/** docker attach: the learner's terminal at the main process of a running container. */
import type { Command } from '../../../command/command.ts';
import type { containerAttach } from '../../../command/tables/container.ts';
import { ask, drain, request } from '../../ask.ts';
import { assertTty, assumedContainer, attachTo, detached, exitCodeOf, waitFor } from './session.ts';
import type { InspectedContainer } from './session.ts';
import { Stopped } from '../../effects.ts';
import type { Plan, PlanContext } from '../../effects.ts';

export function* attachToContainer(
  { flags, operands: [name = ''] }: Command<(typeof containerAttach)['flags']>,
  context: PlanContext,
): Plan {
  const inspect = request('GET', `/containers/${name}/json`);
  // the wait is there before anything else, so that an end in between is seen
  const waiting = yield* waitFor(name);
  const { body } = yield* ask<InspectedContainer>(inspect, assumedContainer);
  assertAttachable(name, body.State);
  assertTty({ tty: body.Config.Tty, stdin: !flags['no-stdin'] }, context);
  const stdin = !flags['no-stdin'] && body.Config.OpenStdin;
  const session = yield* attachTo(name, {
    tty: body.Config.Tty,
    stdin,
    detachKeys: flags['detach-keys'],
    signals: flags['sig-proxy'],
  });
  // it may have ended between the two: then nothing would ever come
  const { State } = (yield* ask<InspectedContainer>(inspect, assumedContainer)).body;
  assertAttachable(name, State);
  if ((yield* drain(session)) === 'detached') throw detached();
  return yield* exitCodeOf(waiting);
}

function assertAttachable(container: string, { Running, Paused, Restarting }: InspectedContainer['State']): void {
  const args = { container };
  if (!Running)
    throw new Stopped('You cannot attach to a stopped container, start it first', 1, { id: 'E-NOT-RUNNING', args });
  if (Paused)
    throw new Stopped('You cannot attach to a paused container, unpause it first', 1, { id: 'E-PAUSED', args });
  if (Restarting) throw new Stopped('You cannot attach to a restarting container, wait until it is running');
}

/** docker start: in the background, or with -a and -i connected as run is. */
import type { Command } from '../../command/command.ts';
import type { containerStart } from '../../command/tables/container.ts';
import { ask, complain, drain, print, request } from '../ask.ts';
import { assumedContainer, attachTo, exitCodeOf, waitFor } from './streams/session.ts';
import type { InspectedContainer } from './streams/session.ts';
import { isRefusal, wordsOf } from '../daemon-errors.ts';
import { Stopped } from '../effects.ts';
import type { Plan } from '../effects.ts';

type StartCommand = Command<(typeof containerStart)['flags']>;

export function* startContainers(command: StartCommand): Plan {
  const { flags, operands } = command;
  if (!flags.attach && !flags.interactive) return yield* startEach(operands);
  if (operands.length > 1) throw new Stopped('you cannot start and attach multiple containers at once');
  return yield* startAttached(command);
}

function* startEach(names: readonly string[]): Plan {
  const failed: string[] = [];
  for (const name of names) {
    try {
      yield* ask(request('POST', `/containers/${name}/start`), undefined);
      yield* print(`${name}\n`);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      yield* complain(`${wordsOf(error)}\n`);
      failed.push(name);
    }
  }
  if (failed.length > 0) throw new Stopped(`Error: failed to start containers: ${failed.join(', ')}`);
  return 0;
}

/** attach → wait → start → output → exit code, in that order: nothing of a container that ends at once is lost. */
function* startAttached({ flags, operands: [name = ''] }: StartCommand): Plan {
  const { body } = yield* ask<InspectedContainer>(request('GET', `/containers/${name}/json`), assumedContainer);
  const { Id: id, Config, HostConfig } = body;
  const session = yield* attachTo(id, {
    tty: Config.Tty,
    stdin: flags.interactive === true && Config.OpenStdin,
    detachKeys: flags['detach-keys'],
  });
  const waiting = yield* waitFor(id, HostConfig.AutoRemove ? 'removed' : 'next-exit');
  yield* ask(request('POST', `/containers/${id}/start`), undefined);
  if ((yield* drain(session)) === 'detached') return 0;
  return yield* exitCodeOf(waiting);
}

/** docker stop, restart, kill, pause and unpause: one request a container; names are printed, refusals come last. */
import type { Command } from '../../command/command.ts';
import type {
  containerKill,
  containerPause,
  containerRestart,
  containerStop,
  containerUnpause,
} from '../../command/tables/container.ts';
import { ask, askAll, complain, print, request } from '../ask.ts';
import { isRefusal, wordsOf } from '../daemon-errors.ts';
import { Stopped } from '../effects.ts';
import { EngineError } from '../../api/request.ts';
import type { Request } from '../../api/request.ts';
import type { Plan } from '../effects.ts';

/** All at once, as docker does it: three containers that take ten seconds to stop take ten seconds together. */
export function* stopContainers({ flags, operands }: Command<(typeof containerStop)['flags']>): Plan {
  const query = { signal: flags.signal, t: flags.timeout === undefined ? undefined : String(flags.timeout) };
  return yield* togetherFor(operands, (name) => request('POST', `/containers/${name}/stop`, { query }));
}

export function* killContainers({ flags, operands }: Command<(typeof containerKill)['flags']>): Plan {
  return yield* togetherFor(operands, (name) =>
    request('POST', `/containers/${name}/kill`, { query: { signal: flags.signal } }),
  );
}

export function* pauseContainers({ operands }: Command<(typeof containerPause)['flags']>): Plan {
  return yield* togetherFor(operands, (name) => request('POST', `/containers/${name}/pause`));
}

export function* unpauseContainers({ operands }: Command<(typeof containerUnpause)['flags']>): Plan {
  return yield* togetherFor(operands, (name) => request('POST', `/containers/${name}/unpause`));
}

/** One after the other, as docker does it. */
export function* restartContainers({ flags, operands }: Command<(typeof containerRestart)['flags']>): Plan {
  const query = { signal: flags.signal, t: flags.timeout === undefined ? undefined : String(flags.timeout) };
  const refused: EngineError[] = [];
  for (const name of operands) {
    try {
      yield* ask(request('POST', `/containers/${name}/restart`, { query }), undefined);
      yield* print(`${name}\n`);
    } catch (error) {
      if (!isRefusal(error) || !(error instanceof EngineError)) throw error;
      refused.push(error);
    }
  }
  return yield* saying(refused);
}

function* togetherFor(names: readonly string[], requestOf: (name: string) => Request): Plan {
  const made = names.map((name) => madeOf(name, requestOf));
  const sent = made.flatMap((one) => (one instanceof Stopped ? [] : [one]));
  const rest = sent.length > 0 ? [...(yield* askAll(sent))] : [];
  const all = made.map((one) => (one instanceof Stopped ? one : rest.shift()));
  yield* print(names.flatMap((name, index) => (isRefusal(all[index]) ? [] : [`${name}\n`])).join(''));
  return yield* saying(all.filter(isRefusal));
}

/** Docker's client refuses one name, and asks for the others. */
function madeOf(name: string, requestOf: (name: string) => Request): Request | Stopped {
  try {
    return requestOf(name);
  } catch (error) {
    if (error instanceof Stopped) return error;
    throw error;
  }
}

/** The refusals, a line each. */
export function* saying(refused: readonly (EngineError | Stopped)[]): Plan {
  if (refused.length === 0) return 0;
  yield* complain(refused.map((error) => `${wordsOf(error)}\n`).join(''));
  return 1;
}

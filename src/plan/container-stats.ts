/** docker stats: what containers use, once or as it goes. */
import type { Command } from '../command/command.ts';
import type { containerStats } from '../command/tables/container.ts';
import { ask, askAll, drainAll, open, print, request } from './ask.ts';
import { EngineError } from './effects.ts';
import type { Handle, Json, Plan } from './effects.ts';
import { formatted } from './output/formatted.ts';
import { statsColumns, statsRow } from './output/stats-rows.ts';
import type { Stats } from './output/stats-rows.ts';

type StatsCommand = Command<(typeof containerStats)['flags']>;

export function* showStats(command: StatsCommand): Plan {
  const names = command.operands.length > 0 ? command.operands : yield* allContainers(command.flags.all === true);
  if (command.flags['no-stream']) return yield* showOnce(names, command.flags);
  return yield* showAsItGoes(names, command.flags);
}

function* allContainers(stopped: boolean): Plan<readonly string[]> {
  const { body } = yield* ask<readonly { readonly Id: string }[]>(
    request('GET', '/containers/json', { query: { all: stopped ? '1' : undefined } }),
    [{ Id: '<id>' }],
  );
  return body.map(({ Id }) => Id.slice(0, 12));
}

function* showOnce(names: readonly string[], flags: StatsCommand['flags']): Plan {
  // all at once: the engine looks twice, a second apart, before it answers
  const answers = yield* askAll(
    names.map((name) => request('GET', `/containers/${name}/stats`, { query: { stream: '0' } })),
  );
  const refused = answers.find((answer) => answer instanceof EngineError);
  if (refused) throw refused;
  const rows = answers.map((answer, at) =>
    statsRow(
      names[at] ?? '',
      answer instanceof EngineError ? {} : ((answer.body ?? {}) as Stats),
      flags['no-trunc'] === true,
    ),
  );
  yield* print(formatted(rows, flags.format, statsColumns));
  return 0;
}

/**
 * One heading, then a line whenever the engine sends new numbers of a container. Docker draws its table over itself;
 * lines stay readable in a report, and on a screen reader.
 */
function* showAsItGoes(names: readonly string[], flags: StatsCommand['flags']): Plan {
  const isTable = flags.format === undefined || flags.format.startsWith('table');
  let headed = false;
  const line = (name: string, value: Json): string => {
    const text = formatted([statsRow(name, value as Stats, flags['no-trunc'] === true)], flags.format, statsColumns);
    if (!isTable || !headed) {
      headed = true;
      return text;
    }
    return text.slice(text.indexOf('\n') + 1);
  };
  const streams: Handle[] = [];
  for (const name of names) {
    const what = request('GET', `/containers/${name}/stats`, { query: { stream: '1' } });
    streams.push(yield* open(what, { kind: 'lines', line: (value) => line(name, value) }));
  }
  yield* drainAll(streams);
  return 0;
}

/** docker stats: what containers use, once or as it goes. */
import type { Command } from '../../../command/command.ts';
import type { containerStats } from '../../../command/tables/container.ts';
import { ask, askAll, drainAll, open, print, request } from '../../ask.ts';
import { EngineError } from '../../../api/request.ts';
import type { Json } from '../../../api/request.ts';
import type { Handle, Plan, PlanContext } from '../../effects.ts';
import { formatted } from '../../output/formatted.ts';
import type { Row } from '../../output/formatted.ts';
import { statsColumns, statsRow } from './stats-rows.ts';
import type { Stats } from './stats-rows.ts';
import { shortId } from '../../../short-id.ts';

type StatsCommand = Command<(typeof containerStats)['flags']>;

export function* showStats(command: StatsCommand, context: PlanContext): Plan {
  const names = command.operands.length > 0 ? command.operands : yield* allContainers(command.flags.all === true);
  return yield* showStatsOf(names, command.flags, context);
}

/** @param names none: the heading alone */
export function* showStatsOf(names: readonly string[], flags: StatsCommand['flags'], { terminal }: PlanContext): Plan {
  if (flags['no-stream']) return yield* showOnce(names, flags);
  return yield* followed(names, terminal ? drawnOver(names, flags) : oneAfterTheOther(flags));
}

function* allContainers(stopped: boolean): Plan<readonly string[]> {
  const { body } = yield* ask<readonly { readonly Id: string }[]>(
    request('GET', '/containers/json', { query: { all: stopped ? '1' : undefined } }),
    [{ Id: '<id>' }],
  );
  return body.map(({ Id }) => shortId(Id));
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

/** What is written when the engine sends new numbers of a container. */
type Telling = (name: string, stats: Stats) => string;

function* followed(names: readonly string[], tell: Telling): Plan {
  const streams: Handle[] = [];
  for (const name of names) {
    const what = request('GET', `/containers/${name}/stats`, { query: { stream: '1' } });
    streams.push(yield* open(what, { kind: 'lines', line: (value: Json) => tell(name, value as Stats) }));
  }
  yield* drainAll(streams);
  return 0;
}

/** One heading, then line after line, where there is no terminal: they stay readable in a report. */
function oneAfterTheOther(flags: StatsCommand['flags']): Telling {
  const isTable = flags.format === undefined || flags.format.startsWith('table');
  let headed = false;
  return (name, stats) => {
    const text = formatted([statsRow(name, stats, flags['no-trunc'] === true)], flags.format, statsColumns);
    if (!isTable || !headed) {
      headed = true;
      return text;
    }
    return text.slice(text.indexOf('\n') + 1);
  };
}

// to the corner; what is right of the cursor away; what is below it away (ECMA-48)
const [corner, restOfLine, below] = ['\u001b[H', '\u001b[K', '\u001b[J'];

/** The whole table over the one before, from the corner of the screen, as docker draws it. */
function drawnOver(names: readonly string[], flags: StatsCommand['flags']): Telling {
  const rows = new Map<string, Row>();
  return (name, stats) => {
    rows.set(name, statsRow(name, stats, flags['no-trunc'] === true));
    const known = names.map((one) => rows.get(one)).filter((row) => row !== undefined);
    const text = formatted(known, flags.format, statsColumns);
    return `${corner}${text.replaceAll('\n', `${restOfLine}\n`)}${below}`;
  };
}

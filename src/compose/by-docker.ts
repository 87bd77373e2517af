/** Commands that are docker's own, of the container of a service: attach, cp, commit, export, stats. */
import type { Command } from '../command/command.ts';
import { parseCommand } from '../command/parse.ts';
import { isCommand } from '../command/rows.ts';
import type { CommandRow, FlagRows } from '../command/table.ts';
import type * as compose from '../command/tables/compose.ts';
import { containerAttach, containerCommit, containerCp, containerExport } from '../command/tables/container.ts';
import { commitContainer } from '../plan/container/files/commit.ts';
import { copyFiles } from '../plan/container/files/copy.ts';
import { exportContainer } from '../plan/container/files/export.ts';
import { attachToContainer } from '../plan/container/streams/attach.ts';
import { showStatsOf } from '../plan/container/streams/stats.ts';
import { Stopped } from '../plan/effects.ts';
import type { Plan, PlanContext } from '../plan/effects.ts';
import { shortId } from '../short-id.ts';
import type { ComposeFlags } from './file/load-project.ts';
import { tell } from './output/progress.ts';
import { theContainer } from './which/one-container.ts';
import { ofServices, projectOrLabels } from './which/project-or-labels.ts';

export function* attach(
  { flags, operands: [service = ''] }: Command<(typeof compose.composeAttach)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const { id } = yield* theContainer(service, flags.index, group, context);
  const words = [
    ...given('detach-keys', flags['detach-keys']),
    ...given('no-stdin', flags['no-stdin']),
    ...given('sig-proxy', flags['sig-proxy']),
  ];
  return yield* attachToContainer(dockers(containerAttach, ['attach', ...words, id]), context);
}

export function* commit(
  { flags, operands: [service = '', ...image] }: Command<(typeof compose.composeCommit)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const { id } = yield* theContainer(service, flags.index, group, context, 'stopped too');
  const words = [
    ...given('author', flags.author),
    ...given('message', flags.message),
    ...given('pause', flags.pause),
    ...(flags.change ?? []).map((change) => `--change=${change}`),
  ];
  return yield* commitContainer(dockers(containerCommit, ['commit', ...words, id, ...image]));
}

export function* exportFiles(
  { flags, operands: [service = ''] }: Command<(typeof compose.composeExport)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const { id } = yield* theContainer(service, flags.index, group, context, 'stopped too');
  const words = given('output', flags.output);
  return yield* exportContainer(dockers(containerExport, ['export', ...words, id]), context);
}

/** Into all containers of a service, or out of its first; of the one with --index. */
export function* copy(
  { flags, operands: [from = '', to = ''] }: Command<(typeof compose.composeCp)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const [source, target] = [placeOf(from), placeOf(to)];
  if (source && target) throw new Stopped('copying between services is not supported');
  const service = (source ?? target)?.service;
  if (service === undefined) throw new Stopped('unknown copy direction');
  const there = yield* projectOrLabels(group, context, { asked: [service] });
  const found = ofServices(there, [service]).filter(
    ({ oneOff, number }) => (flags.all === true || !oneOff) && (!flags.index || number === flags.index),
  );
  if (found.length === 0) throw new Stopped(`no container found for service "${service}"`);
  const words = [...given('archive', flags.archive), ...given('follow-link', flags['follow-link'])];
  for (const { id, name } of source ? found.slice(0, 1) : found) {
    const ends = (container: string): readonly [string, string] =>
      source ? [`${container}:${source.path}`, to] : [from, `${container}:${target?.path ?? ''}`];
    const copying = `copy ${ends(name).join(' to ')}`;
    yield* tell(name, 'Copying', copying);
    yield* copyFiles(dockers(containerCp, ['cp', ...words, ...ends(id)]), context);
    yield* tell(name, 'Copied', copying);
  }
  return 0;
}

/** `SERVICE:PATH`; a path of this machine has no name before its colon. */
function placeOf(written: string): { readonly service: string; readonly path: string } | undefined {
  const [, service, path = ''] = /^([^:/\\.][^:/\\]*):(.*)$/.exec(written) ?? [];
  return service === undefined ? undefined : { service, path };
}

/** A service that there is not uses nothing: that is no fault. */
export function* stats(
  { flags, operands }: Command<(typeof compose.composeStats)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const { containers } = yield* projectOrLabels(group, context, { asked: operands, all: flags.all === true });
  const names = containers
    .filter(({ service }) => operands.length === 0 || operands.includes(service))
    .map(({ id }) => shortId(id));
  return yield* showStatsOf(names, flags, context);
}

function given(name: string, value: string | boolean | undefined): readonly string[] {
  return value === undefined ? [] : [`--${name}=${String(value)}`];
}

function dockers<F extends FlagRows, N extends string>(row: CommandRow<F, N>, words: readonly string[]): Command<F> {
  const command = parseCommand(['docker', ...words]);
  if (!isCommand(command, row)) throw new Error(`docker ${row.name} is not docker ${words[0] ?? ''}`);
  return command;
}

/** docker compose ls: the projects on the engine. */
import type { Command } from '../../command/command.ts';
import type { composeLs } from '../../command/tables/compose.ts';
import { ask, print, request } from '../../plan/ask.ts';
import type { Pair } from '../../command/values/pairs.ts';
import { Stopped } from '../../plan/effects.ts';
import type { Plan } from '../../plan/effects.ts';
import { filtersQuery } from '../../plan/filters.ts';
import { filesLabel, projectLabel } from '../container/labels.ts';
import type { Summary } from '../observe/containers.ts';
import { lines } from '../output/lines.ts';
import { wide } from '../output/wide.ts';

export function* ls({ flags }: Command<(typeof composeLs)['flags']>): Plan {
  const wanted = [flags.filter ?? []].flat().map(nameFilter);
  const filters = filtersQuery([{ key: 'label', value: projectLabel }]);
  const { body } = yield* ask<readonly Summary[]>(
    request('GET', '/containers/json', { query: { all: flags.all ? '1' : undefined, filters } }),
    [],
  );
  const names = [...new Set(body.map(({ Labels }) => Labels?.[projectLabel] ?? ''))];
  const projects = names.map((Name) => {
    const own = body.filter(({ Labels }) => Labels?.[projectLabel] === Name);
    return { Name, Status: statusOf(own), ConfigFiles: filesOf(own) };
  });
  const kept = projects.filter(({ Name }) => wanted.every((pattern) => pattern.test(Name)));
  const sorted = kept.sort((a, b) => (a.Name < b.Name ? -1 : 1));
  if (flags.quiet) yield* print(lines(sorted.map(({ Name }) => Name)));
  else if (flags.format === 'json') yield* print(`${JSON.stringify(sorted)}\n`);
  else
    yield* print(
      wide([
        ['NAME', 'STATUS', 'CONFIG FILES'],
        ...sorted.map(({ Name, Status, ConfigFiles }) => [Name, Status, ConfigFiles]),
      ]),
    );
  return 0;
}

/** @throws Stopped for another key than `name` */
function nameFilter({ key, value }: Pair): RegExp {
  if (key !== 'name') throw new Stopped(`invalid filter '${key}'`);
  try {
    return new RegExp(value);
  } catch {
    throw new Stopped(`invalid filter: name=${value} is no regular expression`);
  }
}

/** Those of all its containers, each once. */
function filesOf(containers: readonly Summary[]): string {
  const files = containers.map(({ Labels }) => Labels?.[filesLabel]);
  return files.includes(undefined) ? 'N/A' : [...new Set(files.flatMap((text = '') => text.split(',')))].join(',');
}

/** `exited(1), running(2)` */
function statusOf(containers: readonly Summary[]): string {
  const counts = new Map<string, number>();
  for (const { State } of containers) counts.set(State, (counts.get(State) ?? 0) + 1);
  return [...counts]
    .sort()
    .map(([state, count]) => `${state}(${String(count)})`)
    .join(', ');
}

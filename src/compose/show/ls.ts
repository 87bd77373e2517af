/** docker compose ls: the projects on the engine. */
import type { Command } from '../../command/command.ts';
import type { composeLs } from '../../command/tables/compose.ts';
import { ask, print, request } from '../../plan/ask.ts';
import type { Plan } from '../../plan/effects.ts';
import { filtersQuery } from '../../plan/filters.ts';
import { filesLabel, projectLabel } from '../container/labels.ts';
import type { Summary } from '../observe/containers.ts';
import { lines } from '../output/lines.ts';
import { wide } from '../output/wide.ts';

export function* ls({ flags }: Command<(typeof composeLs)['flags']>): Plan {
  const filters = filtersQuery([{ key: 'label', value: projectLabel }]);
  const { body } = yield* ask<readonly Summary[]>(
    request('GET', '/containers/json', { query: { all: flags.all ? '1' : undefined, filters } }),
    [],
  );
  const names = [...new Set(body.map(({ Labels }) => Labels?.[projectLabel] ?? ''))];
  const projects = names.map((Name) => {
    const own = body.filter(({ Labels }) => Labels?.[projectLabel] === Name);
    return { Name, Status: statusOf(own), ConfigFiles: own[0]?.Labels?.[filesLabel] ?? 'N/A' };
  });
  const sorted = projects.sort((a, b) => (a.Name < b.Name ? -1 : 1));
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

/** `exited(1), running(2)` */
function statusOf(containers: readonly Summary[]): string {
  const counts = new Map<string, number>();
  for (const { State } of containers) counts.set(State, (counts.get(State) ?? 0) + 1);
  return [...counts]
    .sort()
    .map(([state, count]) => `${state}(${String(count)})`)
    .join(', ');
}

/** docker compose top: the processes of the project, in one table. */
import type { Command } from '../../command/command.ts';
import { ask, print, request } from '../../plan/ask.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { aligned } from '../../plan/output/aligned.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import { projectOrLabels } from '../which/project-or-labels.ts';

/** What GET /containers/{id}/top says (Engine API, ContainerTop). */
interface Processes {
  readonly Titles: readonly string[];
  readonly Processes: readonly (readonly string[])[] | null;
}

/** A service that there is not has no processes: that is no fault. */
export function* top({ operands }: Command, group: ComposeFlags, context: PlanContext): Plan {
  const { containers } = yield* projectOrLabels(group, context, { asked: operands, all: false });
  const rows: ReadonlyMap<string, string>[] = [];
  for (const { id, service, number } of containers) {
    if (operands.length > 0 && !operands.includes(service)) continue;
    const { body } = yield* ask<Processes>(request('GET', `/containers/${id}/top`), { Titles: [], Processes: [] });
    for (const cells of body.Processes ?? [])
      rows.push(
        new Map([
          ['SERVICE', service],
          ['#', number === 0 ? '' : String(number)],
          ...body.Titles.map((title, at) => [title, cells[at] ?? '-'] as const),
        ]),
      );
  }
  if (rows.length > 0) yield* print(table(rows));
  return 0;
}

/** Engines may differ in what ps says: each title once, and the command, which may be long, at the end. */
function table(rows: readonly ReadonlyMap<string, string>[]): string {
  const found = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const titles = [...found.filter((title) => title !== 'CMD'), ...found.filter((title) => title === 'CMD')];
  const all = [titles, ...rows.map((row) => titles.map((title) => row.get(title) ?? '-'))];
  return aligned(all.map((cells) => `${cells.join('\t')}\n`).join(''), { minimum: 4, padding: 2 });
}

/** docker compose top: the processes of the project. */
import type { Command } from '../../command/command.ts';
import { ask, print, request } from '../../plan/ask.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { aligned } from '../../plan/output/aligned.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import { ofServices, projectOrLabels } from '../which/project-or-labels.ts';

export function* top({ operands }: Command, group: ComposeFlags, context: PlanContext): Plan {
  const running = yield* projectOrLabels(group, context, { asked: operands, all: false });
  for (const { id, name } of ofServices(running, operands)) {
    const { body } = yield* ask<{ Titles: readonly string[]; Processes: readonly (readonly string[])[] | null }>(
      request('GET', `/containers/${id}/top`),
      { Titles: [], Processes: [] },
    );
    yield* print(
      `${name}\n${aligned([body.Titles, ...(body.Processes ?? [])].map((cells) => `${cells.join('\t')}\n`).join(''), 4)}\n`,
    );
  }
  return 0;
}

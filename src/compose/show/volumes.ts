/** docker compose volumes: those of the project, as docker lists volumes. */
import type { Command } from '../../command/command.ts';
import type { composeVolumes } from '../../command/tables/compose.ts';
import { ask, print, request } from '../../plan/ask.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { filtersQuery } from '../../plan/filters.ts';
import { formatted, quietFormat } from '../../plan/output/formatted.ts';
import { volumeColumns, volumeRow } from '../../plan/volume/list-rows.ts';
import type { VolumeSummary } from '../../plan/volume/list-rows.ts';
import { projectLabel } from '../container/labels.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import { ofServices, projectOrLabels } from '../which/project-or-labels.ts';

export function* volumes(
  { flags, operands }: Command<(typeof composeVolumes)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const there = yield* projectOrLabels(group, context, { asked: operands });
  const mounted = new Set(
    ofServices(there, operands).flatMap(({ summary }) => (summary.Mounts ?? []).map(({ Name }) => Name)),
  );
  const filters = filtersQuery([{ key: 'label', value: `${projectLabel}=${there.project.name}` }]);
  const { body } = yield* ask<{ readonly Volumes?: readonly VolumeSummary[] | null }>(
    request('GET', '/volumes', { query: { filters } }),
    {},
  );
  const own = (body.Volumes ?? []).filter(({ Name }) => operands.length === 0 || mounted.has(Name));
  const rows = [...own].sort((a, b) => (a.Name < b.Name ? -1 : 1)).map(volumeRow);
  yield* print(
    formatted(rows, flags.quiet ? quietFormat(flags.format, '{{.Name}}', 'name') : flags.format, volumeColumns),
  );
  return 0;
}

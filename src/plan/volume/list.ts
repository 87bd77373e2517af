/** docker volume ls. */
import type { Command } from '../../command/command.ts';
import type { volumeLs } from '../../command/tables/volume.ts';
import { ask, print, request } from '../ask.ts';
import type { Plan } from '../effects.ts';
import { filtersQuery } from '../filters.ts';
import { formatted, quietFormat } from '../output/formatted.ts';
import { naturalOrder } from '../output/natural.ts';
import { volumeColumns, volumeRow } from './list-rows.ts';
import type { VolumeSummary } from './list-rows.ts';

export function* listVolumes({ flags }: Command<(typeof volumeLs)['flags']>): Plan {
  const query = { filters: filtersQuery(flags.filter ?? []) };
  const { body } = yield* ask<{ readonly Volumes?: readonly VolumeSummary[] | null }>(
    request('GET', '/volumes', { query }),
    {},
  );
  const rows = [...(body.Volumes ?? [])].sort((a, b) => naturalOrder(a.Name, b.Name)).map(volumeRow);
  yield* print(
    formatted(rows, flags.quiet ? quietFormat(flags.format, '{{.Name}}', 'name') : flags.format, volumeColumns),
  );
  return 0;
}

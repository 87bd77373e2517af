/** docker images: GET /images/json, and its table. */
import type { Command } from '../../command/command.ts';
import type { imageLs } from '../../command/tables/image.ts';
import { ask, print, request } from '../ask.ts';
import type { Plan, PlanContext } from '../effects.ts';
import { filtersQuery } from '../filters.ts';
import { formatted, quietFormat } from '../output/formatted.ts';
import { imageColumns, imageRow, namesOf } from './list-rows.ts';
import type { ImageSummary } from './list-rows.ts';

export function* listImages(
  { flags, operands: [name] }: Command<(typeof imageLs)['flags']>,
  { now, zone }: PlanContext,
): Plan {
  const filters = [...(flags.filter ?? []), ...(name === undefined ? [] : [{ key: 'reference', value: name }])];
  const query = { all: flags.all ? '1' : undefined, filters: filtersQuery(filters) };
  const { body } = yield* ask<readonly ImageSummary[]>(request('GET', '/images/json', { query }), []);
  const { format = '' } = flags;
  const column = flags.digests === true;
  const needed = column || format.includes('{{.Digest}}');
  const show = { long: flags['no-trunc'] === true, now, zone };
  const rows = body.flatMap((image) =>
    namesOf(image, { column, needed }).map((names) => imageRow({ ...image, ...uncounted }, names, show)),
  );
  yield* print(
    formatted(rows, flags.quiet ? quietFormat(format, '{{.ID}}', 'image_id') : format, imageColumns(column)),
  );
  return 0;
}

/** What docker images never counts; newer engines do. */
const uncounted = { Containers: -1, SharedSize: -1 } as const;

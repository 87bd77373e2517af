/** docker volume create, ls, rm. */
import type { Command } from '../../command/command.ts';
import type { volumeCreate, volumeLs, volumeRm } from '../../command/tables/volume.ts';
import { ask, print, request } from '../ask.ts';
import { forEachOperand } from '../daemon-errors.ts';
import { Stopped } from '../effects.ts';
import type { JsonObject, Plan } from '../effects.ts';
import { filtersQuery } from '../filters.ts';
import { asObject } from '../network/create.ts';
import { formatted, quietFormat } from '../output/formatted.ts';
import { naturalOrder } from '../output/natural.ts';
import { volumeColumns, volumeRow } from '../output/volume-rows.ts';
import type { VolumeSummary } from '../output/volume-rows.ts';

export function* createVolume({ flags, operands: [operand] }: Command<(typeof volumeCreate)['flags']>): Plan {
  if (flags.name !== undefined && operand !== undefined)
    throw new Stopped('conflicting options: cannot specify a volume-name through both --name and as a positional arg');
  const name = operand ?? flags.name;
  const options = asObject(flags.opt);
  const labels = asObject(flags.label);
  const body: JsonObject = {
    ...(name !== undefined && { Name: name }),
    Driver: flags.driver ?? 'local',
    ...(options && { DriverOpts: options }),
    ...(labels && { Labels: labels }),
  };
  const { body: made } = yield* ask<{ readonly Name: string }>(request('POST', '/volumes/create', { body }), {
    Name: name ?? '<volume>',
  });
  yield* print(`${made.Name}\n`);
  return 0;
}

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

export function* removeVolumes({ flags, operands }: Command<(typeof volumeRm)['flags']>): Plan {
  const query = { force: flags.force ? '1' : undefined };
  return yield* forEachOperand(operands, function* (name) {
    yield* ask(request('DELETE', `/volumes/${name}`, { query }), undefined);
    yield* print(`${name}\n`);
  });
}

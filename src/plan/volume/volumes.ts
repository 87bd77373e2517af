/** docker volume create, rm and update. */
import type { Command } from '../../command/command.ts';
import type { volumeCreate, volumeRm, volumeUpdate } from '../../command/tables/volume.ts';
import { ask, print, request } from '../ask.ts';
import { forEachOperand } from '../daemon-errors.ts';
import { Stopped } from '../effects.ts';
import type { JsonObject } from '../../api/request.ts';
import type { Plan } from '../effects.ts';
import { asObject } from '../network/create.ts';

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

/** Only the volumes of a swarm can be changed, and none is made here. */
export function* updateVolume({ operands: [name = ''] }: Command<(typeof volumeUpdate)['flags']>): Plan {
  const { body } = yield* ask<{ readonly ClusterVolume?: object }>(request('GET', `/volumes/${name}`), {});
  if (!body.ClusterVolume) throw new Stopped('can only update cluster volumes');
  return 0;
}

export function* removeVolumes({ flags, operands }: Command<(typeof volumeRm)['flags']>): Plan {
  const query = { force: flags.force ? '1' : undefined };
  return yield* forEachOperand(operands, function* (name) {
    yield* ask(request('DELETE', `/volumes/${name}`, { query }), undefined);
    yield* print(`${name}\n`);
  });
}

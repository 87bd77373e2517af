/** docker rm. */
import type { Command } from '../../command/command.ts';
import type { containerRm } from '../../command/tables/container.ts';
import { print, request } from '../ask.ts';
import { forEachOperand, removedFrom } from '../daemon-errors.ts';
import { Stopped } from '../effects.ts';
import type { Plan } from '../effects.ts';

export function* removeContainers({ flags, operands }: Command<(typeof containerRm)['flags']>): Plan {
  const query = {
    v: flags.volumes ? '1' : undefined,
    link: flags.link ? '1' : undefined,
    force: flags.force ? '1' : undefined,
  };
  return yield* forEachOperand(operands, function* (name) {
    if (name === '') throw new Stopped('container name cannot be empty');
    const remove = request('DELETE', `/containers/${name.replace(/^\//, '')}`, { query });
    if (yield* removedFrom(remove, flags.force, undefined)) yield* print(`${name}\n`);
  });
}

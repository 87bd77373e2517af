/** docker rm. */
import type { Command } from '../../command/command.ts';
import type { containerRm } from '../../command/tables/container.ts';
import { ask, print, request } from '../ask.ts';
import { forEachOperand } from '../daemon-errors.ts';
import type { Plan } from '../effects.ts';

export function* removeContainers({ flags, operands }: Command<(typeof containerRm)['flags']>): Plan {
  const query = {
    v: flags.volumes ? '1' : undefined,
    link: flags.link ? '1' : undefined,
    force: flags.force ? '1' : undefined,
  };
  return yield* forEachOperand(operands, function* (name) {
    yield* ask(request('DELETE', `/containers/${name.replace(/^\//, '')}`, { query }), undefined);
    yield* print(`${name}\n`);
  });
}

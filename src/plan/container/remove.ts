/** docker rm. */
import type { Command } from '../../command/command.ts';
import type { containerRm } from '../../command/tables/container.ts';
import { ask, complain, print, request } from '../ask.ts';
import { forEachOperand } from '../daemon-errors.ts';
import type { Plan } from '../effects.ts';

export function* removeContainers({ flags, operands }: Command<(typeof containerRm)['flags']>): Plan {
  const query = {
    v: flags.volumes ? '1' : undefined,
    link: flags.link ? '1' : undefined,
    force: flags.force ? '1' : undefined,
  };
  return yield* forEachOperand(operands, function* (name) {
    const remove = request('DELETE', `/containers/${name.replace(/^\//, '')}`, { query });
    const { status, body } = yield* ask<{ readonly message?: string } | undefined>(
      remove,
      undefined,
      flags.force ? [404] : [],
    );
    // with -f docker says so, and has no fault to find: it is not there
    if (status === 404) yield* complain(`Error response from daemon: ${body?.message ?? ''}\n`);
    else yield* print(`${name}\n`);
  });
}

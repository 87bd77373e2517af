/** docker network rm. */
import type { Command } from '../../command/command.ts';
import type { networkRm } from '../../command/tables/network.ts';
import { ask, complain, print, request } from '../ask.ts';
import { confirmed } from '../container/prune.ts';
import { isRefusal, wordsOf } from '../daemon-errors.ts';
import { EngineError } from '../../api/request.ts';
import type { Plan } from '../effects.ts';

const ingressWarning =
  'WARNING! Before removing the routing-mesh network, make sure all the nodes in your swarm run the same docker engine version. Otherwise, removal may not be effective and functionality of newly create ingress networks will be impaired.';

export function* removeNetworks({ flags, operands }: Command<(typeof networkRm)['flags']>): Plan {
  let failed = false;
  for (const name of operands) {
    try {
      const { body } = yield* ask<{ readonly Ingress?: boolean } | undefined>(
        request('GET', `/networks/${name}`),
        {},
        [404],
      );
      if (body?.Ingress && !(yield* confirmed(ingressWarning))) continue;
      yield* ask(request('DELETE', `/networks/${name}`), undefined);
      yield* print(`${name}\n`);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (flags.force && error instanceof EngineError && error.status === 404) continue;
      yield* complain(`${wordsOf(error)}\n`);
      failed = true;
    }
  }
  // as the docker CLI ends here
  if (failed) yield* complain('exit status 1\n');
  return failed ? 1 : 0;
}

/** docker network create. */
import type { Command } from '../../command/command.ts';
import type { networkCreate } from '../../command/tables/network.ts';
import { ask, print, request } from '../ask.ts';
import { compact } from '../compact.ts';
import type { JsonObject } from '../../api/request.ts';
import type { Plan, PlanContext } from '../effects.ts';
import { addressPools } from './address-pools.ts';
import { isBefore } from '../../version-order.ts';

type CreateCommand = Command<(typeof networkCreate)['flags']>;

export function* createNetwork(command: CreateCommand, context: PlanContext): Plan {
  // older engines take a name twice unless they are asked to look
  const body = { ...networkBody(command), ...(isBefore(context.apiVersion, '1.44') && { CheckDuplicate: true }) };
  const { body: made } = yield* ask<{ readonly Id: string }>(request('POST', '/networks/create', { body }), {
    Id: '<network-id>',
  });
  yield* print(`${made.Id}\n`);
  return 0;
}

function networkBody({ flags, operands: [name = ''] }: CreateCommand): JsonObject {
  const body = compact({
    Name: name,
    Driver: flags.driver ?? 'bridge',
    Scope: flags.scope,
    EnableIPv6: flags.ipv6,
    IPAM: {
      Driver: flags['ipam-driver'] ?? 'default',
      Config: addressPools(flags).map((pool): JsonObject => ({ ...pool })),
    },
    Internal: flags.internal,
    Attachable: flags.attachable,
    Ingress: flags.ingress,
    ConfigOnly: flags['config-only'],
    ConfigFrom: flags['config-from'] === undefined ? undefined : { Network: flags['config-from'] },
  });
  const pairs = { Options: asObject(flags.opt), Labels: asObject(flags.label) };
  return {
    ...body,
    // the engine keeps an empty list and none apart
    IPAM: { ...(body['IPAM'] as JsonObject), Options: asObject(flags['ipam-opt']) ?? {} },
    // what is off by default is sent only where it is on; IPv4 is the other way round
    ...(flags.ipv4 !== undefined && { EnableIPv4: flags.ipv4 }),
    ...Object.fromEntries(Object.entries(pairs).filter(([, value]) => value !== undefined)),
  };
}

/** Empty values are kept: a label may be only a key. */
export function asObject(
  pairs: readonly { readonly key: string; readonly value: string }[] | undefined,
): JsonObject | undefined {
  return pairs && pairs.length > 0 ? Object.fromEntries(pairs.map(({ key, value }) => [key, value])) : undefined;
}

/** docker network connect and disconnect. */
import type { Command } from '../../command/command.ts';
import type { networkConnect, networkDisconnect } from '../../command/tables/network.ts';
import { ask, request } from '../ask.ts';
import { compact } from '../compact.ts';
import { Stopped } from '../effects.ts';
import type { JsonObject } from '../../api/request.ts';
import type { Plan } from '../effects.ts';

type ConnectFlags = Command<(typeof networkConnect)['flags']>['flags'];

export function* connectNetwork({
  flags,
  operands: [network = '', container = ''],
}: Command<(typeof networkConnect)['flags']>): Plan {
  const body = { Container: container, ...compact({ EndpointConfig: endpointOf(flags) }) };
  yield* ask({ ...request('POST', `/networks/${network}/connect`, { body }), zeros }, undefined);
  return 0;
}

/** Empty values that an inspect tells apart from none (docker/cli, network/connect.go). */
const zeros: JsonObject = { EndpointConfig: { IPAMConfig: {}, Aliases: [], DriverOpts: {} } };

export function* disconnectNetwork({
  flags,
  operands: [network = '', container = ''],
}: Command<(typeof networkDisconnect)['flags']>): Plan {
  const body = { Container: container, ...compact({ Force: flags.force }) };
  yield* ask(request('POST', `/networks/${network}/disconnect`, { body }), undefined);
  return 0;
}

function endpointOf(flags: ConnectFlags): JsonObject {
  return {
    IPAMConfig: { IPv4Address: flags.ip, IPv6Address: flags.ip6, LinkLocalIPs: flags['link-local-ip'] },
    Links: flags.link?.map(({ container, alias }) => `${container}:${alias}`),
    Aliases: flags.alias,
    DriverOpts: Object.fromEntries((flags['driver-opt'] ?? []).map(driverOption)),
    GwPriority: flags['gw-priority'],
  };
}

function driverOption(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new Stopped('invalid key/value pair format in driver options');
  return [text.slice(0, at).trim().toLowerCase(), text.slice(at + 1).trim()];
}

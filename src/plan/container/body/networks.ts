/** Networks of a new container: the first is its network mode; what is asked of each goes into NetworkingConfig. */
import type { NetworkAttachment } from '../../../command/values/network.ts';
import { compact } from '../../compact.ts';
import type { ContainerFlags } from './flags.ts';
import { Stopped } from '../../effects.ts';
import type { JsonObject } from '../../../api/request.ts';

/** `HostConfig.NetworkMode`: what the first --network says. */
export function networkMode(flags: ContainerFlags): string | undefined {
  return flags.network?.[0]?.target;
}

/** Whether the name is that of a network somebody made: those take aliases, links and addresses. */
function isUserDefined(target: string): boolean {
  return !['default', 'bridge', 'host', 'none'].includes(target) && !target.startsWith('container:');
}

/** `NetworkingConfig`: one endpoint a network, with the flags --ip, --network-alias, --link… counted to the first. */
export function networking(flags: ContainerFlags): JsonObject | undefined {
  const [first, ...others] = flags.network ?? [];
  const main = first ?? { target: 'default', aliases: [], driverOpts: {}, linkLocalIps: [] };
  const endpoints: Record<string, JsonObject> = {};
  const settings = compact(endpoint(withFlags(main, flags)));
  const links = isUserDefined(main.target)
    ? (flags.link ?? []).map(({ container, alias }) => `${container}:${alias}`)
    : [];
  if (Object.keys(settings).length > 0 || links.length > 0)
    endpoints[main.target] = { ...settings, ...(links.length > 0 && { Links: links }) };
  for (const network of others) {
    if (network.target in endpoints || network.target === main.target)
      throw new Stopped(`network "${network.target}" is specified multiple times`, 125);
    endpoints[network.target] = compact(endpoint(network));
    endpoints[main.target] ??= {};
  }
  return Object.keys(endpoints).length > 0 ? { EndpointsConfig: endpoints } : undefined;
}

function withFlags(network: NetworkAttachment, flags: ContainerFlags): NetworkAttachment {
  const aliases = [...network.aliases, ...(flags['network-alias'] ?? [])];
  if (aliases.length > 0 && !isUserDefined(network.target))
    throw new Stopped('network-scoped aliases are only supported for user-defined networks', 125);
  const ipv4Address = flags.ip ?? network.ipv4Address;
  const ipv6Address = flags.ip6 ?? network.ipv6Address;
  const macAddress = flags['mac-address'] ?? network.macAddress;
  return {
    ...network,
    aliases,
    linkLocalIps: [...network.linkLocalIps, ...(flags['link-local-ip'] ?? [])],
    ...(ipv4Address !== undefined && { ipv4Address }),
    ...(ipv6Address !== undefined && { ipv6Address }),
    ...(macAddress !== undefined && { macAddress }),
  };
}

/** One EndpointSettings. */
function endpoint(network: NetworkAttachment): JsonObject {
  return {
    Aliases: network.aliases,
    DriverOpts: network.driverOpts,
    GwPriority: network.gwPriority,
    MacAddress: network.macAddress,
    IPAMConfig: {
      IPv4Address: network.ipv4Address,
      IPv6Address: network.ipv6Address,
      LinkLocalIPs: network.linkLocalIps,
    },
  };
}

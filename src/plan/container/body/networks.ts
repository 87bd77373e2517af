/** Networks of a new container: the first is its network mode; what is asked of each goes into NetworkingConfig. */
import type { NetworkAttachment } from '../../../command/values/network.ts';
import { compact } from '../../compact.ts';
import type { ContainerFlags } from './flags.ts';
import { Stopped } from '../../effects.ts';
import type { PlanContext } from '../../effects.ts';
import { isBefore } from '../../../version-order.ts';
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
export function networking(flags: ContainerFlags, context: PlanContext): JsonObject | undefined {
  const [first, ...others] = flags.network ?? [];
  const main = withFlags(first ?? unnamed, flags, context);
  if ([main, ...others].some(({ target }) => target.trim() === '')) throw new Stopped('no name set for network', 125);
  const endpoints: Record<string, JsonObject> = {};
  const settings = compact(endpoint(main));
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
  if (new Set([main, ...others].map(({ target }) => isUserDefined(target))).size > 1)
    throw new Stopped('conflicting options: cannot attach both user-defined and non-user-defined network-modes', 125);
  return Object.keys(endpoints).length > 0 ? { EndpointsConfig: endpoints } : undefined;
}

const unnamed: NetworkAttachment = { target: 'default', aliases: [], driverOpts: {}, linkLocalIps: [] };

/** What is said of the first network in two ways: docker takes either, in its own words. */
const twice: readonly (readonly [
  flag: keyof ContainerFlags,
  said: (network: NetworkAttachment) => unknown,
  words: string,
])[] = [
  ['network-alias', ({ aliases }) => aliases[0], 'alias'],
  ['ip', ({ ipv4Address }) => ipv4Address, 'IPv4 address'],
  ['ip6', ({ ipv6Address }) => ipv6Address, 'IPv6 address'],
  ['mac-address', ({ macAddress }) => macAddress, 'MAC address'],
  ['link-local-ip', ({ linkLocalIps }) => linkLocalIps[0], 'link-local IP addresses'],
];

function withFlags(network: NetworkAttachment, flags: ContainerFlags, { apiVersion }: PlanContext): NetworkAttachment {
  for (const [flag, said, words] of twice)
    if (flags[flag] !== undefined && said(network) !== undefined)
      throw new Stopped(`conflicting options: cannot specify both --${flag} and per-network ${words}`, 125);
  const aliases = [...network.aliases, ...(flags['network-alias'] ?? [])];
  if (aliases.length > 0 && !isUserDefined(network.target))
    throw new Stopped('network-scoped aliases are only supported for user-defined networks', 125);
  const ipv4Address = flags.ip ?? network.ipv4Address;
  const ipv6Address = flags.ip6 ?? network.ipv6Address;
  // earlier it is the container's
  const macAddress = isBefore(apiVersion, '1.44') ? network.macAddress : (flags['mac-address'] ?? network.macAddress);
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

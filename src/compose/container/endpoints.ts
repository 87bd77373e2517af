/** How a service's containers are on its networks. */
import { firstContainerOf } from './names.ts';
import { compact } from '../../plan/compact.ts';
import type { JsonObject } from '../../api/request.ts';
import type { Wish } from './body.ts';
import type { ServiceNetwork } from '../file/project.ts';
import { isBefore } from '../../version-order.ts';

/** Keys of the service's networks: the one of the highest priority first, then by name. */
export function networksByPriority({ service }: Pick<Wish, 'service'>): readonly string[] {
  const entries = Object.entries(service.networks ?? {});
  return entries
    .sort(([a, x], [b, y]) => (y?.priority ?? 0) - (x?.priority ?? 0) || (a < b ? -1 : 1))
    .map(([key]) => key);
}

/** By the network's own name. Engines before API 1.44 take only one at birth (`laterNetworks` are connected after it). */
export function endpointsOf(wish: Wish): Readonly<Record<string, JsonObject>> {
  if (wish.service.network_mode !== undefined) return {};
  const keys = networksByPriority(wish);
  const first = takesSeveral(wish) ? keys : keys.slice(0, 1);
  return Object.fromEntries(first.map((key) => [wish.project.networks[key]?.name ?? key, endpoint(key, wish)]));
}

/** Networks to be connected once the container is there, with their endpoints. */
export function laterNetworks(wish: Wish): readonly { readonly network: string; readonly endpoint: JsonObject }[] {
  if (wish.service.network_mode !== undefined || takesSeveral(wish)) return [];
  return networksByPriority(wish)
    .slice(1)
    .map((key) => ({ network: wish.project.networks[key]?.name ?? key, endpoint: endpoint(key, wish) }));
}

function takesSeveral({ apiVersion }: Wish): boolean {
  return !isBefore(apiVersion, '1.44');
}

function endpoint(key: string, { service, name, containerName, useAliases, project }: Wish): JsonObject {
  const settings: ServiceNetwork = service.networks?.[key] ?? {};
  const mac = settings.mac_address ?? (typeof service['mac_address'] === 'string' ? service['mac_address'] : undefined);
  const links = (service.links ?? []).map((link) => {
    const [other = '', alias = other] = link.split(':');
    return `${firstContainerOf(project, other)}:${alias}`;
  });
  return compact({
    Aliases: [...new Set([containerName, ...(useAliases ? [name, ...(settings.aliases ?? [])] : [])])],
    Links: links,
    IPAMConfig: {
      IPv4Address: settings.ipv4_address,
      IPv6Address: settings.ipv6_address,
      LinkLocalIPs: settings.link_local_ips,
    },
    MacAddress: mac,
    DriverOpts: settings.driver_opts,
    GwPriority: settings.gw_priority,
  });
}

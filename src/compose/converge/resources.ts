/** The networks and volumes of a project: made before the first container, unless they are there. */
import { ask, complain, request } from '../../plan/ask.ts';
import { compact } from '../../plan/compact.ts';
import { Stopped } from '../../plan/effects.ts';
import type { JsonObject } from '../../api/request.ts';
import type { Plan } from '../../plan/effects.ts';
import { filtersQuery } from '../../plan/filters.ts';
import { projectLabel, resourceLabels } from '../container/labels.ts';
import { telling } from '../output/progress.ts';
import type { Project, Resource } from '../file/project.ts';

export interface KnownNetwork {
  readonly Id: string;
  readonly Name: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

export interface KnownVolume {
  readonly Name: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

/** Those that the services use. */
export function* makeResources(project: Project, services: readonly string[]): Plan<void> {
  const used = services.map((name) => project.services[name]);
  const networks = new Set(used.flatMap((service) => Object.keys(service?.networks ?? {})));
  const volumes = new Set(
    used.flatMap((service) =>
      (service?.volumes ?? []).flatMap(({ type, source }) =>
        type === 'volume' && source !== undefined ? [source] : [],
      ),
    ),
  );
  for (const [key, network] of Object.entries(project.networks))
    if (networks.has(key)) yield* makeNetwork(project, key, network);
  for (const [key, volume] of Object.entries(project.volumes))
    if (volumes.has(key)) yield* makeVolume(project, key, volume);
}

function* makeNetwork(project: Project, key: string, network: Resource): Plan<void> {
  const filters = filtersQuery([{ key: 'name', value: network.name }]);
  const { body: found } = yield* ask<readonly KnownNetwork[]>(
    request('GET', '/networks', { query: { filters } }),
    network.external ? [{ Id: '<network-id>', Name: network.name }] : [],
  );
  const known = found.find(({ Name }) => Name === network.name);
  if (known) return yield* mindStranger('network', network, known.Labels?.[projectLabel], project);
  if (network.external) throw new Stopped(`network ${network.name} declared as external, but could not be found`);
  const labels = resourceLabels(project, 'network', key, network);
  yield* telling(
    `Network ${network.name}`,
    ['Creating', 'Created'],
    ask(request('POST', '/networks/create', { body: networkBody(network, labels) }), undefined),
  );
}

function networkBody(network: Resource, labels: JsonObject): JsonObject {
  const { driver, config = [], options } = network.ipam ?? {};
  const pools = config.map((pool) =>
    compact({
      Subnet: pool.subnet,
      Gateway: pool.gateway,
      IPRange: pool.ip_range,
      AuxiliaryAddresses: pool.aux_addresses,
    }),
  );
  const ipam = compact({ Driver: driver, Config: pools, Options: options });
  return {
    ...compact({
      Name: network.name,
      Driver: network.driver ?? 'bridge',
      Internal: network.internal,
      Attachable: network.attachable,
      EnableIPv6: network.enable_ipv6,
      Options: network.driver_opts,
    }),
    ...(Object.keys(ipam).length > 0 && { IPAM: ipam }),
    Labels: labels,
  };
}

function* makeVolume(project: Project, key: string, volume: Resource): Plan<void> {
  const { status, body } = yield* ask<KnownVolume>(
    request('GET', `/volumes/${volume.name}`),
    { Name: volume.external ? volume.name : '' },
    [404],
  );
  if (status !== 404 && body.Name === volume.name)
    return yield* mindStranger('volume', volume, body.Labels?.[projectLabel], project);
  if (volume.external) throw new Stopped(`external volume "${volume.name}" not found`);
  const made = {
    Name: volume.name,
    ...compact({ Driver: volume.driver, DriverOpts: volume.driver_opts }),
    Labels: resourceLabels(project, 'volume', key, volume),
  };
  yield* telling(
    `Volume ${volume.name}`,
    ['Creating', 'Created'],
    ask(request('POST', '/volumes/create', { body: made }), undefined),
  );
}

function* mindStranger(
  kind: string,
  { name, external }: Resource,
  owner: string | undefined,
  project: Project,
): Plan<void> {
  if (external || owner === project.name) return;
  yield* complain(
    `WARN[0000] the ${kind} ${name} is there already, ${owner === undefined ? 'and compose did not make it' : `made for the project ${owner}`}: it is used as it is. "external: true" says that this is meant.\n`,
  );
}

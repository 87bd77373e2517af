/** Making and removing networks and volumes. */
import { ask, request } from '../../plan/ask.ts';
import { compact } from '../../plan/compact.ts';
import type { JsonObject } from '../../api/request.ts';
import type { Plan } from '../../plan/effects.ts';
import { resourceLabels } from '../container/labels.ts';
import type { Project, Resource } from '../file/project.ts';
import type { ObservedNetwork } from '../observe/resources.ts';
import { tell, telling } from '../output/progress.ts';

export function* createNetwork(
  { key, network }: { readonly key: string; readonly network: Resource },
  project: Project,
): Plan<void> {
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

export function* createVolume(
  { key, volume }: { readonly key: string; readonly volume: Resource },
  project: Project,
): Plan<void> {
  const body = {
    Name: volume.name,
    ...compact({ Driver: volume.driver, DriverOpts: volume.driver_opts }),
    Labels: resourceLabels(project, 'volume', key, volume),
  };
  yield* telling(
    `Volume ${volume.name}`,
    ['Creating', 'Created'],
    ask(request('POST', '/volumes/create', { body }), undefined),
  );
}

export function* removeNetwork({ id, name }: ObservedNetwork): Plan<void> {
  const thing = `Network ${name}`;
  yield* tell(thing, 'Removing');
  const { status } = yield* ask(request('DELETE', `/networks/${id}`), undefined, [403, 404]);
  yield* tell(thing, status === 403 ? 'Resource is still in use' : 'Removed');
}

export function* removeVolume(name: string): Plan<void> {
  const thing = `Volume ${name}`;
  yield* tell(thing, 'Removing');
  const { status } = yield* ask(request('DELETE', `/volumes/${name}`), undefined, [404, 409]);
  yield* tell(thing, status === 409 ? 'Resource is still in use' : 'Removed');
}

/** Making and removing networks and volumes. */
import { ask, request } from '../../plan/ask.ts';
import { compact } from '../../plan/compact.ts';
import type { JsonObject } from '../../api/request.ts';
import type { Plan } from '../../plan/effects.ts';
import { resourceLabels } from '../container/labels.ts';
import type { Project, Resource } from '../file/project.ts';
import type { ObservedNetwork } from '../observe/resources.ts';
import { tell, telling } from '../output/progress.ts';
import type { Operation } from '../reconcile/operation.ts';

type Of<Do extends Operation['do']> = Extract<Operation, { do: Do }>;

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

/** @throws EngineError where something else is still on it */
export function* replaceNetwork(operation: Of<'replace-network'>, project: Project): Plan<void> {
  const { old, containers } = operation;
  for (const { id } of containers)
    // 404: it is on it no more
    yield* ask(
      request('POST', `/networks/${old.id}/disconnect`, { body: { Container: id, Force: true } }),
      undefined,
      [404],
    );
  yield* telling(
    `Network ${old.name}`,
    ['Removing', 'Removed'],
    ask(request('DELETE', `/networks/${old.id}`), undefined, [404]),
  );
  yield* createNetwork(operation, project);
}

export function* replaceVolume(operation: Of<'replace-volume'>, project: Project): Plan<void> {
  const { name } = operation.volume;
  yield* telling(
    `Volume ${name}`,
    ['Removing', 'Removed'],
    ask(request('DELETE', `/volumes/${name}`, { query: { force: '1' } }), undefined, [404]),
  );
  yield* createVolume(operation, project);
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

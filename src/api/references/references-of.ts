/**
 * The one table of what requests reach for: in their bodies, their queries, and by what their paths name. What of it is
 * whose the guard looks up; what of it needs which permission is read from it before anything runs. Pure.
 */
import { endpointOf, unknownRequest } from '../endpoints/endpoint-of.ts';
import type { FoundEndpoint } from '../endpoints/endpoint-of.ts';
import type { Request } from '../request.ts';
import { containerUpdate, newContainer, newExec } from './containers.ts';
import { ofBuild, ofCommit, ofDistribution, ofLogin, ofPullOrImport, ofPush, ofSave, ofSearch } from './images.ts';
import { hostPath, volumeDriver, volumeDriverOptions } from './mounts.ts';
import { memberOf, newNetwork } from './networks.ts';
import {
  entriesOf,
  harmless,
  hostNetwork,
  listIn,
  named as ofName,
  referencesIn,
  textIn,
  unknownPart,
} from './reference.ts';
import type { Reference } from './reference.ts';
import { serviceSpec } from './services.ts';
import { registryAt } from './addresses.ts';

/** What it names in path, query and body. @throws Failure for a request, or a part of one, that nobody knows */
export function referencesOf(request: Request): readonly Reference[] {
  const endpoint = endpointOf(request);
  if (!endpoint) throw unknownRequest(request);
  const path = named(endpoint);
  return [...(path ? [path] : []), ...referencesAt(request, endpoint)];
}

/** What the path names, where that is somebody's: an exec is its container's, a task its service's. */
export function named({ names, name, use }: FoundEndpoint): Reference | undefined {
  switch (names) {
    case 'network':
      // who joins `host` joins the machine's own; who reads of it reads nothing of anybody's
      if (use !== 'looks' && name === 'host') return hostNetwork('uses the network of the engine’s machine itself');
      return { of: names, name, how: `${verbs[use]} the ${names} ${name}` };
    case 'container':
    case 'volume':
    case 'image':
    case 'service':
    case 'secret':
    case 'config':
      return { of: names, name, how: `${verbs[use]} the ${names} ${name}` };
    case 'nothing':
    case 'exec':
    case 'task':
    case 'node':
    case 'swarm':
    case 'plugin':
    case 'registry-image':
      return undefined;
  }
}

const verbs = { nothing: 'names', looks: 'reads', takes: 'takes a copy of', changes: 'uses' } as const;

/** What it names in query and body. */
export function referencesAt(
  { body = {}, query = {} }: Request,
  { refers, name }: FoundEndpoint,
): readonly Reference[] {
  switch (refers) {
    case 'nothing':
      return [];
    case 'container':
      return referencesIn(body, newContainer, 'Config');
    case 'resources':
      return referencesIn(body, containerUpdate, 'Resources');
    case 'start':
      return Object.keys(query).includes('checkpoint-dir') ? [hostPath(query['checkpoint-dir'] ?? '')] : [];
    case 'exec':
      return referencesIn(body, newExec, 'Exec');
    case 'service':
      return referencesIn(body, serviceSpec, 'Spec');
    case 'volume':
      return [...referencesIn(body, newVolume, 'Volume'), ...volumeDriverOptions(body['DriverOpts'])];
    case 'network':
      return referencesIn(body, newNetwork, 'Network');
    case 'network-member':
      return [...referencesIn(body, membership, 'Membership')];
    case 'build':
      return ofBuild(query);
    case 'commit':
      return ofCommit(query);
    case 'images-saved':
      return ofSave(query);
    case 'pull-or-import':
      return ofPullOrImport(query);
    case 'registry-of-image':
      return ofPush(name, query);
    case 'image-at-registry':
      return ofDistribution(name);
    case 'registry-searched':
      return ofSearch(query);
    case 'login':
      return ofLogin(textIn(body['serveraddress']));
    case 'plugin-source':
      return [{ of: 'registry', name: registryAt(query['remote'] ?? ''), how: 'asks for a plugin of the engine' }];
    case 'swarm-init':
      return [{ of: 'right', name: 'swarm-init', how: 'makes this engine a swarm manager' }];
    case 'swarm-join':
      return [
        { of: 'right', name: 'swarm-init', how: 'lets this engine join a swarm' },
        ...listIn(body['RemoteAddrs']).map((one): Reference => {
          const address = textIn(one);
          return { of: 'address', name: address, how: `joins the swarm of ${address}` };
        }),
      ];
  }
}

const newVolume = {
  ClusterVolumeSpec: refusedUnlessEmpty,
  Driver: volumeDriver,
  // read together
  DriverOpts: harmless,
  Labels: harmless,
  Name: harmless,
};

const membership = {
  Container: ofName((name) => [
    { of: 'container', name, how: `puts the container ${name} on a network, or takes it off` },
  ]),
  EndpointConfig: memberOf,
  Force: harmless,
};

function refusedUnlessEmpty(value: Parameters<typeof entriesOf>[0]): readonly Reference[] {
  if (entriesOf(value).length > 0) throw unknownPart('a cluster volume');
  return [];
}

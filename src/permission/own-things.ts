/**
 * What is a scenario's own, by name: images that it requires, what its steps have made so far, and names made from those
 * that it wishes. Read from the requests that its commands come to, so whatever command or Compose file makes a thing. Pure.
 */
import { cutBind, isVolumeName } from '../api/binds.ts';
import { ownNetworks } from '../api/references/namespaces.ts';
import { endpointOf } from '../api/endpoints/endpoint-of.ts';
import type { Thing } from '../api/references/reference.ts';
import { objectIn, scalar } from '../api/json-parts.ts';
import type { Json, JsonObject, Request } from '../api/request.ts';
import { canonical, cutImageName, withTag } from '../image-name.ts';
import type { Scenario } from '../scenario/schema.ts';
import { imagesUsed } from '../scenario/images-of.ts';

export interface OwnThings {
  /** Learns what a command makes and publishes: it may look for that before, and make it where it is missing. */
  addAll(requests: readonly Request[]): void;
  /** Learns of volumes that are made by whoever mounts them. */
  addMounted(request: Request): void;
  /** Not all is known of what a command does: then what is not known may be its own, and the guard decides. */
  doubt(): void;
  isOwn(of: Thing, name: string): boolean;
  /** Whether it may have published the port by then. @param addresses of its own host, at each of which. Default: at any. */
  isPublished(port: number, addresses?: readonly string[]): boolean;
}

export function ownThings({ requires, names, ports }: Pick<Scenario, 'requires' | 'names' | 'ports'>): OwnThings {
  const made = new Set<string>();
  const repositories = new Set<string>();
  const wishedPorts = new Set(Object.values(ports));
  const published: Published[] = [];
  const wished = Object.values(names);
  let isCertain = true;
  // a container on the host's network answers at any port of it
  let isPublishing = requires.permissions.includes('host-network');
  const add = (of: Thing, name: string): void => {
    if (name === '') return;
    made.add(keyOf(of, name));
    if (of === 'image') repositories.add(cutImageName(name).repository);
  };
  for (const image of imagesUsed(requires)) add('image', image);
  return {
    addAll(requests) {
      for (const { of, name } of requests.flatMap(madeBy)) add(of, name);
      for (const one of requests.flatMap(publishedBy)) {
        if (one.port === undefined) isPublishing = true;
        published.push(one);
      }
      if (requests.some((request) => endpointOf(request)?.guard === 'load-images')) isCertain = false;
    },
    addMounted(request) {
      for (const { of, name } of volumesOf(request)) add(of, name);
    },
    doubt() {
      isCertain = false;
    },
    isOwn(of, name) {
      if (isId(name) || made.has(keyOf(of, name))) return true;
      if (of === 'network' && (ownNetworks.has(name) || ofEngine.includes(name))) return true;
      if (of === 'image' && name.includes('@') && repositories.has(cutImageName(name).repository)) return true;
      return !isCertain || isFrom(name, wished);
    },
    isPublished(port, addresses = []) {
      if (isPublishing || !isCertain) return true;
      const own = published.filter((one) => one.port === port);
      if (own.length === 0) return wishedPorts.has(port);
      return addresses.every((address) => own.some(({ host }) => answersAt(host, address)));
    },
  };
}

/** Networks that an engine makes for itself; a container on `host` needs another permission. */
const ofEngine: readonly string[] = ['host', 'ingress', 'docker_gwbridge'];

/** One spelling for each. */
function keyOf(of: Thing, name: string): string {
  if (of === 'image') return `image:${canonical(name)}`;
  return `${of}:${of === 'container' ? name.replace(/^\//, '') : name}`;
}

/** Whose an id is only the engine can tell. */
function isId(name: string): boolean {
  return /^(?:sha256:)?[0-9a-f]{12,64}$/.test(name);
}

/** `shop-web-1`, `localhost:5000/shop:2` of the wished name `shop`: they change with it. */
function isFrom(name: string, wished: readonly string[]): boolean {
  const parts = name.split(/[/:@]/);
  return wished.some((one) =>
    parts.some((part) => part === one || /^[-_.]/.test(after(part, one)) || /[-_.]$/.test(before(part, one))),
  );
}

function after(part: string, start: string): string {
  return part.startsWith(start) ? part.slice(start.length) : '';
}

function before(part: string, end: string): string {
  return part.endsWith(end) ? part.slice(0, part.length - end.length) : '';
}

interface Made {
  readonly of: Thing;
  readonly name: string;
}

function madeBy(request: Request): readonly Made[] {
  const endpoint = endpointOf(request);
  const { body = {}, query = {} } = request;
  if (endpoint?.key === 'POST /containers/{id}/rename') return [{ of: 'container', name: query['name'] ?? '' }];
  if (endpoint?.key === 'POST /secrets/create') return [{ of: 'secret', name: scalar(body['Name']) }];
  if (endpoint?.key === 'POST /configs/create') return [{ of: 'config', name: scalar(body['Name']) }];
  switch (endpoint?.guard) {
    case 'create-container':
      return [{ of: 'container', name: query['name'] ?? '' }, ...builtBefore(body)];
    case 'create-service':
      return [{ of: 'service', name: scalar(body['Name']) }];
    case 'create-network':
      return [{ of: 'network', name: scalar(body['Name']) }];
    case 'create-volume':
      return [{ of: 'volume', name: scalar(body['Name']) }];
    case 'tag-image':
    case 'commit-container':
      return [{ of: 'image', name: withTag(query['repo'] ?? '', query['tag']) }];
    case 'pull-or-import':
      return [{ of: 'image', name: withTag(query['fromImage'] ?? query['repo'] ?? '', query['tag']) }];
    case 'build-image':
      return (query['t'] ?? '').split('\n').map((name) => ({ of: 'image', name }));
    case undefined:
    case 'send':
    case 'refuse':
    case 'change-container':
    case 'update-container':
    case 'enter-container':
    case 'update-service':
    case 'put-archive':
    case 'join-network':
    case 'remove-container':
    case 'remove-image':
    case 'remove-network':
    case 'remove-volume':
    case 'remove-service':
    case 'load-images':
    case 'prune-labelled':
    case 'prune-images':
    case 'prune-build-cache':
    case 'check-build':
    case 'enter-swarm':
    case 'leave-swarm':
    case 'change-swarm':
      return [];
  }
}

/** A volume that is not there is made by whoever mounts it. One that Compose calls external is looked at before. */
function volumesOf({ body = {} }: Request): readonly Made[] {
  const spec = objectIn(objectIn(body['TaskTemplate'])['ContainerSpec']);
  const host = objectIn(body['HostConfig']);
  const bound = listIn(host['Binds']).map((bind) => cutBind(scalar(bind)).source ?? '');
  const mounted = [...listIn(host['Mounts']), ...listIn(spec['Mounts'])]
    .map(objectIn)
    .filter(({ Type }) => Type === 'volume')
    .map(({ Source }) => scalar(Source));
  return [...bound.filter(isVolumeName), ...mounted].map((name) => ({ of: 'volume', name }));
}

/** `shop-web` of the service web in the project shop: Compose calls what it builds so, and builds it where it is missing. */
function builtBefore({ Image, Labels }: JsonObject): readonly Made[] {
  const labels = objectIn(Labels);
  const [project, service] = ['project', 'service'].map((key) => scalar(labels[`com.docker.compose.${key}`]));
  const name = `${project ?? ''}-${service ?? ''}`;
  return scalar(Image) === name ? [{ of: 'image', name }] : [];
}

interface Published {
  /** Address of the host; empty for all. */
  readonly host: string;
  /** Undefined where the engine chooses it. */
  readonly port: number | undefined;
}

function publishedBy({ body = {} }: Request): readonly Published[] {
  const host = objectIn(body['HostConfig']);
  const bindings = Object.values(objectIn(host['PortBindings'])).flatMap((one) => listIn(one).map(objectIn));
  const ports = listIn(objectIn(body['EndpointSpec'])['Ports']).map(objectIn);
  return [
    ...(host['PublishAllPorts'] === true ? [{ host: '', port: undefined }] : []),
    ...bindings.map(({ HostIp, HostPort }) => ({ host: scalar(HostIp), port: portOf(scalar(HostPort)) })),
    ...ports.map(({ PublishedPort }) => ({ host: '', port: portOf(scalar(PublishedPort)) })),
  ];
}

/** What is published at every IPv4 address is at none of IPv6. */
function answersAt(host: string, address: string): boolean {
  return host === '' || host === address || host === (address.includes(':') ? '::' : '0.0.0.0');
}

/** A range is for the engine to choose from. */
function portOf(written: string): number | undefined {
  return /^[1-9]\d*$/.test(written) ? Number(written) : undefined;
}

function listIn(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** Where a request names things that the engine also finds by their ids: in its path, query and body. Pure. */
import type { FoundEndpoint, KnownEndpoint } from './endpoints/endpoint-of.ts';
import { objectIn, withList, withPart } from './json-parts.ts';
import type { Thing } from './references/reference.ts';
import type { Json, JsonObject, Request } from './request.ts';

/** What stands there by its name, by its id, or by the beginning of one. */
export type NamedThing = Exclude<Thing, 'volume'> | 'task';

/** The text that a name is replaced by. */
export type To = (of: NamedThing, name: string) => string;

/** The request with every such name replaced by what `to` makes of it. */
export function withNames(request: Request, endpoint: FoundEndpoint, to: To): Request {
  return {
    ...request,
    path: pathWith(endpoint, request.path, to),
    ...(request.query && { query: queryWith(request.query, endpoint, to) }),
    ...(request.body && { body: bodyWith(request.body, to) }),
  };
}

/** What the path names, where the engine looks for it by its id too. */
export function namedInPath({
  names,
  name,
}: FoundEndpoint): { readonly of: NamedThing; readonly name: string } | undefined {
  switch (names) {
    case 'container':
    case 'image':
    case 'network':
    case 'service':
    case 'task':
    case 'secret':
    case 'config':
      return { of: names, name };
    // the others are found by their whole names, or are nobody's own
    case 'nothing':
    case 'volume':
    case 'exec':
    case 'plugin':
    case 'registry-image':
    case 'node':
    case 'swarm':
      return undefined;
  }
}

function pathWith(endpoint: FoundEndpoint, path: string, to: To): string {
  const found = namedInPath(endpoint);
  const exact = found && to(found.of, found.name);
  return exact === undefined || exact === endpoint.name ? path : pathOf(endpoint.key, exact);
}

/** A key is a method, and a path with one `{…}`. */
function pathOf(key: KnownEndpoint, name: string): string {
  return key.slice(key.indexOf(' ') + 1).replace(/\{.*\}/, () => name);
}

type Query = Readonly<Record<string, string>>;

function queryWith(query: Query, { refers }: FoundEndpoint, to: To): Query {
  switch (refers) {
    case 'build':
      return {
        ...query,
        ...(query['networkmode'] !== undefined && { networkmode: modeWith(query['networkmode'], true, to) }),
        ...(query['cachefrom'] !== undefined && { cachefrom: imagesIn(query['cachefrom'], to) }),
      };
    case 'commit':
      return { ...query, ...(query['container'] !== undefined && { container: to('container', query['container']) }) };
    case 'images-saved':
      return { ...query, ...(query['names'] !== undefined && { names: linesWith(query['names'], to) }) };
    default:
      return query;
  }
}

function linesWith(names: string, to: To): string {
  return names
    .split('\n')
    .map((name) => (name === '' ? name : to('image', name)))
    .join('\n');
}

/** A list in JSON. What is none, the engine refuses. */
function imagesIn(text: string, to: To): string {
  try {
    const listed = JSON.parse(text) as Json;
    return Array.isArray(listed) ? JSON.stringify(listed.map((name) => textWith(name as Json, 'image', to))) : text;
  } catch {
    return text;
  }
}

/** Of a container, a service, and who joins a network. */
function bodyWith(body: JsonObject, to: To): JsonObject {
  return {
    ...body,
    ...text(body, 'Image', 'image', to),
    ...text(body, 'Container', 'container', to),
    ...withPart(body, 'HostConfig', (host) => hostWith(host, to)),
    ...withPart(body, 'NetworkingConfig', (config) => ({
      ...config,
      ...withPart(config, 'EndpointsConfig', (byNetwork) =>
        Object.fromEntries(
          Object.entries(byNetwork).map(([name, one]) => [to('network', name), one && memberWith(objectIn(one), to)]),
        ),
      ),
    })),
    ...withPart(body, 'EndpointConfig', (member) => memberWith(member, to)),
    ...withPart(body, 'TaskTemplate', (task) => ({
      ...task,
      ...withPart(task, 'ContainerSpec', (spec) => ({
        ...spec,
        ...text(spec, 'Image', 'image', to),
        ...withList(spec, 'Mounts', (mount) => mountWith(objectIn(mount), to)),
        ...withList(spec, 'Secrets', (one) => keptWith(objectIn(one), 'secret', to)),
        ...withList(spec, 'Configs', (one) => keptWith(objectIn(one), 'config', to)),
      })),
      ...withList(task, 'Networks', (one) => joinedWith(objectIn(one), to)),
    })),
    ...withList(body, 'Networks', (one) => joinedWith(objectIn(one), to)),
  };
}

const modes = ['PidMode', 'IpcMode', 'UTSMode', 'UsernsMode', 'CgroupnsMode'] as const;

function hostWith(host: JsonObject, to: To): JsonObject {
  const shared = modes.flatMap((key) => {
    const mode = host[key];
    return typeof mode === 'string' ? [[key, modeWith(mode, false, to)] as const] : [];
  });
  const { NetworkMode: network } = host;
  return {
    ...host,
    ...Object.fromEntries(shared),
    ...(typeof network === 'string' && { NetworkMode: modeWith(network, true, to) }),
    ...withList(host, 'VolumesFrom', (from) => beforeColon(from, to)),
    ...withList(host, 'Links', (link) => linkWith(link, to)),
    ...withList(host, 'Mounts', (mount) => mountWith(objectIn(mount), to)),
  };
}

const sharing = 'container:';

/** @param joins whether what is no container’s is the name of a network */
function modeWith(mode: string, joins: boolean, to: To): string {
  if (mode.startsWith(sharing)) return sharing + to('container', mode.slice(sharing.length));
  return joins && mode !== '' ? to('network', mode) : mode;
}

/** `web:ro` */
function beforeColon(value: Json, to: To): Json {
  if (typeof value !== 'string') return value;
  const [name = ''] = value.split(':', 1);
  return to('container', name) + value.slice(name.length);
}

/** `web:alias`; without an alias, the name is it. */
function linkWith(link: Json, to: To): Json {
  const exact = beforeColon(link, to);
  if (exact === link || typeof link !== 'string' || typeof exact !== 'string') return exact;
  return link.includes(':') ? exact : `${exact}:${link}`;
}

function mountWith(mount: JsonObject, to: To): JsonObject {
  return mount['Type'] === 'image' ? { ...mount, ...text(mount, 'Source', 'image', to) } : mount;
}

function memberWith(member: JsonObject, to: To): JsonObject {
  return {
    ...member,
    ...text(member, 'NetworkID', 'network', to),
    ...withList(member, 'Links', (link) => linkWith(link, to)),
  };
}

function joinedWith(one: JsonObject, to: To): JsonObject {
  return { ...one, ...text(one, 'Target', 'network', to) };
}

/** The swarm takes the id, and compares the name. */
function keptWith(one: JsonObject, of: 'secret' | 'config', to: To): JsonObject {
  return { ...one, ...text(one, of === 'secret' ? 'SecretID' : 'ConfigID', of, to) };
}

function text(holder: JsonObject, key: string, of: NamedThing, to: To): JsonObject {
  const value = holder[key];
  return typeof value === 'string' && value !== '' ? { [key]: to(of, value) } : {};
}

function textWith(value: Json, of: NamedThing, to: To): Json {
  return typeof value === 'string' && value !== '' ? to(of, value) : value;
}

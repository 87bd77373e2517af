/**
 * What is asked of BuildKit for a build: the names of POST /build, and those it has no place for, become the attributes of
 * the Dockerfile frontend (moby/buildkit, frontend/dockerui; moby, builder-next). Pure.
 */
import { Buffer } from 'node:buffer';
import { canonical } from '../../image-name.ts';
import { entriesOf, messageOf } from '../protobuf.ts';

export type BuildQuery = Readonly<Record<string, string>>;

/** The frontend that reads Dockerfiles: the engine's own. */
export const frontend = 'dockerfile.v0';

/** A place that layers are kept in, or come from. */
export interface CachePlace {
  readonly type: string;
  readonly attrs: Readonly<Record<string, string>>;
}

/** SolveRequest of api/services/control. @param ref the build's own id */
export function solveMessage(ref: string, query: BuildQuery): Buffer {
  const { networkmode } = query;
  const [exporter, attributes] = exporterOf(query);
  return messageOf({
    1: ref,
    3: exporter,
    4: entriesOf(attributes),
    5: query['session'],
    6: frontend,
    7: entriesOf(attributesOf(query)),
    8: messageOf({
      4: placesIn(query['cacheto']).map(placeMessage),
      5: placesIn(query['cachefrom']).map(placeMessage),
    }),
    9: networkmode === 'host' ? [Buffer.from('network.host')] : [],
  });
}

/** Beside the engine's images there is a tar, which the session takes. */
function exporterOf({ outputs, t = '' }: BuildQuery): readonly [string, Readonly<Record<string, string>>] {
  if (outputs !== undefined) return ['tar', {}];
  const names = t.split('\n').filter(Boolean).map(canonical);
  return ['moby', names.length > 0 ? { name: names.join(',') } : {}];
}

export function attributesOf(query: BuildQuery): Readonly<Record<string, string>> {
  const { dockerfile, target, platform, remote, networkmode } = query;
  return defined({
    filename: dockerfile,
    target,
    platform,
    context: remote === 'client-session' ? undefined : remote,
    // of these stages; of all, where none is named
    'no-cache': query['no-cache-filter'] ?? (query['nocache'] === '1' ? '' : undefined),
    'image-resolve-mode': query['pull'] === '1' ? 'pull' : undefined,
    'force-network-mode': networkmode === 'default' ? undefined : networkmode,
    'add-hosts': query['extrahosts'] && hostsIn(query['extrahosts']),
    'shm-size': query['shmsize'],
    'cgroup-parent': query['cgroupparent'],
    ulimit: query['ulimits'] && limitsIn(query['ulimits']),
    ...prefixed('build-arg:', query['buildargs']),
    ...prefixed('label:', query['labels']),
    ...prefixed('context:', query['contexts']),
    ...prefixed('attest:', query['attests']),
  });
}

function defined(all: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function prefixed(prefix: string, json = '{}'): Readonly<Record<string, string>> {
  const given = Object.entries(JSON.parse(json) as Readonly<Record<string, string | null>>);
  return defined(Object.fromEntries(given.map(([name, value]) => [`${prefix}${name}`, value ?? undefined])));
}

/** `name:ip`, where the IP may have colons of its own. */
function hostsIn(lines: string): string {
  return lines
    .split('\n')
    .map((line) => line.replace(':', '='))
    .join(',');
}

function limitsIn(json: string): string {
  const limits = JSON.parse(json) as readonly { readonly Name: string; readonly Hard: number; readonly Soft: number }[];
  return limits.map(({ Name, Hard, Soft }) => `${Name}=${String(Soft)}:${String(Hard)}`).join(',');
}

function placesIn(json = '[]'): readonly CachePlace[] {
  return (JSON.parse(json) as readonly (CachePlace | string)[]).map((place) =>
    typeof place === 'string' ? { type: 'registry', attrs: { ref: place } } : place,
  );
}

function placeMessage({ type, attrs }: CachePlace): Buffer {
  return messageOf({ 1: type, 2: entriesOf(attrs) });
}

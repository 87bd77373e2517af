/**
 * Every endpoint of the Engine API 1.41 to 1.51, and which of them a request is for. All that depends on the endpoint is
 * read from its row: what the guard does, which permissions are needed, where labels go, what is secret, what to look at after.
 */
import { Failure } from '../../failure.ts';
import { once } from '../../once.ts';
import { containers } from './containers.ts';
import type { Endpoint, Endpoints } from './endpoint.ts';
import { images } from './images.ts';
import { networks, volumes } from './networks-volumes.ts';
import { services, swarms } from './swarm.ts';
import { plugins, system } from './system.ts';

export const endpoints = {
  ...containers,
  ...images,
  ...networks,
  ...volumes,
  ...services,
  ...swarms,
  ...system,
  ...plugins,
} satisfies Endpoints;

export type KnownEndpoint = keyof typeof endpoints;

/** All that says which endpoint is meant. */
export interface Asked {
  readonly method: string;
  /** Without version. */
  readonly path: string;
}

export interface FoundEndpoint extends Endpoint {
  readonly key: KnownEndpoint;
  /** What stands for the `{…}` of its path, decoded; '' where there is none. */
  readonly name: string;
}

/** @returns undefined for a request that is none of the API's: nobody knows what the engine would do with it */
export function endpointOf({ method, path }: Asked): FoundEndpoint | undefined {
  const read = plainPath(path);
  if (read === undefined) return undefined;
  for (const candidate of candidates().get(method) ?? []) {
    const name = nameIn(read, candidate);
    if (name !== undefined) return { ...candidate.endpoint, key: candidate.key, name };
  }
  return undefined;
}

/** What is said of such a request: nothing was sent. */
export function unknownRequest({ method, path }: Asked): Failure {
  return new Failure(`docker-tutor does not send ${method} ${path}: it would not know how to undo it.`, {
    code: 'E-NOT-YOURS-TO-CHANGE',
    exitCode: 4,
    hints: ['docker-tutor explain tells what the command does.'],
  });
}

/** The path as the engine's router sees it; undefined where the engine would make another of it. */
function plainPath(path: string): string | undefined {
  const decoded = decode(path);
  // a query of its own, a second decoding, or a way up: `/containers/mine?` removes mine
  return decoded === undefined || /[?#%\\\p{Cc}]|\/\/|\/\.{1,2}(?:\/|$)/u.test(decoded) ? undefined : decoded;
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

interface Candidate {
  readonly key: KnownEndpoint;
  readonly endpoint: Endpoint;
  readonly before: string;
  readonly after: string;
  readonly segments: 'none' | 'one' | 'several';
}

function nameIn(path: string, { before, after, segments }: Candidate): string | undefined {
  if (segments === 'none') return path === before ? '' : undefined;
  if (!path.startsWith(before) || !path.endsWith(after)) return undefined;
  const name = path.slice(before.length, path.length - after.length);
  return name.length === 0 || path.length < before.length + after.length || (segments === 'one' && name.includes('/'))
    ? undefined
    : name;
}

/** By method; the one that fixes more of the path comes first: `/images/json`, `/images/{name*}/json`, `/images/{name*}`. */
const candidates = once((): ReadonlyMap<string, readonly Candidate[]> => {
  const found = new Map<string, Candidate[]>();
  for (const [key, endpoint] of Object.entries(endpoints) as [KnownEndpoint, Endpoint][]) {
    const [method = '', path = ''] = key.split(' ');
    const [before = '', parameter, after = ''] = path.split(/\{(.*)\}/);
    const segments = parameter === undefined ? 'none' : parameter.endsWith('*') ? 'several' : 'one';
    const list = found.get(method) ?? [];
    found.set(method, list);
    list.push({ key, endpoint, before, after, segments });
  }
  for (const list of found.values()) list.sort((a, b) => fixed(b) - fixed(a));
  return found;
});

/** Characters that are fixed; one that takes fewer paths wins a tie. */
function fixed({ before, after, segments }: Candidate): number {
  const width = { none: 0, one: 0.2, several: 0.4 };
  return before.length + after.length - width[segments];
}

/**
 * Every endpoint of the Engine API 1.41 to 1.51, and which of them a request is for. All that depends on the endpoint is
 * read from its row: what the guard does, which permissions are needed, where labels go, what is secret, what to look at after.
 */
import { Failure } from '../../failure.ts';
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
  for (const one of candidates(method, read)) {
    const name = nameIn(read, one);
    if (name !== undefined) return { ...one.endpoint, key: one.key, name };
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
  return decoded === undefined ||
    /[?#%\\]|\/\/|\/\.{1,2}(?:\/|$)/.test(decoded) ||
    !/^[ -~\u00a0-\uffff]*$/.test(decoded)
    ? undefined
    : decoded;
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

const known = new Map<string, readonly Candidate[]>();

/** With this method and first segment; the one that fixes more of the path comes first: `/images/json`, `/images/{name*}/json`, `/images/{name*}`. */
function candidates(method: string, path: string): readonly Candidate[] {
  const group = `${method} /${path.split('/', 2)[1] ?? ''}`;
  const found =
    known.get(group) ??
    keys
      .filter((key) => key.startsWith(group) && (key.length === group.length || key.charAt(group.length) === '/'))
      .map(candidate)
      .sort((one, other) => fixed(other) - fixed(one));
  known.set(group, found);
  return found;
}

const keys = Object.keys(endpoints) as readonly KnownEndpoint[];

function candidate(key: KnownEndpoint): Candidate {
  const path = key.slice(key.indexOf(' ') + 1);
  const [start, end] = [path.indexOf('{'), path.indexOf('}')];
  const endpoint: Endpoint = endpoints[key];
  if (start < 0) return { key, endpoint, before: path, after: '', segments: 'none' };
  const segments = path.charAt(end - 1) === '*' ? 'several' : 'one';
  return { key, endpoint, before: path.slice(0, start), after: path.slice(end + 1), segments };
}

/** Characters that are fixed; one that takes fewer paths wins a tie. */
function fixed({ before, after, segments }: Candidate): number {
  const width = { none: 0, one: 0.2, several: 0.4 };
  return before.length + after.length - width[segments];
}

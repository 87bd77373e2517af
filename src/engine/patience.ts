/**
 * How long an engine is waited for: the one table of these limits, each with its reason, and which request has which.
 * Milliseconds. Pure.
 */
import { answers } from '../api/answers/answers.ts';
import { endpointOf } from '../api/endpoints/endpoint-of.ts';
import type { KnownEndpoint } from '../api/endpoints/endpoint-of.ts';
import type { Request } from '../api/request.ts';
import type { Endpoint } from './engine.ts';

export const limits = {
  /** The first answer of all; through ssh it takes longer (timesFor). */
  first: 5_000,
  /** A question, which an engine answers from what it knows; a busy one takes its time, and is asked for a sign of life. */
  question: 30_000,
  /** A silence in the middle of such an answer. */
  answer: 10_000,
  /** The whole of it once it has begun. What trickles on for longer will not end. */
  whole: 30_000,
  /** Before the answer something is made, ended or removed. A removal that is broken off may leave half of an image. */
  work: 50_000,
  /** Before the answer a registry or other machines are asked: the engine's own limits for those are 15 and 30 s. */
  elsewhere: 50_000,
  /** A stream may be silent for ever. After so much of it the engine is asked whether it is still there, again and again. */
  silence: 5_000,
  /** Its answer to that. */
  ping: 10_000,
  /** What a stream comes from has ended: so long the rest of it may be on its way, or a start. */
  over: 30_000,
  /** A line or a frame is written at once: one that has begun and does not end in this time is broken off. */
  part: 10_000,
  /** A stop without a time of its own: 10 s, or what the container was made with. */
  stop: 30_000,
  /** Cleaning up after a lesson on an engine that does not answer; what stays then is for `docker-tutor clean`. */
  cleaning: 20_000,
} as const;

/**
 * How many times as long a first answer and a sign of life may take: each new way through ssh agrees on keys, and starts
 * programs there. The docker CLI gives ssh 30 s to get in (`-o ConnectTimeout=30`), and so do we.
 */
export function timesFor({ address }: Pick<Endpoint, 'address'>): number {
  return address.startsWith('ssh:') ? 6 : 1;
}

export interface Patience {
  /** From the last that was sent to the first that comes back. */
  readonly opening: number;
  /** From there to its end; absent for what goes on as long as it likes. */
  readonly whole?: number;
  /** Without a byte in the middle of it; absent where silence is no fault. Then the engine is asked beside it. */
  readonly silence?: number;
  /** Fewer bytes are no sign that it goes on. Default: 1. */
  readonly block?: number;
}

/** Of a tar; of a log some lines. Bytes. */
const block = 512;

export function patienceFor(request: Request): Patience {
  const key = endpointOf(request)?.key;
  const form = key === undefined ? 'bytes' : answers[key];
  const opening = openingOf(request, key);
  if (isThere(request, key)) return { opening, silence: limits.work, block };
  const goesOn = form === 'bytes' || 'lines' in form || key === 'POST /containers/{id}/wait';
  return goesOn ? { opening } : { opening, whole: limits.whole, silence: limits.answer };
}

/** Long perhaps, and there already: a log so far, one look at the statistics, an archive. */
function isThere({ query = {} }: Request, key: KnownEndpoint | undefined): boolean {
  if (logs.has(key)) return !isSet(query['follow']);
  if (key === 'GET /containers/{name*}/stats') return query['stream'] !== undefined && !isSet(query['stream']);
  return archives.has(key);
}

/** As the engine reads a flag of a query. */
function isSet(flag: string | undefined): boolean {
  return !['', '0', 'no', 'false', 'none'].includes((flag ?? '').trim().toLowerCase());
}

const logs: ReadonlySet<KnownEndpoint | undefined> = new Set<KnownEndpoint>([
  'GET /containers/{name*}/logs',
  'GET /services/{id*}/logs',
  'GET /tasks/{id*}/logs',
]);

const archives: ReadonlySet<KnownEndpoint | undefined> = new Set<KnownEndpoint>([
  'GET /images/get',
  'GET /images/{name*}/get',
  'GET /containers/{name*}/export',
  'GET /containers/{name*}/archive',
]);

/** Reading that is more than a look at what the engine knows. */
const work: ReadonlySet<KnownEndpoint | undefined> = new Set(['GET /system/df', ...archives]);

/** A registry, or the members of a swarm, have a say in the answer; or the disk has much to do. */
const elsewhere: ReadonlySet<KnownEndpoint | undefined> = new Set<KnownEndpoint>([
  'POST /images/create',
  'POST /images/load',
  'POST /images/{name*}/push',
  'POST /images/prune',
  'POST /build',
  'POST /grpc',
  'POST /build/prune',
  'POST /commit',
  'POST /auth',
  'GET /images/search',
  'GET /distribution/{name*}/json',
  'POST /containers/prune',
  'POST /volumes/prune',
  'POST /networks/prune',
  'POST /services/create',
  'POST /services/{id}/update',
  'POST /swarm/init',
  'POST /swarm/join',
  'POST /swarm/leave',
  'POST /plugins/pull',
]);

function openingOf({ method, query = {} }: Request, key: KnownEndpoint | undefined): number {
  if (elsewhere.has(key)) return limits.elsewhere;
  if (key === 'POST /containers/{id}/stop' || key === 'POST /containers/{id}/restart')
    return limits.work + stopTime(query['t']);
  const reads = method === 'GET' || method === 'HEAD' || key === 'POST /containers/{id}/wait';
  return reads && !work.has(key) && query['size'] === undefined ? limits.question : limits.work;
}

/** `-1`: as long as the container's program likes. */
function stopTime(t: string | undefined): number {
  const seconds = Number(t ?? NaN);
  if (Number.isNaN(seconds)) return limits.stop;
  return seconds < 0 ? Infinity : seconds * 1000;
}

/** `10 s` */
export function inSeconds(ms: number): string {
  return `${String(Math.round(ms / 1000))} s`;
}

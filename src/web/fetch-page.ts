/** One HTTP request to whom a lesson may ask, and either the answer or, in words, why there is none. */
import { Buffer } from 'node:buffer';
import * as http from 'node:http';
import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import type { LookupFunction } from 'node:net';
import type { Destination, MayAsk, Verdict } from './may-ask.ts';
import { addressesOf } from './name-lookup.ts';
import { readableAddress } from './own-address.ts';

export interface Page {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Silence {
  /** `nothing listens on this port` */
  readonly silent: string;
  readonly code: string;
  /** It was not asked. */
  readonly refused?: Exclude<Verdict, 'yes'>;
}

/** What is asked, beyond a plain GET. */
export interface Asked {
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
}

/** Who asks, and whom it may ask. */
export interface Asker {
  readonly signal: AbortSignal;
  readonly mayAsk: MayAsk;
}

const limitMs = 5000;
const largestPage = 1024 * 1024;

/**
 * By node:http: fetch of Node 20 can stay pending for ever where a connection is taken and closed at once, as a
 * published port does before its container listens. Redirects are not followed: they are an answer.
 * @throws the signal's reason, and what `mayAsk` throws
 */
export async function fetchPage(url: string, { signal, mayAsk }: Asker, asked: Asked = {}): Promise<Page | Silence> {
  const place = readableAddress(url);
  if (!place) return { silent: `${url} is not an address`, code: 'ERR_INVALID_URL' };
  const found = await answerOf(signal, (over) => addressesOf(place.host, over));
  if ('silent' in found) return found;
  const judged = await judgedBy(
    mayAsk,
    found.map((address) => ({ ...place, address })),
  );
  if ('silent' in judged) return judged;
  return answerOf(signal, async (over) => {
    const answer = await send(url, asked, judged, over);
    return { status: answer.statusCode ?? 0, headers: headersOf(answer), body: await bodyOf(answer) };
  });
}

/** The answer, or why there is none in time. @throws the signal's reason */
async function answerOf<T>(signal: AbortSignal, ask: (over: AbortSignal) => Promise<T>): Promise<T | Silence> {
  const over = new AbortController();
  const clock = setTimeout(() => over.abort(), limitMs);
  try {
    return await ask(AbortSignal.any([signal, over.signal]));
  } catch (error) {
    signal.throwIfAborted();
    if (over.signal.aborted) return { silent: `no answer within ${limitMs / 1000} s`, code: 'ETIMEDOUT' };
    return silenceOf(error);
  } finally {
    clearTimeout(clock);
  }
}

/** Those of the addresses that may be asked. One refused does not let the others through. */
async function judgedBy(mayAsk: MayAsk, places: readonly Destination[]): Promise<readonly string[] | Silence> {
  const verdicts = await Promise.all(places.map(mayAsk));
  const allowed = places.filter((_, i) => verdicts[i] === 'yes').map(({ address }) => address);
  if (allowed.length > 0) return allowed;
  return verdicts.includes('unpublished')
    ? { silent: 'no container of this lesson publishes this port', code: 'EACCES', refused: 'unpublished' }
    : { silent: 'it is not on this machine, nor on the engine’s', code: 'EACCES', refused: 'elsewhere' };
}

async function send(
  url: string,
  { method = 'GET', headers = {}, body }: Asked,
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { request } = url.startsWith('https:') ? await import('node:https') : http;
  const options = { method, headers: { 'user-agent': 'docker-tutor', ...headers }, signal, agent: false } as const;
  return new Promise((resolve, reject) => {
    request(url, { ...options, lookup: pinnedTo(addresses) })
      .once('response', resolve)
      .once('error', reject)
      .end(body);
  });
}

/** The name is not looked up again: what was judged is what is connected to. */
function pinnedTo(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  return (_, { all }, done) => {
    const [first] = found;
    if (all || !first) done(null, found);
    else done(null, first.address, first.family);
  };
}

function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}

async function bodyOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer) {
    parts.push(part as Buffer);
    size += (part as Buffer).length;
    if (size > largestPage) break;
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Why there is no answer: the system's code in words. */
function silenceOf(error: unknown): Silence {
  // both address families were tried: each has its own error
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const code = first instanceof Error && 'code' in first && typeof first.code === 'string' ? first.code : '';
  const words: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'connection refused: nothing listens on this port',
    // node:http's word for a connection that was closed before it said anything
    ECONNRESET: 'connection closed before an answer',
    ENOTFOUND: 'the host’s name does not resolve',
    EHOSTUNREACH: 'the host cannot be reached',
    ENETUNREACH: 'the network cannot be reached',
    ETIMEDOUT: 'no answer in time',
  };
  return { silent: words[code] ?? (first instanceof Error ? first.message : 'no answer'), code };
}

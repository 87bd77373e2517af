/** One GET, and either its answer or, in words, why there is none. */
import { Buffer } from 'node:buffer';
import * as http from 'node:http';
import type { IncomingMessage } from 'node:http';

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
}

/** What is asked, beyond a plain GET. */
export interface Asked {
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
}

const limitMs = 5000;
const largestPage = 1024 * 1024;

/**
 * By node:http: fetch of Node 20 can stay pending for ever where a connection is taken and closed at once, as a
 * published port does before its container listens. Redirects are not followed: they are an answer.
 * @throws the signal's reason
 */
export async function fetchPage(url: string, signal: AbortSignal, asked: Asked = {}): Promise<Page | Silence> {
  if (!/^https?:/.test(url) || !URL.canParse(url))
    return { silent: `${url} is not an address`, code: 'ERR_INVALID_URL' };
  const over = new AbortController();
  const clock = setTimeout(() => over.abort(), limitMs);
  try {
    const answer = await send(url, asked, AbortSignal.any([signal, over.signal]));
    return { status: answer.statusCode ?? 0, headers: headersOf(answer), body: await bodyOf(answer) };
  } catch (error) {
    signal.throwIfAborted();
    if (over.signal.aborted) return { silent: `no answer within ${limitMs / 1000} s`, code: 'ETIMEDOUT' };
    return silenceOf(error);
  } finally {
    clearTimeout(clock);
  }
}

async function send(
  url: string,
  { method = 'GET', headers = {}, body }: Asked,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { request } = url.startsWith('https:') ? await import('node:https') : http;
  return new Promise((resolve, reject) => {
    request(url, { method, headers: { 'user-agent': 'docker-tutor', ...headers }, signal, agent: false })
      .once('response', resolve)
      .once('error', reject)
      .end(body);
  });
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

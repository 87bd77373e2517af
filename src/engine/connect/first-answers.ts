/** The first questions to what may be an engine: a quick ping, and `/version` where that does not tell enough. */
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { codeOf } from './error-code.ts';
import type { Dialer } from './dialer.ts';
import { readBytes } from '../streams.ts';

export interface FirstAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Thrown where nothing came back within the limit. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** Bytes: its body is `OK`. */
const longestPing = 100;

/** An answer to `/version` has under 2 kB; what sends more is no engine. */
const longestAnswer = 256 * 1024;

/** `/_ping`: an engine answers it at once, most of it in headers. @throws as knock does */
export async function ping(dialer: Dialer, signal: AbortSignal, limitMs: number): Promise<FirstAnswer> {
  return limited(signal, limitMs, async (limit) => {
    const response = await ask(dialer, '/_ping', limit);
    // its socket can be used again; what is no engine may go on for ever
    if (Number(response.headers['content-length']) <= longestPing) response.resume();
    else response.destroy();
    return { status: response.statusCode ?? 0, headers: plainHeaders(response), body: '' };
  });
}

/** Whether an engine that has answered before still does; with whatever. @throws as ping does */
export async function isThere(dialer: Dialer, signal: AbortSignal, limitMs: number): Promise<void> {
  try {
    await ping(dialer, signal, limitMs);
  } catch (error) {
    // a kept socket may have been closed by the engine meanwhile
    if (codeOf(error) !== 'ECONNRESET') throw error;
    await ping(dialer, signal, limitMs);
  }
}

/**
 * Asks for `/version`, without a version of its own. It tells all that can be known, and takes an engine 10 ms and more:
 * it starts runc and docker-init to hear their versions.
 * @throws NoAnswer, the signal's reason, or what Node says of the connection.
 */
export async function askFirst(dialer: Dialer, signal: AbortSignal, limitMs: number): Promise<FirstAnswer> {
  return limited(signal, limitMs, async (limit) => {
    const response = await ask(dialer, '/version', limit);
    const body = await readBytes(response, limit, longestAnswer);
    return { status: response.statusCode ?? 0, headers: plainHeaders(response), body: body.toString('utf8') };
  });
}

async function limited<T>(signal: AbortSignal, limitMs: number, work: (limit: AbortSignal) => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const limit = new AbortController();
  const timer = setTimeout(() => {
    limit.abort(new NoAnswer(`no answer within ${String(limitMs)} ms`));
  }, limitMs);
  const stop = (): void => {
    limit.abort(signal.reason);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await work(limit.signal);
  } catch (error) {
    throw limit.signal.aborted ? limit.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

async function ask(dialer: Dialer, path: string, signal: AbortSignal): Promise<IncomingMessage> {
  const { agent, headers, prefix, secure, to } = dialer;
  const send = secure ? (await import('node:https')).request : request;
  return new Promise((resolve, reject) => {
    const asked = send({
      agent,
      ...to,
      method: 'GET',
      path: `${prefix}${path}`,
      headers: { Accept: 'application/json', ...headers },
      signal,
    });
    asked.once('response', resolve);
    asked.on('error', reject);
    asked.end();
  });
}

/** Node gives names in lower case; a header that came several times is joined, as HTTP allows. */
export function plainHeaders(response: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(response.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

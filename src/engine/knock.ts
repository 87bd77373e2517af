/** The first question to what may be an engine: one round trip that tells versions and kind. */
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Dialer } from './dialer.ts';
import { readBytes } from './streams.ts';

export interface KnockAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Thrown where nothing came back within the limit. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** An answer to `/version` has under 2 kB; what sends more is no engine. */
const longestAnswer = 256 * 1024;

/**
 * Asks for `/version`, without a version of its own. `/_ping` is quicker by 10 ms, as the engine asks nobody else for it,
 * and tells neither its lowest API version nor its processor.
 * @throws NoAnswer, the signal's reason, or what Node says of the connection.
 */
export async function knock(dialer: Dialer, signal: AbortSignal, limitMs: number): Promise<KnockAnswer> {
  return question(dialer, '/version', signal, limitMs);
}

/** The highest API version it speaks, as it says at once. @returns undefined where it does not: the knock tells why */
export async function ping(dialer: Dialer, signal: AbortSignal, limitMs: number): Promise<string | undefined> {
  const answer = await question(dialer, '/_ping', signal, limitMs).catch(() => undefined);
  return answer?.status === 200 ? answer.headers['api-version'] : undefined;
}

async function question(dialer: Dialer, path: string, signal: AbortSignal, limitMs: number): Promise<KnockAnswer> {
  signal.throwIfAborted();
  const limited = new AbortController();
  const timer = setTimeout(() => {
    limited.abort(new NoAnswer(`no answer within ${String(limitMs)} ms`));
  }, limitMs);
  const stop = (): void => {
    limited.abort(signal.reason);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const response = await ask(dialer, path, limited.signal);
    const body = await readBytes(response, limited.signal, longestAnswer);
    return { status: response.statusCode ?? 0, headers: plainHeaders(response), body: body.toString('utf8') };
  } catch (error) {
    throw limited.signal.aborted ? limited.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

function ask(dialer: Dialer, path: string, signal: AbortSignal): Promise<IncomingMessage> {
  const { agent, prefix, secure, to } = dialer;
  return new Promise((resolve, reject) => {
    const send = secure ? process.getBuiltinModule('node:https').request : request;
    const asked = send({
      agent,
      ...to,
      method: 'GET',
      path: `${prefix}${path}`,
      headers: { Accept: 'application/json' },
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

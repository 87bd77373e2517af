/** One GET, and either its answer or, in words, why there is none. */
import { Buffer } from 'node:buffer';

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

const limitMs = 5000;
const largestPage = 1024 * 1024;

/** Redirects are not followed: they are an answer. @throws the signal's reason */
export async function fetchPage(url: string, signal: AbortSignal): Promise<Page | Silence> {
  if (!URL.canParse(url)) return { silent: `${url} is not an address`, code: 'ERR_INVALID_URL' };
  const limit = AbortSignal.timeout(limitMs);
  try {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.any([signal, limit]) });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await bodyOf(answer) };
  } catch (error) {
    signal.throwIfAborted();
    if (limit.aborted) return { silent: `no answer within ${limitMs / 1000} s`, code: 'ETIMEDOUT' };
    return silenceOf(error);
  }
}

async function bodyOf({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    parts.push(part as Uint8Array);
    size += (part as Uint8Array).length;
    if (size > largestPage) break;
  }
  return Buffer.concat(parts).toString('utf8');
}

/** fetch says only `fetch failed`; the cause below it has the code. */
export function silenceOf(error: unknown): Silence {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  // both address families were tried: each has its own error
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
  const code = first instanceof Error && 'code' in first && typeof first.code === 'string' ? first.code : '';
  const words: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'connection refused: nothing listens on this port',
    ECONNRESET: 'connection reset',
    UND_ERR_SOCKET: 'connection closed before an answer',
    ENOTFOUND: 'the host’s name does not resolve',
    EHOSTUNREACH: 'the host cannot be reached',
    ENETUNREACH: 'the network cannot be reached',
    ETIMEDOUT: 'no answer in time',
  };
  return { silent: words[code] ?? (first instanceof Error ? first.message : 'no answer'), code };
}

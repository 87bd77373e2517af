/** A request and its whole answer, over a unix socket or to a port of this machine. For short answers only. */
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { buffer } from 'node:stream/consumers';

export type HttpAddress = { readonly socketPath: string } | { readonly port: number };

export interface Ask {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A stream is sent in chunks, its length untold. */
  readonly body?: Buffer | Readable;
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly limit: number;
}

export interface Told {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Rejects with the system's error (ECONNREFUSED, ENOENT), with a TimeoutError after `limit`, or with the signal's reason. */
export async function ask(
  place: HttpAddress,
  { method = 'GET', path, headers, body, signal, limit }: Ask,
): Promise<Told> {
  const both = AbortSignal.any([signal, AbortSignal.timeout(limit)]);
  try {
    const reply = await new Promise<IncomingMessage>((resolve, reject) => {
      const length = Buffer.isBuffer(body) ? { 'content-length': String(body.length) } : {};
      const outgoing = request({
        ...('port' in place ? { host: '127.0.0.1', port: place.port } : place),
        method,
        path,
        headers: { host: '127.0.0.1', ...headers, ...length },
        agent: false,
        signal: both,
      });
      outgoing.once('response', resolve).once('error', reject);
      if (body instanceof Readable) pipeline(body, outgoing).catch(reject);
      else outgoing.end(body);
    });
    return { status: reply.statusCode ?? 0, headers: reply.headers, body: await buffer(reply) };
  } catch (error) {
    // Node wraps the reason of an abort in an AbortError of its own.
    if (both.aborted) throw both.reason;
    throw error;
  }
}

/** A request and its whole answer, over a unix socket or to a port of this machine. For short answers only. */
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { limited, waited } from '../waits/waits.ts';

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

/** No answer that is asked for here is as large, bytes. */
const largestAnswer = 64 * 1024 * 1024;

/** Rejects with the system's error (ECONNREFUSED, ENOENT), with a TimeoutError after `limit`, or with the signal's reason. */
export async function ask(place: HttpAddress, asked: Ask): Promise<Told> {
  const at = 'port' in place ? `127.0.0.1:${String(place.port)}` : place.socketPath;
  // a registry's query is a token of its own, longer than a line
  const [path = ''] = asked.path.split('?');
  const wait = { for: `the answer to ${asked.method ?? 'GET'} ${path} at ${at}`, limitMs: asked.limit };
  return waited(wait, () => limited(asked.limit, asked.signal, (signal) => answerOf(place, { ...asked, signal })));
}

async function answerOf(place: HttpAddress, { method = 'GET', path, headers, body, signal }: Ask): Promise<Told> {
  try {
    const reply = await new Promise<IncomingMessage>((resolve, reject) => {
      const length = Buffer.isBuffer(body) ? { 'content-length': String(body.length) } : {};
      const outgoing = request({
        ...('port' in place ? { host: '127.0.0.1', port: place.port } : place),
        method,
        path,
        headers: { host: '127.0.0.1', ...headers, ...length },
        agent: false,
        signal,
      });
      outgoing.once('response', resolve).once('error', reject);
      if (body instanceof Readable) pipeline(body, outgoing).catch(reject);
      else outgoing.end(body);
    });
    return { status: reply.statusCode ?? 0, headers: reply.headers, body: await bodyOf(reply) };
  } catch (error) {
    // Node wraps the reason of an abort in an AbortError of its own.
    signal.throwIfAborted();
    throw error;
  }
}

async function bodyOf(reply: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of reply as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largestAnswer) throw new Error(`an answer larger than ${String(largestAnswer)} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

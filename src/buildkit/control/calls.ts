/** Calls BuildKit: gRPC over HTTP/2, on a connection that the engine's `POST /grpc` has handed over. */
import type { Buffer } from 'node:buffer';
import { connect } from 'node:http2';
import type { ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { Engine } from '../../engine/engine.ts';
import { framed, GrpcError, messagesOf, statusCodes } from '../grpc.ts';

export interface Calls {
  /**
   * What is answered, message by message.
   * @param path `/moby.buildkit.v1.Control/Solve` @throws GrpcError in BuildKit's words
   */
  call(path: string, message: Uint8Array, metadata?: Readonly<Record<string, string>>): AsyncIterable<Buffer>;
  /** Ends what goes on. */
  close(): void;
}

export async function openCalls(engine: Engine, signal: AbortSignal): Promise<Calls> {
  const { status, stream } = await engine.send(
    { method: 'POST', path: '/grpc' },
    { signal, hijack: true, headers: { Upgrade: 'h2c' } },
  );
  if (status !== 101) {
    stream.destroy();
    throw new GrpcError(`POST /grpc: HTTP status ${String(status)}`, statusCodes.unimplemented);
  }
  const connection = connect('http://localhost', { createConnection: () => stream as Duplex });
  let broken: Error | undefined;
  connection.on('error', (error: Error) => (broken = error));
  return {
    call: (path, message, metadata = {}) =>
      answers(
        connection.request({
          ':method': 'POST',
          ':path': path,
          'content-type': 'application/grpc',
          te: 'trailers',
          ...metadata,
        }),
        message,
        () => broken,
      ),
    close() {
      connection.destroy();
      stream.destroy();
    },
  };
}

/** The only answer of a call that has one. @throws GrpcError */
export async function onlyAnswer(answers: AsyncIterable<Buffer>): Promise<Buffer> {
  let only: Buffer | undefined;
  for await (const message of answers) only = message;
  if (!only) throw new GrpcError('no answer', statusCodes.unknown);
  return only;
}

async function* answers(
  stream: ClientHttp2Stream,
  message: Uint8Array,
  broken: () => Error | undefined,
): AsyncGenerator<Buffer> {
  let ended: IncomingHttpHeaders = {};
  const hear = (headers: IncomingHttpHeaders): void => void (ended = { ...ended, ...headers });
  // a no without an answer has its status in the first headers
  stream.on('response', hear);
  stream.on('trailers', hear);
  let failed: Error | undefined;
  stream.on('error', (error: Error) => (failed = error));
  stream.end(framed(message));
  try {
    yield* messagesOf(stream);
  } catch (error) {
    failed ??= error as Error;
  } finally {
    stream.destroy();
  }
  const status = ended['grpc-status'];
  if (status === undefined) throw failed ?? broken() ?? new GrpcError('the engine has hung up', statusCodes.unknown);
  if (status !== '0') throw new GrpcError(words(ended['grpc-message']), Number(status));
}

function words(message: IncomingHttpHeaders[string]): string {
  const text = Array.isArray(message) ? message.join('') : (message ?? '');
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

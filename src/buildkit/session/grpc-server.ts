/** Answers the calls that BuildKit makes in a session: gRPC over HTTP/2, on a connection that is there already. */
import type { Buffer } from 'node:buffer';
import { performServerHandshake } from 'node:http2';
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';
import { framed, GrpcError, messagesOf, statusCodes } from '../grpc.ts';

/** One call: what it asks, message by message, and the way back. */
export interface Call {
  /** Its metadata: names and values in turn. */
  readonly raw: readonly string[];
  /** Ends when the engine has said all. */
  readonly messages: AsyncIterable<Buffer>;
  /** Resolves when the engine has room for more. */
  send(message: Uint8Array): Promise<void>;
}

/** @throws GrpcError that the engine is told; of anything else it is told the words */
export type Method = (call: Call) => Promise<void>;

/** @param methods by their paths, `/moby.filesync.v1.Auth/Credentials` @returns ends all calls and the connection */
export function serveCalls(
  connection: Duplex,
  methods: ReadonlyMap<string, Method>,
  failed: (error: unknown) => void,
): () => void {
  const session = performServerHandshake(connection, {
    settings: { initialWindowSize: 1024 * 1024, maxConcurrentStreams: 1000 },
  });
  session.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, _: number, raw: readonly string[]) => {
    stream.on('error', () => undefined);
    void answer(stream, raw, methods.get(String(headers[':path'])), failed);
  });
  // the engine closes the connection when the build is over
  session.on('error', () => undefined);
  return () => {
    session.destroy();
    connection.destroy();
  };
}

/** The call and its answer. A request that reads from its own messages ends with them. */
export async function unary(
  { messages, send }: Call,
  reply: (request: Buffer) => Promise<Uint8Array> | Uint8Array,
): Promise<void> {
  for await (const message of messages) return send(await reply(message));
}

async function answer(
  stream: ServerHttp2Stream,
  raw: readonly string[],
  method: Method | undefined,
  failed: (error: unknown) => void,
): Promise<void> {
  let ending: { readonly status: number; readonly message: string } = { status: statusCodes.ok, message: '' };
  stream.on('wantTrailers', () => {
    stream.sendTrailers({
      'grpc-status': String(ending.status),
      ...(ending.message !== '' && { 'grpc-message': encodeURIComponent(ending.message) }),
    });
  });
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  try {
    if (!method) throw new GrpcError('unknown method', statusCodes.unimplemented);
    await method({ raw, messages: messagesOf(stream), send: (message) => write(stream, framed(message)) });
  } catch (error) {
    if (error instanceof GrpcError) ending = { status: error.status, message: error.message };
    else {
      ending = { status: statusCodes.unknown, message: error instanceof Error ? error.message : String(error) };
      if (!stream.destroyed) failed(error);
    }
  }
  if (!stream.destroyed) stream.end();
}

async function write(stream: ServerHttp2Stream, bytes: Buffer): Promise<void> {
  if (stream.destroyed) throw new GrpcError('the engine has hung up', statusCodes.unknown);
  if (stream.write(bytes)) return;
  await new Promise<void>((resolve) => {
    const go = (): void => {
      stream.off('drain', go);
      stream.off('close', go);
      resolve();
    };
    stream.on('drain', go);
    stream.on('close', go);
  });
}

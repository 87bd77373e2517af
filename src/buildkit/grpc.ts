/** What gRPC adds to HTTP/2: five bytes before each message, and a status behind the last (grpc/doc/PROTOCOL-HTTP2.md). */
import { Buffer } from 'node:buffer';
import type { Http2Stream } from 'node:http2';

export const statusCodes = { ok: 0, unknown: 2, notFound: 5, unimplemented: 12 } as const;

export class GrpcError extends Error {
  override readonly name = 'GrpcError';
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** Largest message that is taken, in bytes: BuildKit's own limit is 16 MiB. */
const largestMessage = 16 * 1024 * 1024;

export function framed(message: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

export async function* messagesOf(stream: Http2Stream): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  // the answer may outlive the question: the stream is not destroyed where its reading is left
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    rest = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
    while (rest.length >= 5) {
      const length = rest.readUInt32BE(1);
      if (rest[0] !== 0 || length > largestMessage) throw new GrpcError('unreadable message', statusCodes.unknown);
      if (rest.length < 5 + length) break;
      const message = rest.subarray(5, 5 + length);
      rest = rest.subarray(5 + length);
      yield message;
    }
  }
}

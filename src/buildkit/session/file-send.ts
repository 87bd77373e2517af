/** Takes the tar of what was built, where it does not stay on the engine: FileSend of moby/buildkit, session/filesync. */
import { Readable } from 'node:stream';
import { bytesIn, fieldsOf } from '../protobuf.ts';
import type { Call } from './grpc-server.ts';

/** @param store reads the tar to its end */
export function fileSend(store: (tar: Readable) => Promise<void>): (call: Call) => Promise<void> {
  return ({ messages }) => store(Readable.from(contentOf(messages)));
}

async function* contentOf(messages: Call['messages']): AsyncIterable<Uint8Array> {
  for await (const message of messages) yield bytesIn(fieldsOf(message), 1);
}

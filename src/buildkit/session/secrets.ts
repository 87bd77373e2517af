/** Hands over the secrets of a build, and no others: moby/buildkit, session/secrets. */
import type { Buffer } from 'node:buffer';
import { fieldsOf, messageOf, textIn } from '../protobuf.ts';
import type { Call } from './grpc-server.ts';
import { GrpcError, statusCodes } from '../grpc.ts';
import { unary } from './grpc-server.ts';

/** @param secrets by their ids; each is read when it is asked for */
export function secretStore(secrets: ReadonlyMap<string, () => Promise<Buffer>>): (call: Call) => Promise<void> {
  return (call) =>
    unary(call, async (request) => {
      const id = textIn(fieldsOf(request), 1);
      const read = secrets.get(id);
      if (!read) throw new GrpcError(`secret ${id}: not found`, statusCodes.notFound);
      return messageOf({ 1: await read() });
    });
}

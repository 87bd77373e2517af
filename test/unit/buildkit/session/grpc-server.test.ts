/** Calls of a session, made as an engine makes them: over HTTP/2, on a connection that is there. */
import { once } from 'node:events';
import { connect } from 'node:http2';
import type { ClientHttp2Session } from 'node:http2';
import { createServer, Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { GrpcError, statusCodes } from '../../../../src/buildkit/grpc.ts';
import { serveCalls, unary } from '../../../../src/buildkit/session/grpc-server.ts';
import type { Method } from '../../../../src/buildkit/session/grpc-server.ts';
import { valuesOf } from '../../../../src/buildkit/session/metadata.ts';
import { secretStore } from '../../../../src/buildkit/session/secrets.ts';
import { bytesIn, fieldsOf, messageOf } from '../../../../src/buildkit/protobuf.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** @returns what calls a method: the messages of the answer, and its status */
async function served(methods: Readonly<Record<string, Method>>, failed: (error: unknown) => void = () => undefined) {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ours = new Socket().connect(port, '127.0.0.1');
  const [theirs] = (await once(server, 'connection')) as [Socket];
  const stop = serveCalls(ours, new Map(Object.entries(methods)), failed);
  const client: ClientHttp2Session = connect('http://engine', { createConnection: () => theirs });
  ends.push(() => (client.destroy(), stop(), server.close()));
  return async (path: string, messages: readonly Uint8Array[], headers: Record<string, string | string[]> = {}) => {
    const stream = client.request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc', ...headers });
    const trailers = once(stream, 'trailers') as Promise<[Record<string, string>]>;
    for (const message of messages) {
      const head = Buffer.alloc(5);
      head.writeUInt32BE(message.length, 1);
      // in pieces, as they may come
      for (const byte of Buffer.concat([head, message])) stream.write(Buffer.from([byte]));
    }
    stream.end();
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    const [{ 'grpc-status': status, 'grpc-message': words = '' }] = await trailers;
    return { body: Buffer.concat(parts).subarray(5), status: Number(status), words: decodeURIComponent(words) };
  };
}

test('a secret is handed over by its id, and no other', async () => {
  const call = await served({ '/s/Get': secretStore(new Map([['token', async () => Buffer.from('correct horse')]])) });
  const found = await call('/s/Get', [messageOf({ 1: 'token' })]);
  expect(found.status).toBe(statusCodes.ok);
  expect(bytesIn(fieldsOf(found.body), 1).toString('utf8')).toBe('correct horse');
  expect(await call('/s/Get', [messageOf({ 1: 'other' })])).toMatchObject({
    status: statusCodes.notFound,
    words: 'secret other: not found',
  });
});

test('a method that is not there is said to be unknown', async () => {
  expect(await (await served({}))('/no/Method', [])).toMatchObject({ status: statusCodes.unimplemented });
});

test('what goes wrong here is told to the engine, and kept for whoever asked for the build', async () => {
  const seen: unknown[] = [];
  const fault = new Error('no permission to read');
  const call = await served({ '/a/B': async () => Promise.reject(fault) }, (error) => seen.push(error));
  expect(await call('/a/B', [])).toMatchObject({ status: statusCodes.unknown, words: fault.message });
  expect(seen).toEqual([fault]);
});

test('what is refused on purpose is no fault', async () => {
  const seen: unknown[] = [];
  const call = await served({ '/a/B': () => Promise.reject(new GrpcError('no', statusCodes.notFound)) }, (error) =>
    seen.push(error),
  );
  expect((await call('/a/B', [])).status).toBe(statusCodes.notFound);
  expect(seen).toEqual([]);
});

test('metadata of one name comes as several values, also where they are escaped', async () => {
  let values: readonly (readonly string[])[] = [];
  const call = await served({
    '/a/B': (one) => {
      values = [valuesOf(one.raw, 'followpaths'), valuesOf(one.raw, 'exclude-patterns')];
      return unary(one, () => messageOf({}));
    },
  });
  await call('/a/B', [messageOf({ 1: 'x' })], {
    followpaths: ['a, b', 'c'],
    'exclude-patterns': '%C3%BC+x',
    'exclude-patterns-encoded': '1',
  });
  expect(values).toEqual([['a, b', 'c'], ['ü x']]);
});

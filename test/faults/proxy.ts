/** Stands between the program and an engine, and spoils one answer: that to the request with this number, from 0. */
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './faults.ts';

export interface Spoiling {
  /** None: the answers come as they are. */
  readonly fault?: Fault | undefined;
  /** Number of the request, from 0. */
  readonly at?: number | undefined;
  /** Told when that request is here. */
  seen?(): void;
  /** Where it listens; default: any port of this machine. */
  readonly socket?: string;
}

export interface Proxy {
  /** `tcp://127.0.0.1:…`, or `unix:///…` */
  readonly address: string;
  /** The requests that came, as `POST /v1.51/containers/create`; without those that ask whether the engine is still there. */
  readonly requests: readonly string[];
  close(): void;
}

export async function proxyBefore(engine: string, { fault, at, seen, socket }: Spoiling = {}): Promise<Proxy> {
  const open = new Set<Duplex>();
  const requests: string[] = [];
  const serve = (request: IncomingMessage, client: Duplex, head?: Buffer): void => {
    const isPing = request.url === '/_ping' && requests.length > 0;
    const number = isPing
      ? -1
      : requests.push(`${request.method ?? ''} ${(request.url ?? '').replace(/\?.*/, '')}`) - 1;
    client.on('error', () => undefined);
    if (number === at) seen?.();
    if (number !== at || !fault) return void relay(request, client, head, engine, open);
    void spoil(fault, request, client, head, engine, open);
  };
  const server = createServer((request) => serve(request, request.socket));
  server.on('upgrade', (request, client, head) => serve(request, client, head));
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.on('clientError', () => undefined);
  await new Promise<void>((done) =>
    socket === undefined ? server.listen(0, '127.0.0.1', done) : server.listen(socket, done),
  );
  const address = server.address() as AddressInfo | string;
  return {
    address: typeof address === 'string' ? `unix://${address}` : `tcp://127.0.0.1:${String(address.port)}`,
    requests,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

/** Sends the request on, on a connection of its own. */
function ask(request: IncomingMessage, head: Buffer | undefined, engine: string, open: Set<Duplex>): Socket {
  const tcp = /^tcp:\/\/(.+):(\d+)$/.exec(engine);
  const upstream = tcp
    ? connect({ host: tcp[1], port: Number(tcp[2]), allowHalfOpen: true })
    : connect({ path: engine.replace(/^unix:\/\//, ''), allowHalfOpen: true });
  open.add(upstream);
  upstream.once('close', () => open.delete(upstream));
  upstream.on('error', () => undefined);
  const names = request.rawHeaders.filter((_, i) => i % 2 === 0);
  const upgrades = request.headers.upgrade !== undefined;
  const chunked = request.headers['transfer-encoding'] !== undefined;
  const lines = names.flatMap((name, i) =>
    /^connection$/i.test(name) && !upgrades ? [] : [`${name}: ${request.rawHeaders[2 * i + 1] ?? ''}`],
  );
  if (!upgrades) lines.push('Connection: close');
  upstream.write(`${request.method ?? ''} ${request.url ?? ''} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  if (head) upstream.write(head);
  request.on('data', (chunk: Buffer) => {
    if (chunked) upstream.write(`${chunk.length.toString(16)}\r\n`);
    if (!upstream.write(chunked ? Buffer.concat([chunk, Buffer.from('\r\n')]) : chunk)) {
      request.pause();
      upstream.once('drain', () => request.resume());
    }
  });
  request.on('end', () => void (chunked && upstream.write('0\r\n\r\n')));
  return upstream;
}

function relay(
  request: IncomingMessage,
  client: Duplex,
  head: Buffer | undefined,
  engine: string,
  open: Set<Duplex>,
): void {
  const upstream = ask(request, head, engine, open);
  upstream.pipe(client);
  if (request.headers.upgrade !== undefined) client.pipe(upstream);
  upstream.once('close', () => client.destroy());
  client.once('close', () => upstream.destroy());
}

async function spoil(
  fault: Fault,
  request: IncomingMessage,
  client: Duplex,
  head: Buffer | undefined,
  engine: string,
  open: Set<Duplex>,
): Promise<void> {
  const whole = fault.asked ? await answered(ask(request, head, engine, open), client) : await drained(request);
  for (const piece of fault.pieces(whole)) {
    if (client.destroyed) return;
    if (piece === 'end') client.end();
    else if (piece === 'reset') reset(client as Socket);
    else if (piece === 'never') return;
    else if (typeof piece === 'number') await wait(piece);
    else if (!client.write(piece)) await new Promise((done) => client.once('drain', done).once('close', done));
  }
}

/** A unix socket cannot be reset: it is closed. */
function reset(client: Socket): void {
  if (client.remoteAddress === undefined) client.destroy();
  else client.resetAndDestroy();
}

/** How long the engine may take; of what goes on for ever, the beginning is enough. */
const answerMs = 5_000;

async function answered(upstream: Socket, client: Duplex): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  upstream.on('data', (chunk: Buffer) => parts.push(chunk));
  client.once('close', () => upstream.destroy());
  await Promise.race([new Promise((done) => upstream.once('end', done).once('close', done)), wait(answerMs)]);
  return Buffer.concat(parts);
}

async function drained(request: IncomingMessage): Promise<Uint8Array> {
  request.resume();
  if (request.headers.upgrade === undefined && !request.readableEnded)
    await Promise.race([new Promise((done) => request.once('end', done)), wait(answerMs)]);
  return new Uint8Array();
}

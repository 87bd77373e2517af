/** Stands between the program and its engine, and strikes at one of the requests that change something. */
import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

/** `unsent`: the engine never hears of it. `sent`: it has all of it. `answered`: its answer begins, and does not arrive. */
export const moments = ['unsent', 'sent', 'answered'] as const;
export type Moment = (typeof moments)[number];

export interface Blow {
  /** From 1, of the requests that change something. */
  readonly request: number;
  readonly moment: Moment;
  /** Resolves to whether the request, or its answer, may go on. */
  strike(): boolean | Promise<boolean>;
}

export interface Proxy extends AsyncDisposable {
  readonly address: string;
  /** Requests that change something, so far: `POST /v1.41/containers/create`. */
  readonly changing: readonly string[];
}

/** @param engine path of its socket @param path of the socket to listen at */
export async function proxyBetween(engine: string, path: string, blow?: Blow): Promise<Proxy> {
  const changing: string[] = [];

  /** @returns whether this is the one */
  function isStruck({ method = '', url = '' }: IncomingMessage): boolean {
    if (method === 'GET' || method === 'HEAD') return false;
    changing.push(`${method} ${url.replace(/\?.*/, '')}`);
    return changing.length === blow?.request;
  }

  /** @returns whether it may go on */
  async function at(moment: Moment): Promise<boolean> {
    return blow?.moment === moment ? blow.strike() : true;
  }

  /** Sends it on. What came of it is handed to `then`; what breaks off on one side breaks off on the other. */
  async function handOn(incoming: IncomingMessage, client: ServerResponse, struck: boolean) {
    if (struck && !(await at('unsent'))) return undefined;
    const { method, url, headers } = incoming;
    const outgoing = ask({ socketPath: engine, method, path: url, headers });
    outgoing.on('error', () => client.destroy());
    client.on('close', () => outgoing.destroy());
    if (struck) outgoing.once('finish', () => void wait(1).then(() => at('sent')));
    return outgoing;
  }

  /** What becomes a stream of both sides is handed on as it is: its beginning may have a body, and come in pieces. */
  async function passOn(incoming: IncomingMessage, client: Duplex, begun: Buffer, struck: boolean): Promise<void> {
    if (struck && !(await at('unsent'))) return;
    const upstream = connect(engine);
    upstream.on('error', () => client.destroy());
    client.on('close', () => upstream.destroy());
    upstream.write(headOf(incoming));
    upstream.write(begun);
    client.pipe(upstream);
    if (struck) void wait(1).then(() => at('sent'));
    upstream.once('end', () => client.end());
    upstream.once('data', (first: Buffer) => {
      upstream.pause();
      void (struck ? at('answered') : Promise.resolve(true)).then((goesOn) => {
        if (!goesOn || client.destroyed) return;
        client.write(first);
        upstream.pipe(client);
      });
    });
  }

  const server = createServer((incoming, outgoing) => {
    const struck = isStruck(incoming);
    outgoing.on('error', () => undefined);
    void handOn(incoming, outgoing, struck).then((onward) => {
      onward?.on('response', (answer) => {
        void (struck ? at('answered') : Promise.resolve(true)).then((goesOn) => {
          if (!goesOn || outgoing.destroyed) return;
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.on('error', () => outgoing.destroy()).pipe(outgoing);
          // an attached stream says nothing for long, and its beginning is waited for
          outgoing.flushHeaders();
        });
      });
      if (onward) incoming.pipe(onward);
    });
  });
  server.on('upgrade', (incoming, client: Duplex, head) => {
    client.on('error', () => undefined);
    void passOn(incoming, client, head, isStruck(incoming));
  });
  const sockets = new Set<Duplex>();
  server.on('connection', (socket: Duplex) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  // what a killed program leaves open must not be waited for
  server.on('clientError', (_error, socket) => socket.destroy());
  server.requestTimeout = 0;
  // as an engine has it, which leaves a connection open however long it is idle
  server.keepAliveTimeout = 0;
  server.listen(path);
  await once(server, 'listening');
  return {
    address: `unix://${path}`,
    changing,
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

function headOf({ method = '', url = '', httpVersion, rawHeaders }: IncomingMessage): string {
  const lines = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1] ?? ''}`] : []));
  return [`${method} ${url} HTTP/${httpVersion}`, ...lines, '', ''].join('\r\n');
}

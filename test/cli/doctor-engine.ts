/** Servers that answer as recorded, in whatever way a condition needs: over a socket, a port, TLS; and what is no engine. */
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TlsOptions } from 'node:tls';
import { root } from '../../build/paths.mjs';
import { container, diskUsage, info, version } from '../fixtures/recorded-engine.ts';

type Json = Readonly<Record<string, unknown>>;

export interface RecordedAnswers {
  readonly info?: Json;
  readonly version?: Json;
  readonly headers?: Readonly<Record<string, string>>;
  /** By path without version: an answer, or what is done instead. */
  readonly answers?: Readonly<Record<string, unknown>>;
}

/** What is done with a request in place of an answer. */
export type Instead = (request: IncomingMessage, response: ServerResponse) => void;

export const tlsFolder = join(root, 'test/fixtures/tls');
const pem = (name: string): string => readFileSync(join(tlsFolder, `${name}.pem`), 'utf8');

export function served(name: string, more: TlsOptions = {}): TlsOptions {
  return { cert: pem(name), key: pem(`${name}-key`), ca: pem('ca'), ...more };
}

export interface Servers {
  /** Listens at a path, or at a port of 127.0.0.1. @returns its address as docker writes it */
  listen(server: Server, at?: string): Promise<string>;
  close(): Promise<void>;
}

export function servers(): Servers {
  const open: { server: Server; sockets: Set<Socket> }[] = [];
  return {
    async listen(server, at) {
      const sockets = new Set<Socket>();
      server.on('connection', (socket: Socket) => {
        sockets.add(socket);
        socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
      });
      open.push({ server, sockets });
      if (at === undefined) server.listen(0, '127.0.0.1');
      else server.listen(at);
      await once(server, 'listening');
      return at === undefined ? `tcp://127.0.0.1:${String((server.address() as AddressInfo).port)}` : `unix://${at}`;
    },
    async close() {
      for (const { server, sockets } of open.splice(0)) {
        for (const socket of sockets) socket.destroy();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

export function engineServer(recorded: RecordedAnswers = {}): Server {
  return createHttpServer(answering(recorded));
}

export function tlsEngineServer(tls: TlsOptions, recorded: RecordedAnswers = {}): Server {
  return createHttpsServer(tls, answering(recorded));
}

function answering(recorded: RecordedAnswers): Instead {
  const told = { ...version, ...recorded.version };
  const answers: Readonly<Record<string, unknown>> = {
    '/version': told,
    '/info': { ...info, ...recorded.info },
    '/system/df': diskUsage,
    '/containers/json': [container],
    '/images/json': [],
    '/networks': [],
    '/volumes': { Volumes: [], Warnings: null },
    ...recorded.answers,
  };
  return (request, response) => {
    const path = (request.url ?? '').replace(/\?.*$/, '').replace(/^\/v\d+\.\d+/, '');
    const headers = {
      'Api-Version': String(told['ApiVersion']),
      Server: `Docker/${String(told['Version'])}`,
      ...recorded.headers,
    };
    if (path === '/_ping') return void response.writeHead(200, { ...headers, 'Content-Length': 2 }).end('OK');
    const answer =
      path === '/info' && typeof answers[path] === 'object'
        ? { SystemTime: new Date().toISOString(), ...answers[path] }
        : answers[path];
    if (typeof answer === 'function') return void (answer as Instead)(request, response);
    const status = answer === undefined ? 404 : 200;
    const body = answer ?? { message: 'page not found' };
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

/** The engine says no. */
export function refusing(message: string, status = 500): Instead {
  return (_, response) =>
    void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ message }));
}

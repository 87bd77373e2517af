/** The sockets to one engine: made here, counted here, destroyed here. node:http and dockerode share them. */
import { Agent as HttpAgent } from 'node:http';
import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Address } from './address.ts';
import type { Endpoint, TlsMaterial } from '../engine.ts';

/** How far the newest connection came. `heard`: the other side takes part in a TLS handshake; `secured`: the TLS handshake is done. `resolving`: the name of the host is looked up. */
export type Stage = 'resolving' | 'connecting' | 'connected' | 'heard' | 'secured';

export interface Dialer {
  readonly agent: HttpAgent;
  readonly secure: boolean;
  /** Socket or named pipe; else host and port. */
  readonly to: { readonly socketPath: string } | { readonly host: string; readonly port: number };
  /** Comes before every path; empty but for `tcp://host:port/path`. */
  readonly prefix: string;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  stage(): Stage;
  /** Destroys every socket that was made, hijacked ones included. */
  close(): void;
}

/** @throws what OpenSSL says of material that is no PEM, or a key that does not fit its certificate, when it first connects. */
export async function dialer(
  address: Exclude<Address, { kind: 'ssh' }>,
  { tls, headers = {} }: Pick<Endpoint, 'tls' | 'headers'> = {},
): Promise<Dialer> {
  const secure = tls !== undefined && address.kind === 'tcp';
  // idle sockets are kept for the next call, and do not keep the process alive (Node unrefs them)
  const agent = secure ? await secureAgent(tls) : new HttpAgent(plain);
  const isNamed = address.kind === 'tcp' && isIP(address.host) === 0;
  const watch = watchSockets(agent, isNamed ? 'resolving' : 'connecting');
  return {
    agent,
    secure,
    to: address.kind === 'tcp' ? { host: address.host, port: address.port } : { socketPath: address.path },
    prefix: address.kind === 'tcp' ? address.prefix : '',
    headers,
    stage: watch.stage,
    close() {
      agent.destroy();
      watch.destroyAll();
    },
  };
}

/** Without a name of its own, Node looks for one in the host, and builds patterns for 6 ms that only TLS needs. */
const plain = { keepAlive: true, servername: '' };

/** What TLS needs is loaded where it is used: 5 ms. */
async function secureAgent(tls: TlsMaterial): Promise<HttpAgent> {
  const { Agent } = await import('node:https');
  return new Agent({ keepAlive: true, ...secured(tls) });
}

function secured(tls: TlsMaterial): { ca?: string; cert?: string; key?: string; rejectUnauthorized: boolean } {
  const { ca, cert, key, verify } = tls;
  return {
    rejectUnauthorized: verify,
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  };
}

type Connect = (options: unknown, done?: unknown) => Duplex | undefined;

/** The agent forgets a socket once it is upgraded; somebody has to remember it. */
function watchSockets(agent: HttpAgent, first: Stage): { stage(): Stage; destroyAll(): void } {
  const sockets = new Set<Duplex>();
  let stage = first;
  const connecting = agent as unknown as { createConnection: Connect };
  const connect = connecting.createConnection.bind(agent);
  connecting.createConnection = (options, done) => {
    stage = first;
    const socket = connect(options, done) as Socket | undefined;
    if (!socket) return socket;
    sockets.add(socket);
    socket.once('lookup', () => (stage = 'connecting'));
    socket.once('connect', () => (stage = 'connected'));
    // keys are agreed on, so the server has said hello; both its refusals and its approval come later
    socket.once('keylog', () => (stage = 'heard'));
    socket.once('secureConnect', () => (stage = 'secured'));
    socket.once('close', () => sockets.delete(socket));
    return socket;
  };
  return {
    stage: () => stage,
    destroyAll() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

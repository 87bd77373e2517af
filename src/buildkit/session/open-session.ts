/**
 * A session: while a build lasts, BuildKit calls back on a connection that was opened to it, for the files, secrets and
 * logins that the build's line has named, and for nothing else.
 */
import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { Engine } from '../../engine/engine.ts';
import { messageOf } from '../protobuf.ts';
import { serveCalls, unary } from './grpc-server.ts';
import type { Method } from './grpc-server.ts';

export interface Session {
  /** For the query of POST /build. */
  readonly id: string;
  /** Why something that was asked for could not be given, where that was so. */
  fault(): unknown;
  close(): void;
}

/** @param methods by their paths @param key the same for the same folder: what the engine has of it need not travel again */
export async function openSession(
  engine: Engine,
  methods: ReadonlyMap<string, Method>,
  key: string,
  signal: AbortSignal,
): Promise<Session> {
  const id = randomUUID();
  const all = new Map([...methods, ['/grpc.health.v1.Health/Check', alive] as const]);
  const { status, stream } = await engine.send(
    { method: 'POST', path: '/session' },
    {
      signal,
      hijack: true,
      headers: {
        Upgrade: 'h2c',
        'X-Docker-Expose-Session-Uuid': id,
        'X-Docker-Expose-Session-Name': 'docker-tutor',
        'X-Docker-Expose-Session-Sharedkey': key,
        'X-Docker-Expose-Session-Grpc-Method': [...all.keys()],
      },
    },
  );
  if (status !== 101) {
    stream.destroy();
    throw new Error(`POST /session: HTTP status ${String(status)}`);
  }
  let fault: unknown;
  const close = serveCalls(stream as Duplex, all, (error) => (fault ??= error));
  return { id, fault: () => fault, close };
}

/** `SERVING` */
const alive: Method = (call) => unary(call, () => messageOf({ 1: 1 }));

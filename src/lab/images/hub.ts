/** Whether Docker Hub can be reached from here, asked briefly. */
import type { Socket } from 'node:net';
import { request as plainRequest } from 'node:http';
import { request } from 'node:https';
import { connect as tlsConnect } from 'node:tls';
import { limited, waited } from '../../waits/waits.ts';
import type { LabPaths } from '../folder.ts';
import { readJson, writeJson } from '../state.ts';

const host = 'registry-1.docker.io';
const probeLimit = 1500;
/** Milliseconds that an answer is trusted. */
const keep = 10 * 60_000;

interface HubSeen {
  readonly reachable: boolean;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The last answer, while it is fresh; else asks. Rejects with the signal's reason only. */
export async function hubSeen(paths: LabPaths, signal: AbortSignal): Promise<boolean> {
  const known = await hubKnown(paths);
  if (known !== undefined) return known;
  const reachable = await hubReachable(signal);
  await writeJson(paths.hub, { reachable, at: Date.now() } satisfies HubSeen);
  return reachable;
}

/** undefined where nobody asked of late. */
export async function hubKnown(paths: LabPaths): Promise<boolean | undefined> {
  const seen = (await readJson(paths.hub)) as Partial<HubSeen> | undefined;
  if (typeof seen?.reachable !== 'boolean' || typeof seen.at !== 'number') return undefined;
  const age = Date.now() - seen.at;
  return age >= 0 && age < keep ? seen.reachable : undefined;
}

/** Never rejects, except with the signal's reason. A name that does not resolve answers at once. */
async function hubReachable(signal: AbortSignal, env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  try {
    const proxy = env['HTTPS_PROXY'] ?? env['https_proxy'];
    return await waited({ for: 'the answer of Docker Hub', limitMs: probeLimit }, () =>
      limited(probeLimit, signal, async (both) =>
        asksForLogin(both, proxy ? await tunnel(new URL(proxy), both) : undefined),
      ),
    );
  } catch {
    signal.throwIfAborted();
    // Refused, unresolved, unreachable, intercepted or too slow: all mean that images do not come from there now.
    return false;
  }
}

/** A registry answers /v2/ with 401 and this header; a portal that wants a login of its own does not. */
function asksForLogin(signal: AbortSignal, socket: Socket | undefined): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const over = socket === undefined ? {} : { createConnection: () => tlsConnect({ socket, servername: host }) };
    request({ host, path: '/v2/', method: 'GET', signal, agent: false, ...over }, (reply) => {
      reply.resume();
      resolve(reply.statusCode === 401 && reply.headers['docker-distribution-api-version'] !== undefined);
    })
      .once('error', reject)
      .end();
  });
}

function tunnel(proxy: URL, signal: AbortSignal): Promise<Socket> {
  const auth =
    proxy.username === ''
      ? {}
      : {
          'proxy-authorization': `Basic ${Buffer.from(`${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`).toString('base64')}`,
        };
  return new Promise((resolve, reject) => {
    plainRequest({
      host: proxy.hostname,
      port: proxy.port || 80,
      method: 'CONNECT',
      path: `${host}:443`,
      headers: auth,
      signal,
    })
      .once('connect', (reply, socket) =>
        reply.statusCode === 200
          ? resolve(socket)
          : (socket.destroy(), reject(new Error(`proxy answered ${reply.statusCode}`))),
      )
      .once('error', reject)
      .end();
  });
}

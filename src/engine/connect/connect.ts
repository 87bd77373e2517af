/** From an endpoint to an Engine: who is there, versions agreed, and every way it can fail named. */
import { causeFailure } from '../../cause-failure.ts';
import type { Args } from '../../causes/cause.ts';
import type { CauseId } from '../../causes/catalogue.ts';
import { Failure } from '../../failure.ts';
import { hideSecretsIn } from '../../secret.ts';
import { waited } from '../../waits/waits.ts';
import { isAddress, parseAddress } from './address.ts';
import type { Address } from './address.ts';
import { connectProblem, endpointArgs } from './connect-problems.ts';
import { dialer } from './dialer.ts';
import type { Dialer } from './dialer.ts';
import { identify, introducedBy } from './identify.ts';
import { defaultAddress } from './known-sockets.ts';
import { askFirst, NoAnswer, ping } from './first-answers.ts';
import type { Endpoint, Engine, EngineAbout } from '../engine.ts';
import { limits, timesFor } from '../patience.ts';
import type { Tunnel } from './ssh-tunnel.ts';

export interface ConnectOptions {
  readonly signal: AbortSignal;
  /** Longest wait for the first answer, in ms, where the engine is not behind ssh. Default 5000. */
  readonly limitMs?: number;
  /** Where an engine is when nothing is set: a dead DOCKER_HOST is compared with it. Default: that of this platform. */
  readonly defaultAddress?: string;
}

/** @throws a Failure whose code is a cause id of doctor/catalogue, or the signal's reason. */
export async function connect(endpoint: Endpoint, options: ConnectOptions): Promise<Engine> {
  const { limitMs = limits.first } = options;
  const longest = timesFor(endpoint) * limitMs;
  const wait = { for: `the first answer at ${hideSecretsIn(endpoint.address)}`, limitMs: longest };
  try {
    return await waited(wait, () => connectTo(endpoint, options, longest));
  } catch (error) {
    options.signal.throwIfAborted();
    throw (await staleHost(endpoint, error, options)) ?? error;
  }
}

async function connectTo(
  endpoint: Endpoint,
  { signal }: Pick<ConnectOptions, 'signal'>,
  limitMs: number,
): Promise<Engine> {
  const address = addressOf(endpoint);
  const tunnel =
    address.kind === 'ssh' ? await (await import('./ssh-tunnel.ts')).openTunnel(address, endpoint, limitMs) : undefined;
  const near: Exclude<Address, { kind: 'ssh' }> = tunnel
    ? { kind: 'socket', path: tunnel.socketPath }
    : (address as Exclude<Address, { kind: 'ssh' }>);
  const dial = await dialer(near, endpoint);
  const close = (): void => {
    dial.close();
    tunnel?.close();
  };
  try {
    // dockerode loads while the engine thinks about its answer
    const [about, { dockerodeEngine }] = await Promise.all([
      introduced(endpoint, dial, signal, limitMs),
      import('../dockerode-engine.ts'),
    ]);
    return dockerodeEngine(endpoint, about, dial, close);
  } catch (error) {
    close();
    signal.throwIfAborted();
    throw await named(error, endpoint, dial, tunnel, limitMs);
  }
}

async function introduced(
  endpoint: Endpoint,
  dial: Dialer,
  signal: AbortSignal,
  limitMs: number,
): Promise<EngineAbout> {
  const until = performance.now() + limitMs;
  const first = await ping(dial, signal, limitMs);
  const about =
    introducedBy(first) ?? identify(await askFirst(dial, signal, Math.max(until - performance.now(), 1)), endpoint);
  return {
    ...about,
    apiVersion: endpoint.apiVersion ?? about.apiVersion,
    ...(first.headers['builder-version'] === '2' && { prefersBuildkit: true }),
  };
}

function addressOf(endpoint: Endpoint): Address {
  const address = parseAddress(endpoint.address);
  if (isAddress(address)) return address;
  throw causeFailure('E-HOST-INVALID', {
    args: {
      ...endpointArgs(endpoint),
      wrong: address.wrong,
      ...(address.instead !== undefined && { instead: address.instead }),
    },
  });
}

async function named(
  error: unknown,
  endpoint: Endpoint,
  dial: Dialer,
  tunnel: Tunnel | undefined,
  limitMs: number,
): Promise<unknown> {
  if (error instanceof Failure) return error;
  if (tunnel && !(error instanceof NoAnswer)) return tunnel.problem(error);
  const failure = connectProblem(error, { endpoint, stage: dial.stage(), limitMs, secure: dial.secure });
  // a TLS server often just hangs up on plain http; asking it again in TLS tells it from other programs
  const mute = failure?.code === 'E-NOT-AN-ENGINE' && !dial.secure && 'host' in dial.to;
  if (mute && (await (await import('./tls-probe.ts')).tlsServer(dial.to)))
    return causeFailure('E-TLS-WANTED', { args: failure.args, evidence: failure.evidence, cause: error });
  return (failure && (await withFacts(failure, endpoint, dial))) ?? error;
}

/** What the error alone does not tell: what stands at the path of the socket, what the certificates say. */
async function withFacts(failure: Failure, { tls, address }: Endpoint, dial: Dialer): Promise<Failure> {
  if ('socketPath' in dial.to) return atItsPath(failure, dial.to.socketPath);
  if (!tls || !aboutCertificates.has(failure.code)) return failure;
  const { refusedClient, tlsServer } = await import('./tls-probe.ts');
  if (failure.code === 'E-TLS-CLIENT') return toldMore(failure, refusedClient(tls, Date.now()));
  const said = (await tlsServer(dial.to)) ?? {};
  const since = said['since'];
  const what = since && `the certificate of ${address} holds only from ${since} on`;
  return toldMore(failure, { ...said, ...(what !== undefined && { what }) });
}

const aboutCertificates: ReadonlySet<string> = new Set(['E-TLS-CLIENT', 'E-TLS-EXPIRED', 'E-TLS-NAME', 'E-CLOCK']);

function toldMore({ code, args, evidence, cause }: Failure, more: Args): Failure {
  return causeFailure(code as CauseId, { args: { ...more, ...args }, evidence, cause });
}

const aboutThePath: ReadonlySet<string> = new Set(['E-SOCKET-DENIED', 'E-DAEMON-DOWN', 'E-SOCKET-MISSING']);

async function atItsPath(failure: Failure, path: string): Promise<Failure> {
  if (!aboutThePath.has(failure.code)) return failure;
  const { args, evidence, cause } = failure;
  const { socketPathArgs } = await import('./socket-path.ts');
  const found = socketPathArgs(path);
  const isNoSocket = failure.code === 'E-DAEMON-DOWN' && found['stands'] !== undefined;
  return isNoSocket
    ? causeFailure('E-SOCKET-MISSING', { args: { ...args, ...found }, evidence, cause })
    : toldMore(failure, found);
}

/** What a dead DOCKER_HOST looks like. */
const deadHost: ReadonlySet<string> = new Set([
  'E-SOCKET-MISSING',
  'E-DAEMON-DOWN',
  'E-DNS',
  'E-UNREACHABLE',
  'E-TIMEOUT',
]);

/** Names the better cause where the engine that docker would take without DOCKER_HOST answers at once. */
async function staleHost(endpoint: Endpoint, error: unknown, options: ConnectOptions): Promise<Failure | undefined> {
  if (endpoint.from !== 'DOCKER_HOST' || !(error instanceof Failure) || !deadHost.has(error.code)) return undefined;
  const instead = options.defaultAddress ?? defaultAddress(process.platform);
  const address = parseAddress(instead);
  if (instead === endpoint.address || !isAddress(address) || address.kind === 'ssh') return undefined;
  const dial = await dialer(address);
  try {
    identify(await askFirst(dial, options.signal, 400), { address: instead, from: 'default' });
    return causeFailure('E-HOST-STALE', {
      args: { ...error.args, default: instead },
      evidence: [`${error.code}: ${error.message}`, ...error.evidence, `${instead} answers`],
      cause: error,
    });
  } catch {
    // nothing there either: the first cause stands
    return undefined;
  } finally {
    dial.close();
  }
}

/** What Node says of a connection that failed, as a cause. By error code and fact; no English prose is read. Pure. */
import { causeFailure } from '../../cause-failure.ts';
import type { Args } from '../../causes/cause.ts';
import type { CauseId } from '../../causes/catalogue.ts';
import type { Failure } from '../../failure.ts';
import { hideSecretsIn } from '../../secret.ts';
import { hostOf, isAddress, parseAddress } from './address.ts';
import type { Stage } from './dialer.ts';
import { codeOf } from './error-code.ts';
import { NoAnswer } from './first-answers.ts';
import type { Endpoint } from '../engine.ts';
import { tlsCause } from './tls-problems.ts';
import type { Found } from './tls-problems.ts';

export interface ConnectFacts {
  readonly endpoint: Endpoint;
  readonly stage: Stage;
  /** Whether TLS was spoken. */
  readonly secure: boolean;
  readonly limitMs?: number;
  /** It has answered before: it is an engine, and was there. */
  readonly answered?: true;
}

/** The arguments that every cause of an endpoint has: address, from, detail, host, path. */
export function endpointArgs(endpoint: Endpoint): Args {
  const address = parseAddress(endpoint.address);
  return {
    address: hideSecretsIn(endpoint.address),
    from: endpoint.from,
    ...(endpoint.detail !== undefined && { detail: endpoint.detail }),
    ...(isAddress(address) && { host: hostOf(address) }),
    ...(isAddress(address) && 'path' in address && { path: address.path }),
    ...(isAddress(address) && address.kind === 'ssh' && { target: address.target }),
    ...(endpoint.tls?.folder !== undefined && { folder: endpoint.tls.folder, ca: `${endpoint.tls.folder}/ca.pem` }),
  };
}

/** @returns undefined for an error that no connection makes. */
export function connectProblem(error: unknown, facts: ConnectFacts): Failure | undefined {
  const limit = facts.limitMs === undefined ? undefined : `${String(facts.limitMs / 1000)} s`;
  const args = { ...endpointArgs(facts.endpoint), ...(limit !== undefined && { limit }) };
  if (error instanceof NoAnswer) {
    return causeFailure(silent(facts), {
      args,
      evidence: [`${silence(facts)} within ${limit ?? 'the limit'}`],
      cause: error,
    });
  }
  const code = codeOf(error);
  if (code === undefined) return undefined;
  const words = error instanceof Error && error.message !== '' ? error.message : code;
  const found = facts.answered ? causeAfterwards(code, facts, error) : causeOf(code, facts, error);
  return (
    found &&
    causeFailure(found.id, {
      args: { ...args, ...found.args },
      evidence: [(words.includes(code) ? words : `${code}: ${words}`).trim(), ...firstBytes(error)],
      cause: error,
    })
  );
}

function silent({ stage }: ConnectFacts): CauseId {
  if (stage === 'resolving') return 'E-DNS';
  return stage === 'connecting' ? 'E-TIMEOUT' : 'E-DAEMON-HUNG';
}

function silence({ stage, secure }: ConnectFacts): string {
  if (stage === 'resolving') return 'no name server answered';
  if (stage === 'connecting') return 'the connection did not come about';
  if (secure && stage !== 'secured') return 'connected; the TLS handshake was not answered';
  return 'connected; no answer came';
}

function causeOf(code: string, facts: ConnectFacts, error: unknown): Found | undefined {
  const atSocket = /^(unix|npipe):/.test(facts.endpoint.address);
  return byCode(atSocket ? onSocket : onTcp, code) ?? tlsCause(code) ?? answerCause(code, facts, atSocket, error);
}

/** What it means that an engine which was there cannot be heard any more. */
function causeAfterwards(code: string, facts: ConnectFacts, error: unknown): Found | undefined {
  if (code.startsWith('HPE_')) return { id: 'E-ENGINE-ANSWER', args: { wrong: 'it is not HTTP' } };
  const found = causeOf(code, facts, error);
  return found && gone.has(found.id) ? { id: 'E-ENGINE-LOST' } : found;
}

/** Nobody there, or who was there has left. */
const gone: ReadonlySet<CauseId> = new Set([
  'E-DAEMON-DOWN',
  'E-SOCKET-MISSING',
  'E-UNREACHABLE',
  'E-NOT-AN-ENGINE',
  'E-TLS-CLIENT',
  'E-TLS-NOT-SPOKEN',
]);

function byCode(table: Readonly<Record<string, CauseId>>, code: string): Found | undefined {
  const id = table[code];
  return id && { id };
}

const onSocket: Readonly<Record<string, CauseId>> = {
  ENOENT: 'E-SOCKET-MISSING',
  ENOTDIR: 'E-SOCKET-MISSING',
  EACCES: 'E-SOCKET-DENIED',
  EPERM: 'E-SOCKET-DENIED',
  ECONNREFUSED: 'E-DAEMON-DOWN',
  // what macOS says of a file that is no socket
  ENOTSOCK: 'E-DAEMON-DOWN',
  EPROTOTYPE: 'E-DAEMON-DOWN',
  // the queue of connections that nobody accepts is full
  EAGAIN: 'E-DAEMON-HUNG',
};

const onTcp: Readonly<Record<string, CauseId>> = {
  ENOTFOUND: 'E-DNS',
  EAI_AGAIN: 'E-DNS',
  EAI_FAIL: 'E-DNS',
  EAI_NODATA: 'E-DNS',
  EAI_NONAME: 'E-DNS',
  ECONNREFUSED: 'E-UNREACHABLE',
  EHOSTUNREACH: 'E-UNREACHABLE',
  EHOSTDOWN: 'E-UNREACHABLE',
  ENETUNREACH: 'E-UNREACHABLE',
  ENETDOWN: 'E-UNREACHABLE',
  EADDRNOTAVAIL: 'E-UNREACHABLE',
  EACCES: 'E-UNREACHABLE',
  EPERM: 'E-UNREACHABLE',
  ETIMEDOUT: 'E-TIMEOUT',
};

/** The connection stood, and what came over it was no answer. */
function answerCause(
  code: string,
  { stage, secure }: ConnectFacts,
  atSocket: boolean,
  error: unknown,
): Found | undefined {
  const cut = ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'EPROTO'].includes(code);
  // it took part in the handshake and then left: our certificate was not to its liking
  if (cut && secure) return { id: stage === 'secured' || stage === 'heard' ? 'E-TLS-CLIENT' : 'E-TLS-NOT-SPOKEN' };
  // Docker Desktop's socket takes connections and ends them while its machine is not up
  if (cut) return { id: atSocket ? 'E-DAEMON-DOWN' : 'E-NOT-AN-ENGINE' };
  if (!code.startsWith('HPE_')) return undefined;
  const first = rawPacket(error);
  // 0x15: a TLS alert record, RFC 8446 section 5.1
  return { id: first?.[0] === 0x15 && first[1] === 0x03 ? 'E-TLS-WANTED' : 'E-NOT-AN-ENGINE' };
}

function rawPacket(error: unknown): Buffer | undefined {
  return error instanceof Error && 'rawPacket' in error && Buffer.isBuffer(error.rawPacket)
    ? error.rawPacket
    : undefined;
}

/** Quoted as JSON, so that no control character of it survives. */
function firstBytes(error: unknown): readonly string[] {
  const packet = rawPacket(error);
  return packet ? [`it began with ${JSON.stringify(packet.subarray(0, 60).toString('latin1'))}`] : [];
}

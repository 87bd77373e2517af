/** What Node says of a connection that failed, as a cause. By error code and fact; no English prose is read. Pure. */
import { causeFailure } from '../doctor/cause-failure.ts';
import type { Args } from '../doctor/cause.ts';
import type { CauseId } from '../doctor/catalogue.ts';
import type { Failure } from '../failure.ts';
import { hostOf, isAddress, parseAddress, redacted } from './address.ts';
import type { Stage } from './dialer.ts';
import { NoAnswer } from './knock.ts';
import type { Endpoint } from './port.ts';

export interface ConnectFacts {
  readonly endpoint: Endpoint;
  readonly stage: Stage;
  /** Whether TLS was spoken. */
  readonly secure: boolean;
  readonly limitMs?: number;
}

/** The arguments that every cause of an endpoint has: address, from, detail, host, path. */
export function endpointArgs(endpoint: Endpoint): Args {
  const address = parseAddress(endpoint.address);
  return {
    address: redacted(endpoint.address),
    from: endpoint.from,
    ...(endpoint.detail !== undefined && { detail: endpoint.detail }),
    ...(isAddress(address) && { host: hostOf(address) }),
    ...(isAddress(address) && 'path' in address && { path: address.path }),
    ...(isAddress(address) && address.kind === 'ssh' && { target: address.target }),
  };
}

/** @returns undefined for an error that no connection makes. */
export function connectProblem(error: unknown, facts: ConnectFacts): Failure | undefined {
  const limit = facts.limitMs === undefined ? undefined : `${String(facts.limitMs / 1000)} s`;
  const args = { ...endpointArgs(facts.endpoint), ...(limit !== undefined && { limit }) };
  if (error instanceof NoAnswer) {
    return causeFailure(facts.stage === 'connecting' ? 'E-TIMEOUT' : 'E-DAEMON-HUNG', { args, evidence: [`${silence(facts)} within ${limit ?? 'the limit'}`], cause: error });
  }
  const code = codeOf(error);
  if (code === undefined) return undefined;
  const words = error instanceof Error && error.message !== '' ? error.message : code;
  const found = causeOf(code, facts, error);
  return found && causeFailure(found.id, { args: { ...args, ...found.args }, evidence: [words.includes(code) ? words : `${code}: ${words}`, ...firstBytes(error)], cause: error });
}

function silence({ stage, secure }: ConnectFacts): string {
  if (stage === 'connecting') return 'the connection did not come about';
  if (secure && stage !== 'secured') return 'connected; the TLS handshake was not answered';
  return 'connected; GET /version was not answered';
}

interface Found {
  readonly id: CauseId;
  readonly args?: Args;
}

function causeOf(code: string, facts: ConnectFacts, error: unknown): Found | undefined {
  const atSocket = /^(unix|npipe):/.test(facts.endpoint.address);
  return byCode(atSocket ? onSocket : onTcp, code) ?? tlsCause(code, error) ?? answerCause(code, facts, atSocket, error);
}

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

/** Names of OpenSSL's verification results and alerts as Node gives them. https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const certificateCause: Readonly<Record<string, CauseId>> = {
  CERT_HAS_EXPIRED: 'E-TLS-EXPIRED',
  CERT_NOT_YET_VALID: 'E-CLOCK',
  ERR_TLS_CERT_ALTNAME_INVALID: 'E-TLS-NAME',
  HOSTNAME_MISMATCH: 'E-TLS-NAME',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'E-TLS-CA',
  SELF_SIGNED_CERT_IN_CHAIN: 'E-TLS-CA',
  UNABLE_TO_GET_ISSUER_CERT: 'E-TLS-CA',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'E-TLS-CA',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'E-TLS-CA',
  CERT_UNTRUSTED: 'E-TLS-CA',
  CERT_REJECTED: 'E-TLS-CA',
  CERT_SIGNATURE_FAILURE: 'E-TLS-CA',
  CERT_CHAIN_TOO_LONG: 'E-TLS-CA',
  INVALID_CA: 'E-TLS-CA',
  INVALID_PURPOSE: 'E-TLS-CA',
  ERR_SSL_WRONG_VERSION_NUMBER: 'E-TLS-NOT-SPOKEN',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'E-TLS-NOT-SPOKEN',
  ERR_SSL_HTTP_REQUEST: 'E-TLS-NOT-SPOKEN',
};

function tlsCause(code: string, error: unknown): Found | undefined {
  const id = certificateCause[code];
  if (id === 'E-TLS-NAME') {
    const reason = error instanceof Error && 'reason' in error && typeof error.reason === 'string' ? error.reason : '';
    return { id, args: { ...(reason !== '' && { wrong: reason }) } };
  }
  if (id) return { id };
  // the server's alert about our certificate, or a lack of one
  if (/^ERR_SSL_.*ALERT/.test(code)) return { id: 'E-TLS-CLIENT' };
  if (/^ERR_OSSL_|^ERR_CRYPTO_/.test(code)) return { id: 'E-TLS-CLIENT', args: { wrong: 'Certificate or key is not PEM, or they do not belong together.' } };
  return undefined;
}

/** The connection stood, and what came over it was no answer. */
function answerCause(code: string, { stage, secure }: ConnectFacts, atSocket: boolean, error: unknown): Found | undefined {
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
  return error instanceof Error && 'rawPacket' in error && Buffer.isBuffer(error.rawPacket) ? error.rawPacket : undefined;
}

/** Quoted as JSON, so that no control character of it survives. */
function firstBytes(error: unknown): readonly string[] {
  const packet = rawPacket(error);
  return packet ? [`it began with ${JSON.stringify(packet.subarray(0, 60).toString('latin1'))}`] : [];
}

/** Node's error code; of several attempts (IPv6, IPv4) the first that has one. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? error.errors.map(codeOf).find((code) => code !== undefined) : undefined;
}

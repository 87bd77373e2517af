/** Who answered: the engine's account of itself, or the Failure that says what else it is. Pure. */
import { causeFailure } from '../../cause-failure.ts';
import type { Failure } from '../../failure.ts';
import { endpointArgs } from './connect-problems.ts';
import type { FirstAnswer } from './first-answers.ts';
import type { Endpoint, EngineAbout } from '../engine.ts';
import { isBefore } from '../../version-order.ts';

/** Lowest: that of Docker Engine 20.10, the oldest the lessons are tried on. Highest: that of 28.5. */
const ourVersions = { lowest: '1.41', highest: '1.51' } as const;

/**
 * Podman, for its `/version`, asks dpkg or rpm for the package of each program it uses, which can take longer than a first
 * answer may.
 * @returns undefined where the headers of a ping do not tell enough: then `/version` does, or why not
 */
export function introducedBy({ status, headers }: FirstAnswer): EngineAbout | undefined {
  const flavour = flavourOf(headers);
  const [, name, version] = /^(Docker|Libpod)\/(\S+)/.exec(headers['server'] ?? '') ?? [];
  const theirs = headers['api-version'] ?? '';
  if (status !== 200 || version === undefined || !isVersion(theirs)) return undefined;
  if ((name === 'Libpod') !== (flavour === 'podman')) return undefined;
  // of an older one it gives the words, of a newer one whether it still speaks ours
  if (isBefore(theirs, ourVersions.lowest) || isBefore(ourVersions.highest, theirs)) return undefined;
  return { version, apiVersion: theirs, told: { Version: version, ApiVersion: theirs }, flavour };
}

/** @throws Failure E-NOT-AN-ENGINE, E-TLS-WANTED, E-ENGINE-ERROR, E-API-TOO-OLD, E-API-TOO-NEW. */
export function identify(answer: FirstAnswer, endpoint: Endpoint): EngineAbout {
  const told = toldVersion(answer.body);
  const theirs = told?.['ApiVersion'];
  if (answer.status !== 200 || typeof theirs !== 'string' || !isVersion(theirs))
    throw notAnEngine(answer, told, endpoint);
  const text = (name: string, otherwise: string): string => {
    const value = told?.[name];
    return typeof value === 'string' ? value : otherwise;
  };
  const version = text('Version', 'unknown');
  const lowest = text('MinAPIVersion', '1.0');
  const args = { ...endpointArgs(endpoint), version };
  const evidence = [
    `engine ${version}: API ${lowest} to ${theirs}; docker-tutor: API ${ourVersions.lowest} to ${ourVersions.highest}`,
  ];
  if (isBefore(theirs, ourVersions.lowest))
    throw causeFailure('E-API-TOO-OLD', { args: { ...args, theirs, ours: ourVersions.lowest }, evidence });
  if (isBefore(ourVersions.highest, lowest))
    throw causeFailure('E-API-TOO-NEW', { args: { ...args, theirs: lowest, ours: ourVersions.highest }, evidence });
  return {
    version,
    apiVersion: isBefore(theirs, ourVersions.highest) ? theirs : ourVersions.highest,
    told: told ?? {},
    flavour: flavourOf(answer.headers),
  };
}

function flavourOf(headers: FirstAnswer['headers']): EngineAbout['flavour'] {
  return headers['libpod-api-version'] === undefined ? 'docker' : 'podman';
}

function isVersion(text: string): boolean {
  return /^\d+\.\d+$/.test(text);
}

function toldVersion(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    // a web page, a proxy's words
    return undefined;
  }
}

function notAnEngine(
  answer: FirstAnswer,
  told: Readonly<Record<string, unknown>> | undefined,
  endpoint: Endpoint,
): Failure {
  const args = endpointArgs(endpoint);
  const evidence = [`GET /version: ${seen(answer)}`];
  // Go's and nginx's answer to plain http on a TLS port; there is no code for it
  if (answer.status === 400 && /HTTP request (to an HTTPS server|was sent to HTTPS port)/i.test(answer.body))
    return causeFailure('E-TLS-WANTED', { args, evidence });
  const words = told?.['message'];
  const isDocker =
    /^(Docker|Libpod)\//i.test(answer.headers['server'] ?? '') || answer.headers['api-version'] !== undefined;
  if (isDocker && typeof words === 'string')
    return causeFailure('E-ENGINE-ERROR', { args: { ...args, words }, evidence });
  return causeFailure('E-NOT-AN-ENGINE', { args, evidence });
}

/** Quoted as JSON, so that no control character of it survives. */
function seen({ status, headers, body }: FirstAnswer): string {
  const told = (['server', 'content-type', 'location'] as const).flatMap((name) =>
    headers[name] === undefined ? [] : [`${name} ${JSON.stringify(headers[name])}`],
  );
  const start = body.trim() === '' ? 'an empty body' : `body ${JSON.stringify(body.trim().slice(0, 80))}`;
  return [`status ${String(status)}`, ...told, start].join(', ');
}

/** From whatever failed to a named cause: error codes and facts first, the engine's words where it gives nothing else. Pure. */
import { posix } from 'node:path';
import { endpointOf } from '../api/endpoints/endpoint-of.ts';
import { causeFailure } from '../cause-failure.ts';
import type { Args } from '../causes/cause.ts';
import { Failure } from '../failure.ts';
import { EngineError } from '../api/request.ts';
import type { Request } from '../api/request.ts';
import { cutImageName, withTag } from '../image-name.ts';
import { isWholeId, shortId, withShortIds } from '../short-id.ts';
import { connectProblem, endpointArgs } from './connect/connect-problems.ts';
import type { Endpoint, EngineAbout } from './engine.ts';
import { refusalRows } from './refusals.ts';
import type { RefusalRow } from './refusals.ts';

/** What is known besides the error. All of it may be absent. */
export interface Circumstances {
  readonly endpoint?: Endpoint;
  readonly about?: EngineAbout;
  /** The last output of the failing build step or container: it may name a deeper cause. */
  readonly output?: string;
}

/**
 * @returns undefined for what neither the engine nor the way to it can have caused: a bug, an abort, a file of ours.
 * A Failure is returned as it is.
 */
export function problemOf(thrown: unknown, around: Circumstances = {}): Failure | undefined {
  if (thrown instanceof Failure) return thrown;
  if (thrown instanceof EngineError) return engineFailure(thrown, around);
  if (!around.endpoint || !fromSocket(thrown)) return undefined;
  return connectProblem(thrown, {
    endpoint: around.endpoint,
    stage: 'connected',
    secure: around.endpoint.tls !== undefined,
  });
}

/** Whether the engine cannot be asked any more, so that asking it something else only takes as long again. */
export function isOutOfReach(error: unknown): boolean {
  return error instanceof Failure && (error.code === 'E-DAEMON-HUNG' || error.code === 'E-ENGINE-LOST');
}

/** System calls of a socket; `open` or `stat` would be a file of ours. */
function fromSocket(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    (!('syscall' in thrown) || /^(connect|read|write|getaddrinfo)$/.test(String(thrown.syscall)))
  );
}

/** The cause of an engine's refusal; E-ENGINE-ERROR with its words where there is no better one. */
export function engineFailure(error: EngineError, around: Circumstances = {}): Failure {
  const { request, status, message } = error;
  const words = message.trim() === '' ? `HTTP status ${String(status)}` : message.trim();
  const evidence = [withShortIds(`${request.method} ${request.path} → ${String(status)}: ${shortened(words)}`)];
  const base = {
    ...(around.endpoint && endpointArgs(around.endpoint)),
    ...(around.about && { flavour: around.about.flavour }),
    words: shortened(words),
  };
  for (const row of refusalRows) {
    const found = fits(row, error);
    if (!found) continue;
    const id = row.id === 'E-BUILD-FAILED' && noNetwork.test(around.output ?? '') ? 'E-BUILD-NETWORK' : row.id;
    return causeFailure(id, {
      args: readable({ ...base, ...requestArgs(request), ...row.args, ...groupsOf(found) }, request),
      evidence,
      cause: error,
    });
  }
  return causeFailure('E-ENGINE-ERROR', { args: base, evidence, cause: error });
}

/** What package managers and resolvers say in a build step: there is nothing but their words. */
const noNetwork =
  /Temporary failure (?:in name resolution|resolving)|Could not resolve host|Name or service not known|Network is unreachable|EAI_AGAIN|bad address '|network error \(check Internet connection/i;

function fits(row: RefusalRow, { request, status, message }: EngineError): RegExpExecArray | true | undefined {
  if (row.status && !row.status.includes(status)) return undefined;
  const asked = row.asked && endpointOf(request)?.key;
  if (row.asked && !row.asked.some((key) => key === asked)) return undefined;
  return row.says ? (row.says.exec(message) ?? undefined) : true;
}

/** Named groups that matched; `port2` is another place where `port` may stand. */
function groupsOf(found: RegExpExecArray | true): Args {
  const groups: Readonly<Record<string, string | undefined>> = found === true ? {} : (found.groups ?? {});
  return Object.fromEntries(
    Object.entries(groups).flatMap(([name, value]) => (value === undefined ? [] : [[name.replace(/\d$/, ''), value]])),
  );
}

/** A whole id is nothing to read: the name that was asked for stands for it. What a sentence needs besides is cut out of what is there. */
function readable(args: Args, request: Request): Args {
  const { path, filter } = args;
  const asked = request.path.startsWith('/containers/') ? (endpointOf(request)?.name ?? '') : '';
  const names = [args['container'] ?? '', asked].filter((name) => name !== '');
  const container = names.find((name) => !isWholeId(name)) ?? names[0];
  return {
    ...args,
    ...(container !== undefined && { container: isWholeId(container) ? shortId(container) : container }),
    ...(path?.startsWith('/') && { folder: posix.dirname(path) }),
    ...(filter !== undefined && { key: filter.replace(/=.*/s, '') }),
  };
}

/** What the request itself tells: the image and its registry, which the engine asks for it, and whether it was a push. */
export function requestArgs(request: Request): Args {
  const { query = {} } = request;
  const endpoint = endpointOf(request);
  const pushed = endpoint?.key === 'POST /images/{name*}/push' ? endpoint.name : undefined;
  const looked = endpoint?.key === 'GET /distribution/{name*}/json' ? endpoint.name : undefined;
  const name = query['fromImage'] ?? pushed ?? looked;
  if (name === undefined || name === '') return {};
  const { domain, familiarName } = cutImageName(name);
  return {
    image: withTag(name, query['tag']),
    repository: familiarName,
    registry: domain,
    ...(pushed !== undefined && { doing: 'push' }),
  };
}

/** Bounded, for a screen; the whole is in the failure's `cause`. */
function shortened(words: string): string {
  return words.length > 500 ? `${words.slice(0, 500)}…` : words;
}

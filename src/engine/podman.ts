/** Where Podman's Docker-compatible API is not Docker's: what is asked of it in other words, and how it says that it lacks a part. */
import { endpointOf } from '../api/endpoints/endpoint-of.ts';
import type { KnownEndpoint } from '../api/endpoints/endpoint-of.ts';
import type { Request } from '../api/request.ts';

/** Seconds from SIGTERM to SIGKILL, where nobody says how many. */
const stopTimeout = 10;

/** As Podman 4.3 needs it, where it does otherwise what Docker does by itself. */
const otherwise: Partial<Record<KnownEndpoint, (request: Request) => Request>> = {
  // waited for its removal, every container has ended with 0
  'POST /containers/{id}/wait': (request) =>
    request.query?.['condition'] === 'removed'
      ? { ...request, query: { ...request.query, condition: 'next-exit' } }
      : request,
  // without a number it is none, and stop kills at once
  'POST /containers/create': (request) => ({ ...request, body: { StopTimeout: stopTimeout, ...request.body } }),
  // an empty body cannot be read: "Decode(): EOF"
  'POST /commit': (request) => ({ ...request, body: request.body ?? {} }),
};

/** What is sent for a request. */
export function asPodmanTakes(request: Request): Request {
  const endpoint = endpointOf(request);
  return (endpoint && otherwise[endpoint.key]?.(request)) ?? request;
}

/**
 * Whether it has no such request. It says 404 to that, as to a thing that is not there: in the words of its router, or in
 * its own. Nobody may take that for an answer about things.
 */
export function isWithoutRoute(status: number, text: string): boolean {
  return status === 404 && (text.trim() === 'Not Found' || /"message":"Path \S+ is not supported"/.test(text));
}

/** Its answer then: Not Implemented, in words that say what. */
export const withoutRoute = {
  status: 501,
  words: ({ method, path }: Request): string => `Podman’s Docker-compatible API has no ${method} ${path}`,
} as const;

/** Of a push that fails before it begins, Podman says what belongs into the stream: `{"errorDetail": {"message": …}}`. */
export function asDockerSays(no: unknown): unknown {
  return typeof no === 'object' && no !== null && 'errorDetail' in no ? no.errorDetail : no;
}

/** What a stream comes from: asked beside one that is silent, it says whether more can come. Pure. */
import { endpointOf } from '../api/endpoints/endpoint-of.ts';
import type { KnownEndpoint } from '../api/endpoints/endpoint-of.ts';
import { objectIn, scalar } from '../api/json-parts.ts';
import type { Request } from '../api/request.ts';

/** @returns the question; undefined where a stream comes from the engine itself */
export function sourceOf(request: Request): Request | undefined {
  if (!ofPrograms.has(endpointOf(request)?.key)) return undefined;
  return { method: 'GET', path: request.path.replace(/\/[a-z]+$/, '/json') };
}

const ofPrograms: ReadonlySet<KnownEndpoint | undefined> = new Set<KnownEndpoint>([
  'POST /containers/{id}/attach',
  'POST /containers/{id}/wait',
  'GET /containers/{name*}/logs',
  'POST /exec/{id}/start',
]);

/** Whether a container or a command in it has ended: not one that has yet to start. */
export function isOver(status: number, body: unknown): boolean {
  if (status === 404) return true;
  const { State: state, Running: running, ExitCode: exitCode } = objectIn(body);
  if (state === undefined) return running === false && typeof exitCode === 'number';
  return ['exited', 'dead'].includes(scalar(objectIn(state)['Status']));
}

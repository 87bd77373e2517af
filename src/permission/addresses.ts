/** Whom a step asks from this machine, by its request and by its checks, and the permission for those that are elsewhere. */
import { isLoopback } from '../check/ask/ip-address.ts';
import { asksIn } from '../check/claims.ts';
import { bracketed, readAddress } from '../check/ask/own-address.ts';
import { registryHost } from '../check/ask/registry-api.ts';
import type { AskedPlace } from '../check/look.ts';
import { permissionFor } from '../permission-name.ts';
import type { Claim, Step } from '../scenario/schema.ts';
import type { Path } from '../yaml/places.ts';
import type { Need } from './workspace-limits.ts';

interface Asked {
  readonly place: AskedPlace;
  /** Below the step. */
  readonly path: Path;
}

export function placesAsked(step: Step): readonly Asked[] {
  return [
    ...('request' in step ? [requested(step.request)] : []),
    ...step.expect.flatMap((claim, i) => asksOf(claim, ['expect', i])),
    ...step.mistakes.flatMap(({ when }, i) => asksOf(when, ['mistakes', i, 'when'])),
  ];
}

function requested(request: Extract<Step, { request: unknown }>['request']): Asked {
  return 'url' in request
    ? { place: { url: request.url }, path: ['request', 'url'] }
    : { place: { port: request.port }, path: ['request', 'port'] };
}

function asksOf(claim: Claim, at: Path): readonly Asked[] {
  return asksIn(claim).map(({ place, path }) => ({ place, path: [...at, ...path] }));
}

/** As its author wrote it. */
export function placeWords(place: AskedPlace): string {
  if ('url' in place) return place.url;
  return 'registry' in place ? place.registry : `port ${String(place.port)}`;
}

/**
 * What is asked elsewhere. What a name really leads to is judged when it is asked.
 * @returns a port on the engine's host, or the permission that is needed @throws Failure for what is no address
 */
export function needOfPlace(place: AskedPlace, portsHost: string): Need | { readonly ownPort: number } {
  if ('port' in place) return { ownPort: place.port };
  const { host, port } = 'url' in place ? readAddress(place.url) : registryHost(place.registry);
  if (host === portsHost || host === 'localhost' || isLoopback(host)) return { ownPort: port };
  const what = `asks ${host}, which is neither this machine nor the engine’s`;
  return 'registry' in place
    ? { permission: permissionFor('registry', place.registry), what }
    : { permission: permissionFor('address', `${bracketed(host)}:${String(port)}`), what };
}

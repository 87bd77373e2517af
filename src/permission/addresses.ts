/** Whom a step asks from this machine, by its request and by its checks, and the permission for those that are elsewhere. */
import { isLoopback, meantBy } from '../engine/ip-address.ts';
import { asksIn } from '../check/claims.ts';
import { bracketed, readAddress } from '../web/own-address.ts';
import type { HostAndPort } from '../web/own-address.ts';
import { registryHost } from '../web/registry-api.ts';
import type { AskedPlace } from '../check/look.ts';
import { permissionFor } from '../permission-name.ts';
import type { Claim, Step } from '../scenario/schema.ts';
import type { Path } from '../yaml/places.ts';
import type { OwnThings } from './own-things.ts';
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
 * On the engine's host, ports that the scenario publishes need none. What a name really leads to is judged when it is asked.
 * @throws Failure for what is no address
 */
export function needsOfPlace(place: AskedPlace, own: OwnThings, portsHost = 'localhost'): readonly Need[] {
  const { host, port } = placeIn(place, portsHost);
  const isOwnHost = host === portsHost || host === 'localhost' || isLoopback(host);
  if (isOwnHost && own.isPublished(port)) return [];
  const address = `${bracketed(host)}:${String(port)}`;
  const what = `asks ${address}, ${isOwnHost ? 'a port that no step up to this one publishes' : 'which is neither this machine nor the engine’s'}`;
  const permission =
    'registry' in place ? permissionFor('registry', place.registry) : permissionFor('address', address);
  return [{ permission, what }];
}

/** Asked by the engine: a port that is published at 127.0.0.1 alone may be somebody else’s at the other `localhost`. */
export function needsOfRegistry(name: string, own: OwnThings): readonly Need[] {
  const { host, port } = registryHost(name);
  const needs = needsOfPlace({ registry: name }, own);
  if (needs.length > 0 || own.isPublished(port, meantBy(host))) return needs;
  return [
    { permission: permissionFor('registry', name), what: `asks ${name}, which it has not published at each address` },
  ];
}

function placeIn(place: AskedPlace, portsHost: string): Pick<HostAndPort, 'host' | 'port'> {
  if ('port' in place) return { host: portsHost, port: place.port };
  return 'url' in place ? readAddress(place.url) : registryHost(place.registry);
}

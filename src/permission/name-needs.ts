/** Names of things that are not the scenario's own: the permission that each needs, as far as it is seen before anything runs. */
import { endpointOf } from '../api/endpoints/endpoint-of.ts';
import { named, referencesAt } from '../api/references/references-of.ts';
import type { Reference, Thing } from '../api/references/reference.ts';
import type { Request } from '../api/request.ts';
import { thingsIn } from '../check/claims.ts';
import type { NamedThing } from '../check/look.ts';
import { permissionFor, readPermission } from '../permission-name.ts';
import type { NamedKind } from '../permission-name.ts';
import type { Step } from '../scenario/schema.ts';
import type { Path } from '../yaml/places.ts';
import { needsOfRegistry } from './addresses.ts';
import type { OwnThings } from './own-things.ts';
import type { Need } from './workspace-limits.ts';

/** Of a request of a command, whose own makings are known. */
export function needsOfNames(request: Request, own: OwnThings): readonly Need[] {
  const endpoint = endpointOf(request);
  if (!endpoint) return [];
  own.addMounted(request);
  const path = request.method === 'DELETE' ? undefined : named(endpoint);
  return [...(path ? [path] : []), ...referencesAt(request, endpoint)].flatMap((reference) =>
    needsOfName(reference, own),
  );
}

/** What is removed, and is not the run's, stays: that needs no leave. */
export function needsOfName(reference: Reference, own: OwnThings): readonly Need[] {
  const { of, name, how } = reference;
  switch (of) {
    case 'container':
    case 'volume':
    case 'network':
    case 'image':
    case 'service':
    case 'secret':
    case 'config':
      return own.isOwn(of, name) ? [] : needNamed(of, name, `${how}, ${whyNotOwn(of)}`);
    case 'registry':
      if (reference.image !== undefined && own.isOwn('image', reference.image)) return [];
      return needsOfRegistry(name, own).map(({ permission }) => ({ permission, what: how }));
    case 'right':
    case 'host-path':
    case 'address':
    case 'capability':
    case 'log-driver':
    case 'runtime':
    case 'driver':
      // reference-needs.ts
      return [];
  }
}

/** What cannot be named is no name that docker takes: the engine says so. */
function needNamed(kind: NamedKind, name: string, what: string): readonly Need[] {
  const permission = readPermission(permissionFor(kind, kind === 'container' ? name.replace(/^\//, '') : name));
  return permission === undefined ? [] : [{ permission, what }];
}

function whyNotOwn(of: Thing): string {
  return of === 'image'
    ? 'which is not in requires.images, and which no step up to this one makes'
    : 'which no step up to this one makes';
}

interface NamedInCheck {
  readonly thing: NamedThing;
  /** Below the step. */
  readonly path: Path;
}

/** What the checks of a step look at. */
export function thingsLookedAt(step: Step): readonly NamedInCheck[] {
  return [
    ...step.expect.flatMap((claim, i) => within(thingsIn(claim), ['expect', i])),
    ...step.mistakes.flatMap(({ when }, i) => within(thingsIn(when), ['mistakes', i, 'when'])),
  ];
}

function within(things: ReturnType<typeof thingsIn>, at: Path): readonly NamedInCheck[] {
  return things.map(({ thing, path }) => ({ thing, path: [...at, ...path] }));
}

/** An alias, which is asked for inside a container, is no thing of its own. */
export function needsOfThing({ kind, name, made }: NamedThing, own: OwnThings): readonly Need[] {
  if ((!made && kind !== 'image') || own.isOwn(kind, name)) return [];
  return needNamed(kind, name, `looks at the ${kind} ${name}, ${whyNotOwn(kind)}`);
}

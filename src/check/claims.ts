/** Claims of every kind, and `all`, `any`, `not` of them: their words, and one look. */
import { Failure } from '../failure.ts';
import { canonical } from '../image-name.ts';
import type { KeptThing } from '../api/guard.ts';
import type { CheckDone } from '../events/events.ts';
import type { Claim, Kind, KindFields, LookingClaim } from '../scenario/expectation.ts';
import { build } from './kinds/build.ts';
import { compose } from './kinds/compose.ts';
import { container } from './kinds/container.ts';
import { engine } from './kinds/engine.ts';
import { exec } from './kinds/exec.ts';
import { file } from './kinds/file.ts';
import { http } from './kinds/http.ts';
import { image } from './kinds/image.ts';
import { logs } from './kinds/logs.ts';
import type { AskedPlace, KindOfCheck, Look, LookContext, NamedThing } from './look.ts';
import { network } from './kinds/network.ts';
import { output } from './kinds/output.ts';
import { reachable } from './kinds/reachable.ts';
import { registry } from './kinds/registry.ts';
import { service } from './kinds/service.ts';
import { volume } from './kinds/volume.ts';

const kinds: { readonly [K in Kind]: KindOfCheck<KindFields[K]> } = {
  container,
  image,
  network,
  volume,
  output,
  logs,
  http,
  exec,
  reachable,
  build,
  registry,
  compose,
  service,
  file,
  engine,
};

type Looking = { readonly name: Kind; readonly kind: KindOfCheck<unknown>; readonly fields: unknown };

export function claimWords(claim: Claim): string {
  if ('all' in claim) return claim.all.map(claimWords).join(', and ');
  if ('any' in claim) return claim.any.map(claimWords).join(', or ');
  if ('not' in claim) return `it is not so that ${claimWords(claim.not)}`;
  const { kind, fields } = lookingOf(claim);
  return kind.claim(fields);
}

export function expectedWords(claim: Claim): string {
  if ('all' in claim) return claim.all.map(expectedWords).join('; ');
  if ('any' in claim) return claim.any.map(expectedWords).join('; or ');
  if ('not' in claim) return `not: ${expectedWords(claim.not)}`;
  const { kind, fields } = lookingOf(claim);
  return kind.expected(fields);
}

/** Which kind of expectation it is. */
export function kindOf(claim: Claim): CheckDone['kind'] {
  if ('all' in claim) return 'all';
  if ('any' in claim) return 'any';
  if ('not' in claim) return 'not';
  return lookingOf(claim).name;
}

/** The fields it looks at: `state, ports`; of several things, each with its kind: `container.state, http.status`. */
export function propertyWords(claim: Claim): string {
  if ('all' in claim) return claim.all.map(withKind).join(', ');
  if ('any' in claim) return claim.any.map(withKind).join(', ');
  if ('not' in claim) return withKind(claim.not);
  const { kind, fields } = lookingOf(claim);
  return kind.property(fields);
}

function withKind(claim: Claim): string {
  const words = propertyWords(claim);
  if ('all' in claim || 'any' in claim || 'not' in claim) return words;
  return words
    .split(', ')
    .map((property) => `${lookingOf(claim).name}.${property}`)
    .join(', ');
}

export async function lookAt(claim: Claim, context: LookContext): Promise<Look> {
  if ('all' in claim)
    return combined(await lookAtEach(claim.all, context), (looks) => looks.every(({ holds }) => holds));
  if ('any' in claim)
    return combined(await lookAtEach(claim.any, context), (looks) => looks.some(({ holds }) => holds));
  if ('not' in claim) {
    const { holds, observed, absent, final, undecided } = await lookAt(claim.not, context);
    const isNot = !holds && !undecided;
    return {
      holds: isNot,
      observed: isNot ? (absent ?? observed) : observed,
      ...(final && { final }),
      ...(undecided && { undecided }),
    };
  }
  const { kind, fields } = lookingOf(claim);
  return kind.look(fields, context);
}

/** Whether the claim depends on this thing: by name, and by what an image's name means. */
export function isAbout(claim: Claim, thing: KeptThing): boolean {
  if ('all' in claim) return claim.all.some((one) => isAbout(one, thing));
  if ('any' in claim) return claim.any.some((one) => isAbout(one, thing));
  if ('not' in claim) return isAbout(claim.not, thing);
  const { kind, fields } = lookingOf(claim);
  const thingKind = thing.kind === 'tag' ? 'image' : thing.kind;
  return kind
    .names(fields)
    .some(
      ({ kind: what, name }) =>
        what === thingKind && (name === thing.name || (what === 'image' && canonical(name) === canonical(thing.name))),
    );
}

/** What runs in a container, or asks a server, may change what is looked at after it. */
export function onlyLooks(claim: Claim): boolean {
  if ('all' in claim) return claim.all.every(onlyLooks);
  if ('any' in claim) return claim.any.every(onlyLooks);
  if ('not' in claim) return onlyLooks(claim.not);
  return !lookingOf(claim).kind.acts;
}

/** Whether it looks at what a command printed: who did not perform it cannot tell. */
export function needsOutcome(claim: Claim): boolean {
  return lookingsIn(claim).some(
    ({ looking: { name, fields } }) =>
      name === 'output' ||
      name === 'build' ||
      (name === 'registry' && (fields as KindFields['registry']).printed === true),
  );
}

/** What the claim is about, thing by thing. */
export function namesIn(claim: LookingClaim): readonly NamedThing[] {
  const { kind, fields } = lookingOf(claim);
  return kind.names(fields);
}

/** Whose answer decides it: no waiting changes what a step has not done, no step changes what the machine says of itself. */
export function judgedBy(claim: LookingClaim): KindOfCheck<unknown>['judges'] {
  return lookingOf(claim).kind.judges;
}

type PlaceBelow = readonly (string | number)[];

/** Whom it asks from this machine, with the place below it. */
export function asksIn(claim: Claim): readonly { readonly place: AskedPlace; readonly path: PlaceBelow }[] {
  return lookingsIn(claim).flatMap(({ looking: { name, kind, fields }, path }) =>
    kind.asks(fields).map(({ field, place }) => ({ place, path: [...path, name, field] })),
  );
}

/** The things it is about, with the place below it. */
export function thingsIn(claim: Claim): readonly { readonly thing: NamedThing; readonly path: PlaceBelow }[] {
  return lookingsIn(claim).flatMap(({ looking: { name, kind, fields }, path }) =>
    kind.names(fields).map((thing) => ({ thing, path: [...path, name, thing.field] })),
  );
}

function lookingsIn(claim: Claim, path: PlaceBelow = []): readonly { looking: Looking; path: PlaceBelow }[] {
  if ('all' in claim) return claim.all.flatMap((one, i) => lookingsIn(one, [...path, 'all', i]));
  if ('any' in claim) return claim.any.flatMap((one, i) => lookingsIn(one, [...path, 'any', i]));
  if ('not' in claim) return lookingsIn(claim.not, [...path, 'not']);
  return [{ looking: lookingOf(claim), path }];
}

async function lookAtEach(claims: readonly Claim[], context: LookContext): Promise<readonly Look[]> {
  return Promise.all(claims.map((claim) => lookAt(claim, context)));
}

/** What is shown is what decides: those that hold where it holds, those that fail where it fails. */
function combined(looks: readonly Look[], decide: (looks: readonly Look[]) => boolean): Look {
  const holds = decide(looks);
  const deciding = looks.filter((look) => look.holds === holds);
  const undecided = !holds && looks.some((look) => look.undecided);
  const why = deciding.find((look) => look.why)?.why;
  return {
    holds,
    observed: deciding.map(({ observed }) => observed).join('; '),
    ...(undecided && { undecided }),
    ...(deciding.every(({ final }) => final) && { final: true }),
    ...(!holds && why && { why }),
  };
}

/** @throws Failure for a kind that this version cannot look at */
function lookingOf(claim: LookingClaim): Looking {
  for (const [name, kind] of Object.entries(kinds) as [Kind, KindOfCheck<unknown>][]) {
    if (name in claim) return { name, kind, fields: (claim as Record<string, unknown>)[name] };
  }
  const [name = ''] = Object.keys(claim);
  throw new Failure(`This version of docker-tutor cannot check “${name}”.`, { code: 'check-unknown', exitCode: 2 });
}

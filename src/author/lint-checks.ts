/** Rules about the checks of a scenario: each must be able to fail, and to hold. Pure. */
import { buildsImage } from './objects.ts';
import { namesIn, needsOutcome } from '../check/claims.ts';
import type { NamedThing } from '../check/look.ts';
import { canonical } from '../image-name.ts';
import type { Prechecked } from '../permission/precheck.ts';
import type { LookingClaim, Scenario, Step } from '../scenario/schema.ts';
import { tasksIn } from '../scenario/tasks.ts';
import type { PlacedTask } from '../scenario/tasks.ts';
import { whyAlwaysHolds } from './always-holds.ts';
import { claimsOf } from './claims-of.ts';
import type { PlacedClaim } from './claims-of.ts';
import { error } from './finding.ts';
import type { Finding } from './finding.ts';
import { withoutTrace } from './traced-values.ts';
import type { TracedScenario } from './traced-values.ts';
import { addMade, noObjects } from './objects.ts';
import type { NamedObjects } from './objects.ts';
import { imagesUsed } from '../scenario/images-of.ts';

export function checkFindings(
  { prepared }: Prechecked,
  { scenario, isVariablePort }: TracedScenario,
): readonly Finding[] {
  const always = scenario.steps.flatMap(({ expect }, step) =>
    expect.flatMap((claim, i) => {
      const why = whyAlwaysHolds(claim);
      return why === undefined
        ? []
        : [error('cannot-fail', ['steps', step, 'expect', i], `this check cannot fail: ${why}`)];
    }),
  );
  const placed = claimsOf(scenario).flatMap((one) => [
    ...outOfPlace(one, scenario.steps[one.step], prepared),
    ...(one.of === 'expect'
      ? [...nothingMade(one, madeUntil(one.step, prepared, scenario)), ...fixedPort(one, isVariablePort)]
      : []),
  ]);
  const requests = scenario.steps.flatMap((step, index) =>
    'request' in step && 'port' in step.request && !isVariablePort(step.request.port)
      ? [error('fixed', ['steps', index, 'request', 'port'], portMessage(step.request.port))]
      : [],
  );
  return [...always, ...placed, ...requests, ...tasksIn(scenario.steps).flatMap((one) => taskFindings(one, scenario))];
}

/** The checks of a task are judged together, once all of it is done. */
function taskFindings({ from, to }: PlacedTask, scenario: Scenario): readonly Finding[] {
  const early = scenario.steps
    .slice(from, to)
    .flatMap(({ expect }, i) =>
      expect.flatMap((claim, at) =>
        needsOutcome(claim)
          ? [
              error(
                'task-output',
                ['steps', from + i, 'expect', at],
                'this step is part of a task and not its last: what it prints is not known when the task is judged',
              ),
            ]
          : [],
      ),
    );
  const claims = claimsOf(scenario).filter(
    ({ step, of, path, negated }) => step >= from && step <= to && of === 'expect' && !negated && !path.includes('any'),
  );
  const against = claims.flatMap((one, i) => {
    const said = claims.slice(0, i).find((before) => areAtOdds(before.claim, one.claim));
    const { id = '' } = (said && scenario.steps[said.step]) ?? {};
    return said
      ? [error('task-at-odds', one.path, `in a task this cannot hold together with what the step ${id} expects`)]
      : [];
  });
  return [...early, ...against];
}

/** Of one thing they say two different things. */
function areAtOdds(one: LookingClaim, other: LookingClaim): boolean {
  const [kind = '', fields = {}] = fieldsOf(one);
  const [otherKind, others = {}] = fieldsOf(other);
  if (kind !== otherKind || fields['name'] === undefined || fields['name'] !== others['name']) return false;
  if ((fields['exists'] === false) !== (others['exists'] === false)) return true;
  return Object.keys(fields).some(
    (key) => others[key] !== undefined && JSON.stringify(fields[key]) !== JSON.stringify(others[key]),
  );
}

/** The kind of a claim, and what it says. */
function fieldsOf(claim: LookingClaim): readonly [string?, Readonly<Record<string, unknown>>?] {
  const [found] = Object.entries(claim).filter(([, value]) => typeof value === 'object');
  return found === undefined ? [] : [found[0], found[1] as Readonly<Record<string, unknown>>];
}

/** `output` and `build` look at what the step itself did. */
function outOfPlace(
  { claim, path, of }: PlacedClaim,
  step: Step | undefined,
  prepared: Prechecked['prepared'],
): readonly Finding[] {
  if (step === undefined || of === 'when') return [];
  if ('output' in claim && !('do' in step) && !('request' in step) && !('machine' in step))
    return [error('nothing-run', path, 'this step runs nothing, so there is no output to look at')];
  const builds = prepared.some(({ at, command }) => path[1] === at[0] && buildsImage(command));
  return 'build' in claim && !builds ? [error('nothing-run', path, 'this step builds nothing')] : [];
}

/** What there may be by then. */
function madeUntil(step: number, prepared: Prechecked['prepared'], { requires }: Scenario): NamedObjects {
  const things = noObjects();
  for (const image of imagesUsed(requires)) things.imagesMade.add(canonical(image));
  for (const { at, command } of prepared) if (at[0] <= step) addMade(command, things);
  return things;
}

function nothingMade({ claim, path }: PlacedClaim, made: NamedObjects): readonly Finding[] {
  if (made.unnamed) return [];
  const [of = ''] = Object.keys(claim);
  return namesIn(claim)
    .filter(({ kind, name, made: must }) => must && !isMade(kind, name, made))
    .map(({ field, kind, name }) =>
      error(
        'names-nothing',
        [...path, of, field],
        `no command up to this step makes the ${kind} ${withoutTrace(name)}`,
      ),
    );
}

function isMade(kind: NamedThing['kind'], name: string, made: NamedObjects): boolean {
  return kind === 'image' ? made.imagesMade.has(canonical(name)) : made[`${kind}s`].has(name);
}

function fixedPort({ claim, path }: PlacedClaim, isVariablePort: (port: number) => boolean): readonly Finding[] {
  if (!('http' in claim) || !('port' in claim.http) || isVariablePort(claim.http.port)) return [];
  return [error('fixed', [...path, 'http', 'port'], portMessage(claim.http.port))];
}

function portMessage(port: number): string {
  return `the host port ${String(port)} is fixed here; declare it under ports, and write "{{…}}"`;
}

/** Looks at every step of a scenario before anything runs: whether it can be performed, and what it needs permission for. */
import { join } from 'node:path';
import { hideSecrets } from '../command/hide-secrets.ts';
import type { Command } from '../command/command.ts';
import { Failure } from '../failure.ts';
import { assume } from '../plan/assume.ts';
import { belowWritable, hostPathsIn } from '../api/host-paths.ts';
import type { HostPath } from '../api/host-paths.ts';
import { endpointOf } from '../api/endpoints/endpoint-of.ts';
import { EngineError } from '../api/request.ts';
import type { Request } from '../api/request.ts';
import { Stopped } from '../plan/effects.ts';
import type { Effect, Plan, PlanContext } from '../plan/effects.ts';
import { buildArgsOf, dockerfileReferences } from '../plan/image/build/dockerfile-references.ts';
import { requestsOf, watched, withoutImages } from '../plan/watched.ts';
import { planOf } from '../plans/plan-of.ts';
import type { Permission } from '../permission-name.ts';
import type { Scenario, Step, WriteAction } from '../scenario/schema.ts';
import { linesOf, meanwhileWritten } from '../scenario/step-lines.ts';
import type { Path } from '../yaml/places.ts';
import { builtInValues, fillScenario, wishedValues, withVars } from '../scenario/variables.ts';
import { needsOfPlace, placesAsked, placeWords } from './addresses.ts';
import { knownFiles, mayChangeFiles } from './known-files.ts';
import type { KnownFiles } from './known-files.ts';
import { readCommand } from '../command/performable.ts';
import { needsOfName, needsOfNames, needsOfThing, thingsLookedAt } from './name-needs.ts';
import { ownThings } from './own-things.ts';
import type { OwnThings } from './own-things.ts';
import { needsOf, notPermitted } from './permissions.ts';
import type { Need } from './workspace-limits.ts';
import { planContext } from './plan-context.ts';
import { needsOfReference } from './reference-needs.ts';

/** Why a step will not be performed. */
export interface Objection {
  readonly step: string;
  /** Where in the scenario it stands. */
  readonly path: Path;
  /** The command, or what is done in place of one: `write app.py`. */
  readonly line: string;
  readonly failure: Failure;
}

/** A line as it will be performed, names and ports as wished. */
export interface Prepared {
  readonly at: readonly [step: number, line: number];
  readonly line: string;
  readonly command: Command;
  readonly needs: readonly Need[];
}

export interface Prechecked {
  readonly prepared: readonly Prepared[];
  /** What the scenario needs leave for, whether it asks for it or not: each once, in the order of the steps. */
  readonly needs: readonly Need[];
  readonly objections: readonly Objection[];
}

/** What a scenario has beside its text. */
export interface LessonFiles {
  /** Text of a file that the workspace starts with, by its path there; undefined where there is none. */
  file(path: string): string | undefined;
}

const nothing: LessonFiles = { file: () => undefined };

/** Nothing is asked: the workspace is not made yet, and no engine is connected. */
const nominal = { workspace: '/docker-tutor/workspace', real: (path: string): string => path, host: 'localhost' };
const newestApi = '1.51';

/** @param vars `--var` @throws Failure (exit code 2) for variables without a value */
export async function precheck(
  scenario: Scenario,
  vars: Readonly<Record<string, string>> = {},
  brought: LessonFiles = nothing,
): Promise<Prechecked> {
  const set = withVars(scenario, vars);
  const filled = fillScenario(set, { ...wishedValues(set), ...builtInValues(nominal) });
  return precheckFilled(filled, brought);
}

export async function precheckFilled(scenario: Scenario, brought: LessonFiles = nothing): Promise<Prechecked> {
  const { steps, requires } = scenario;
  const prepared: Prepared[] = [];
  const objections: Objection[] = [];
  const needed = new Map<Permission, Need>();
  const context = planContext(nominal.workspace, newestApi, { prefersBuildkit: requires.buildkit === true });
  const known: Known = {
    files: knownFiles((path) => brought.file(path), nominal),
    mounted: [],
    own: ownThings(scenario),
  };
  for (const [index, step] of steps.entries()) {
    const object = (path: Path, line: string, failure: Failure): void =>
      void objections.push({ step: step.id, path, line, failure });
    const attempt = async (path: Path, line: string, look: () => Promise<readonly Need[]>): Promise<void> => {
      try {
        const needs = await look();
        addTo(needed, needs);
        for (const need of needs)
          if (!requires.permissions.includes(need.permission)) object(path, line, notPermitted(need, line));
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        object(path, line, error);
      }
    };
    const written = async (write: WriteAction['write'], path: Path): Promise<void> =>
      attempt(path, `write ${write.path}`, async () => {
        known.files.write(write);
        return [];
      });
    if ('write' in step) await written(step.write, ['steps', index, 'write']);
    for (const [number, line] of linesOf(step).entries())
      await attempt(linePath(step, index, number), line, async () => {
        const command = readCommand(line, context);
        const needs = await needsOfCommand(command, context, known);
        prepared.push({ at: [index, number], line, command, needs });
        return needs;
      });
    for (const [at, write] of meanwhileWritten(step).entries())
      await written(write, ['steps', index, 'meanwhile', 'write', at]);
    for (const { place, path } of placesAsked(step))
      await attempt(['steps', index, ...path], `${String(path[0])} ${placeWords(place)}`, async () =>
        needsOfPlace(place, known.own, nominal.host),
      );
    for (const { thing, path } of thingsLookedAt(step))
      await attempt(['steps', index, ...path], `${String(path[0])} ${thing.kind} ${thing.name}`, async () =>
        needsOfThing(thing, known.own),
      );
  }
  return { prepared, needs: [...needed.values()], objections };
}

function addTo(needs: Map<Permission, Need>, found: readonly Need[]): void {
  for (const need of found) if (!needs.has(need.permission)) needs.set(need.permission, need);
}

/** @throws Failure (exit code 2) with every objection. @param name the file, or the scenario's id */
export async function assertPrechecked(
  scenario: Scenario,
  vars: Readonly<Record<string, string>>,
  name: string,
  brought: LessonFiles = nothing,
): Promise<void> {
  const { objections } = await precheck(scenario, vars, brought);
  const [first] = objections;
  if (!first) return;
  const { failure } = first;
  throw new Failure(`${name}: step ${first.step} cannot be performed. ${failure.message}`, {
    code: failure.code,
    exitCode: 2,
    hints: failure.hints,
    evidence: objections.flatMap(({ step, line, failure: { message } }) => [
      `step ${step}: ${hideSecrets(line)}`,
      `  ${message}`,
    ]),
    args: failure.args,
  });
}

/** What the steps before have come to, as far as it is known. */
interface Known {
  readonly files: KnownFiles;
  /** Folders and files of this machine that containers mount. */
  readonly mounted: HostPath[];
  readonly own: OwnThings;
}

async function needsOfCommand(command: Command, context: PlanContext, known: Known): Promise<readonly Need[]> {
  const { files, mounted, own } = known;
  const effects = (await effectsOf(command, context, known)).map(withoutUnknown);
  const requests = effects.flatMap(requestsOf);
  const builds = await buildsOf(command, context, files);
  own.addAll([...requests, ...builds]);
  const needs = new Map<Permission, Need>();
  for (const effect of effects) {
    addTo(needs, needsOf(effect, nominal));
    addTo(needs, needsOfMounts(effect, mounted));
    if (mayChangeFiles(effect, nominal)) files.doubt();
  }
  for (const request of requests) addTo(needs, needsOfNames(request, own));
  for (const request of [...requests, ...builds]) addTo(needs, needsOfDockerfile(request, files, own));
  return [...needs.values()];
}

/** Of what the Dockerfile of a build names, where its text is known. @throws Failure where it leaves that open */
function needsOfDockerfile(request: Request, files: KnownFiles, own: OwnThings): readonly Need[] {
  const { upload } = request;
  if (upload?.of !== 'context' || upload.folder === '-' || upload.dockerfile === '-') return [];
  const text = files.read(join(upload.folder, upload.dockerfile));
  if (text === undefined) return [];
  return dockerfileReferences(text, buildArgsOf(request)).flatMap((reference) => [
    ...needsOfReference(reference, nominal),
    ...needsOfName(reference, own),
  ]);
}

/** All that the command does where everything is as its plan assumes. */
async function effectsOf(command: Command, context: PlanContext, { files, own }: Known): Promise<readonly Effect[]> {
  const { effects, isWhole } = assumed(await planOf(command, context), files);
  if (!isWhole) {
    files.doubt();
    own.doubt();
  }
  return effects;
}

/** Compose builds what is missing. Its plan assumes that an image is there, so it is asked once more where none is. */
async function buildsOf(command: Command, context: PlanContext, files: KnownFiles): Promise<readonly Request[]> {
  if (!command.row.name.startsWith('compose ')) return [];
  const { effects } = assumed(withoutImages(await planOf(command, context)), files);
  return effects.flatMap(requestsOf).filter((request) => endpointOf(request)?.guard === 'build-image');
}

function assumed(plan: Plan, files: KnownFiles): { readonly effects: readonly Effect[]; readonly isWhole: boolean } {
  const effects: Effect[] = [];
  try {
    assume(
      watched(plan, (effect) => void effects.push(effect)),
      (path) => files.read(path),
    );
    return { effects, isWhole: true };
  } catch (error) {
    // with assumed answers a plan may end early; what it then does is watched again when it is performed
    if (!(error instanceof EngineError || error instanceof Stopped || error instanceof Failure)) throw error;
    return { effects, isWhole: false };
  }
}

/** An id that is not known yet: whose it is, the guard sees. */
const someId = '0'.repeat(64);

function withoutUnknown(effect: Effect): Effect {
  if ('request' in effect) return { ...effect, request: withSomeId(effect.request) };
  return 'requests' in effect ? { ...effect, requests: effect.requests.map(withSomeId) } : effect;
}

function withSomeId(request: Request): Request {
  return JSON.parse(JSON.stringify(request).replace(/<[^<>"]*>(?=["/])/g, someId)) as Request;
}

/** @param mounted learns what the effect mounts */
function needsOfMounts(effect: Effect, mounted: HostPath[]): readonly Need[] {
  for (const { body = {} } of requestsOf(effect)) mounted.push(...hostPathsIn(body));
  const unsafe = belowWritable(mounted);
  if (!unsafe) return [];
  const what = `mounts ${unsafe.path}, and ${unsafe.above} above it to be written to: a link in it could lead anywhere`;
  return [{ permission: 'bind-outside-workspace', what }];
}

/** Of a step's only command, or of one in its list. */
export function linePath(step: Step | undefined, index: number, line: number): Path {
  const isList = step !== undefined && 'do' in step && typeof step.do !== 'string';
  return isList ? ['steps', index, 'do', line] : ['steps', index, 'do'];
}

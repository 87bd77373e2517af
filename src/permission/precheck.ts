/** Looks at every step of a scenario before anything runs: whether it can be performed, and what it needs permission for. */
import { hideSecrets } from '../command/hide-secrets.ts';
import type { Command } from '../command/command.ts';
import { Failure } from '../failure.ts';
import { assume } from '../plan/assume.ts';
import { belowWritable, hostPathsIn } from '../api/host-paths.ts';
import type { HostPath } from '../api/host-paths.ts';
import { EngineError } from '../api/request.ts';
import { Stopped } from '../plan/effects.ts';
import type { Effect, PlanContext } from '../plan/effects.ts';
import { requestsOf, watched } from '../plan/watched.ts';
import { planOf } from '../plans/plan-of.ts';
import type { Permission } from '../permission-name.ts';
import type { Scenario, Step } from '../scenario/schema.ts';
import type { Path } from '../yaml/places.ts';
import { fillScenario, wishedValues, withVars } from '../scenario/variables.ts';
import { needOfPlace, placesAsked, placeWords } from './addresses.ts';
import { knownFiles, mayChangeFiles } from './known-files.ts';
import type { KnownFiles } from './known-files.ts';
import { readCommand } from '../command/performable.ts';
import { needsOf, notPermitted } from './permissions.ts';
import type { Need } from './workspace-limits.ts';
import { planContext } from './plan-context.ts';

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
  const filled = fillScenario(set, { ...wishedValues(set), workspace: nominal.workspace, host: nominal.host });
  return precheckFilled(filled, brought);
}

export async function precheckFilled(
  { steps, requires }: Scenario,
  brought: LessonFiles = nothing,
): Promise<Prechecked> {
  const prepared: Prepared[] = [];
  const objections: Objection[] = [];
  const mounted: HostPath[] = [];
  const context = planContext(nominal.workspace, newestApi);
  const files = knownFiles((path) => brought.file(path), nominal);
  for (const [index, step] of steps.entries()) {
    const attempt = async (path: Path, line: string, look: () => void | Promise<void>): Promise<void> => {
      try {
        await look();
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        objections.push({ step: step.id, path, line, failure: error });
      }
    };
    if ('write' in step)
      await attempt(['steps', index, 'write'], `write ${step.write.path}`, () => {
        files.write(step.write);
      });
    for (const { place, path } of placesAsked(step)) {
      const line = `${String(path[0])} ${placeWords(place)}`;
      await attempt(['steps', index, ...path], line, () => {
        const need = needOfPlace(place, nominal.host);
        if ('permission' in need && !requires.permissions.includes(need.permission)) throw notPermitted(need, line);
      });
    }
    for (const [number, line] of linesOf(step).entries())
      await attempt(linePath(step, index, number), line, async () => {
        const command = readCommand(line, context);
        const needs = await needsOfCommand(command, context, { files, mounted });
        prepared.push({ at: [index, number], line, command, needs });
        const missing = needs.find(({ permission }) => !requires.permissions.includes(permission));
        if (missing) throw notPermitted(missing, line);
      });
  }
  return { prepared, objections };
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
}

async function needsOfCommand(
  command: Command,
  context: PlanContext,
  { files, mounted }: Known,
): Promise<readonly Need[]> {
  const needs = new Map<Permission, Need>();
  const see = (found: readonly Need[]): void => {
    for (const need of found) if (!needs.has(need.permission)) needs.set(need.permission, need);
  };
  const plan = await planOf(command, context);
  try {
    const look = (effect: Effect): void => {
      see(needsOf(effect, nominal));
      see(needsOfMounts(effect, mounted));
      if (mayChangeFiles(effect, nominal)) files.doubt();
    };
    assume(watched(plan, look), (path) => files.read(path));
  } catch (error) {
    // with assumed answers a plan may end early; what it then does is watched again when it is performed
    if (!(error instanceof EngineError || error instanceof Stopped || error instanceof Failure)) throw error;
    files.doubt();
  }
  return [...needs.values()];
}

/** @param mounted learns what the effect mounts */
function needsOfMounts(effect: Effect, mounted: HostPath[]): readonly Need[] {
  for (const { body = {} } of requestsOf(effect)) mounted.push(...hostPathsIn(body));
  const unsafe = belowWritable(mounted);
  if (!unsafe) return [];
  const what = `mounts ${unsafe.path}, and ${unsafe.above} above it to be written to: a link in it could lead anywhere`;
  return [{ permission: 'bind-outside-workspace', what }];
}

function linesOf(step: Step): readonly string[] {
  if (!('do' in step)) return [];
  return typeof step.do === 'string' ? [step.do] : step.do;
}

/** Of a step's only command, or of one in its list. */
export function linePath(step: Step | undefined, index: number, line: number): Path {
  const isList = step !== undefined && 'do' in step && typeof step.do !== 'string';
  return isList ? ['steps', index, 'do', line] : ['steps', index, 'do'];
}

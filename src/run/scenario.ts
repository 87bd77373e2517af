/** One scenario: its names and ports chosen, its workspace made, its steps taken in order until one fails. */
import { lessonSettings } from '../perform/client-settings.ts';
import { lessonLogins, loginsFor } from '../engine/login/logins.ts';
import { objectIn, scalar } from '../api/json-parts.ts';
import { askThrough, atFirst, get } from '../engine/ask.ts';
import { problemOf } from '../engine/problems.ts';
import { foreseen } from '../as-failure.ts';
import { causeFailure } from '../cause-failure.ts';
import { Failure } from '../failure.ts';
import { chooseNames } from '../ownership/choose/names.ts';
import { journalFolder } from '../state/home.ts';
import { stateFolderFault } from '../state/places.ts';
import { choosePorts, isFreeHere, publishedPorts } from '../ownership/choose/ports.ts';
import { release, reserve } from '../ownership/choose/reservations.ts';
import { takeInventory } from '../inventory/inventory.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { lessonWith } from '../ownership/guard/rule.ts';
import { pinnedPaths } from '../ownership/guard/pinned-paths.ts';
import { startOwning } from '../ownership/start.ts';
import { realPath } from '../permission/real-path.ts';
import { loadAhead } from '../plans/plan-of.ts';
import type { Permission } from '../permission-name.ts';
import type { Engine } from '../engine/engine.ts';
import type { Scenario, Step } from '../scenario/schema.ts';
import { builtInValues, fillScenario, variablesIn, withVars } from '../scenario/variables.ts';
import type { Cleaned, ScenarioFinished, ScenarioStarted } from '../events/events.ts';
import type { ReadyScenario, ScenarioRequest, ScenarioResult } from './run.ts';
import { blockedBefore } from './blocked-before.ts';
import { cleanCommand, cleanUp } from './clean-up.ts';
import { ofScenario } from './emitter.ts';
import { assertEngine, assertFreeToPull, imagesNotHere } from './requirements.ts';
import type { PodmanInfo } from './requirements.ts';
import type { Scene } from './scene.ts';
import { checkContext, takeStep } from './step.ts';
import type { StepResult } from './step.ts';
import type { Leave } from './actors/actor.ts';
import { isThisMachine } from '../web/ports-host.ts';
import { publishesOnLoopback } from './loopback-ports.ts';
import { isMadeElsewhere } from './made-elsewhere.ts';
import type { Named } from './made-elsewhere.ts';
import { makeWorkspace } from './workspace.ts';
import type { Workspace } from './workspace.ts';
import { workspacePlace } from './workspace-place.ts';
import type { WorkspacePlace } from './workspace-place.ts';
import { stopwatch } from '../stopwatch.ts';
import { english } from '../words/english.ts';
import { imagesUsed } from '../scenario/images-of.ts';

/** @param label what the things it makes are labelled with */
export async function runScenario(
  ready: ReadyScenario,
  label: string,
  request: ScenarioRequest,
): Promise<ScenarioResult> {
  const elapsed = stopwatch();
  const emit = ofScenario(request.emit, { run: request.run, scenario: ready.scenario.id });
  const place = await beforeAnything(ready, request);
  if (place instanceof Failure) return blockedBefore(ready.scenario, place, request, emit, elapsed());
  const workspace = await makeWorkspace({
    scenario: ready.scenario.id,
    parent: place.parent,
    files: ready.files,
    label,
    env: request.env,
  });
  const pins = reachesOut(ready.scenario.requires.permissions)
    ? undefined
    : pinnedPaths({ workspace: workspace.folder, real: realPath });
  const agreed = new Set<string>();
  let isLearners: (thing: Named) => boolean = () => false;
  const owning = startOwning({
    engine: request.engine,
    env: request.env,
    run: label,
    scenario: () => ready.scenario.id,
    ...(pins && { pins }),
    workspaceSeen: place.seen,
    lesson: lessonWith(withVars(ready.scenario, request.vars).requires),
    signal: request.signal,
    permit: async ({ kind, name }) => agreed.has(`${kind} ${name}`) || isLearners({ kind, name }),
    at: new Date().toISOString(),
  });
  const tally = { steps: { passed: 0, failed: 0, skipped: 0 }, checks: { passed: 0, failed: 0, kept: 0 } };
  let status: ScenarioFinished['status'] = 'interrupted';
  let finish = '';
  let result: ScenarioResult | undefined;
  let uncleaned: Failure | undefined;
  let kept = false;
  try {
    if (ready.scenario.steps.some((step) => 'do' in step)) owning.prepare();
    const { scenario, replaced, names, inventory } = await settle(ready, label, request, workspace.folder);
    if (request.actor.elsewhere) isLearners = (thing) => isMadeElsewhere(thing, names, inventory);
    finish = scenario.finish;
    const from = ready.from === undefined ? 0 : scenario.steps.findIndex(({ id }) => id === ready.from);
    if (from < 0) throw unknownStep(ready.from ?? '', scenario);
    if (from === 0) assertFreeToPull(scenario.requires, inventory);
    const notHere = imagesNotHere(scenario.requires, inventory);
    emit({
      type: 'scenario-started',
      label,
      title: scenario.title,
      summary: scenario.summary,
      intro: scenario.intro,
      steps: scenario.steps.length,
      minutes: scenario.minutes,
      ...(from > 0 && { from: from + 1 }),
      replaced,
      standIns: request.standIns.filter((image) => imagesUsed(scenario.requires).includes(image)),
      ...(notHere.length > 0 && { notHere }),
      ...(scenario.requires.permissions.length > 0 && { permissions: scenario.requires.permissions }),
    });
    const scene: Scene = {
      ...request,
      words: request.words ?? english,
      emit,
      label,
      guard: owning.guard,
      learnersGuard: () => owning.learnersGuard(),
      agreed,
      ...(request.actor.elsewhere && { since: await engineTime(request) }),
      marks: owning.marks,
      credentials: lessonLogins(request.logins && loginsFor(Object.values(request.vars), request.logins)),
      permissions: scenario.requires.permissions,
      workspace: workspace.folder,
      settings: lessonSettings(request.engine),
      ...(buildsByBuildkit(scenario, request.engine) && { prefersBuildkit: true }),
      bounds: pins,
      kept: [],
      inventory: { latest: inventory },
    };
    await request.witness?.begin(scenario, checkContext(scene));
    const taken = await takeSteps(scenario.steps, from, scene, tally);
    if (taken.leave !== 'keep') await request.actor.ending?.(scene, inventory);
    if (tally.steps.failed > 0) status = 'failed';
    else if (taken.leave === undefined) status = 'passed';
    kept = taken.leave === 'keep';
    result = { status, failure: taken.failure, quit: taken.leave !== undefined };
  } catch (error) {
    const failure = problemOf(error, request.engine) ?? foreseen(error);
    if (!failure || request.signal.aborted) throw error;
    status = 'blocked';
    emit(await request.problem(failure));
    result = { status, failure, quit: false };
  } finally {
    if (kept) {
      // the things themselves hold their names and ports
      await owning.leave();
      emit({
        type: 'cleaned',
        removed: [],
        left: [],
        kept: { command: cleanCommand(label, request.engine), folder: workspace.folder },
      });
    } else {
      const { removed, left, failure } = await cleanUp(owning, label, request.engine);
      // what was done in a folder that takes nothing any more is not remembered: that is no success
      const unforgotten = left.some(({ kind }) => kind === 'journal');
      uncleaned = failure ?? (unforgotten ? stateFolderFault(request.env) : undefined);
      if (uncleaned && status === 'passed') status = 'blocked';
      emit({ type: 'cleaned', removed, left: [...left, ...stays(workspace)] });
    }
    release(journalFolder(request.env), label);
    if (uncleaned) emit(await request.problem(uncleaned));
    emit({
      type: 'scenario-finished',
      status,
      finish: status === 'passed' ? finish : '',
      ...tally,
      ms: elapsed(),
    });
  }
  return uncleaned ? { ...result, status, failure: result.failure ?? uncleaned } : result;
}

/** Seconds since 1970, by the engine's clock. */
async function engineTime({ engine, signal }: Pick<ScenarioRequest, 'engine' | 'signal'>): Promise<number> {
  const { SystemTime } = objectIn(await get(askThrough(engine, signal), '/info'));
  const told = Date.parse(scalar(SystemTime));
  return Math.floor((Number.isNaN(told) ? Date.now() : told) / 1000);
}

function unknownStep(asked: string, { id, steps }: Scenario): Failure {
  return new Failure(`The lesson ${id} has no step "${asked}".`, {
    code: 'step-unknown',
    exitCode: 2,
    hints: [`It has: ${steps.map((step) => step.id).join(', ')}.`],
  });
}

async function podmanInfo(engine: ScenarioRequest['engine'], signal: AbortSignal): Promise<PodmanInfo | undefined> {
  if (engine.about.flavour !== 'podman') return undefined;
  return (await atFirst(engine, signal, (ask) => get(ask, '/info'))) as PodmanInfo;
}

/** What may stand in the way of the scenario as a whole, looked at before anything of it is made. */
async function beforeAnything(
  { scenario }: ReadyScenario,
  { engine, env, vars, portsHost, signal }: ScenarioRequest,
): Promise<WorkspacePlace | Failure> {
  const set = withVars(scenario, vars);
  try {
    assertEngine(set, engine, await podmanInfo(engine, signal));
    if (!isThisMachine(portsHost) && publishesOnLoopback(set))
      throw causeFailure('E-LOOPBACK-PORT', { args: { host: portsHost, address: engine.endpoint.address } });
    return await workspacePlace({ scenario: set, engine, env, signal });
  } catch (error) {
    const failure = problemOf(error, engine) ?? foreseen(error);
    if (!failure || signal.aborted) throw error;
    return failure;
  }
}

/** The workspace goes now, or it is told why it does not: a container may have put files into it that are root's. */
function stays({ folder, remove }: Workspace): Cleaned['left'] {
  const why = remove();
  return why === undefined ? [] : [{ kind: 'folder', name: folder, id: folder, why }];
}

/** With one of these it may read and write anything on the engine's machine. */
function reachesOut(permissions: readonly Permission[]): boolean {
  return permissions.includes('bind-outside-workspace') || permissions.includes('engine-socket');
}

/** Free names and ports in place of the wished ones, and the scenario's texts with them. */
async function settle(
  { scenario }: ReadyScenario,
  run: string,
  request: ScenarioRequest,
  workspace: string,
): Promise<Settled> {
  const { env, portsHost, vars } = request;
  const taking = request.looked ?? takeInventory(request.engine, request.signal);
  loadAhead(scenario.steps.flatMap((step) => ('do' in step ? step.do : [])));
  const [inventory, { chosenNames, chosenPorts, replaced }] = await Promise.all([
    taking,
    chooseFree(scenario, taking, run, request, journalFolder(env)),
  ]);
  const arch = usesArch(scenario) ? await architectureOf(request) : undefined;
  const values = {
    ...scenario.vars,
    ...vars,
    ...chosenPorts,
    ...chosenNames,
    ...builtInValues({ workspace, host: portsHost, arch }),
  };
  const names = Object.values(chosenNames);
  return { scenario: fillScenario(withVars(scenario, vars), values), replaced, names, inventory };
}

/** Most lessons do not, and the engine is not asked for them. */
function usesArch({ steps }: Scenario): boolean {
  return variablesIn(JSON.stringify(steps)).some((name) => name === 'arch' || name === 'otherArch');
}

async function architectureOf({ engine, signal }: ScenarioRequest): Promise<string> {
  return scalar(objectIn(await get(askThrough(engine, signal), '/version'))['Arch']);
}

interface Settled {
  readonly scenario: Scenario;
  readonly replaced: ScenarioStarted['replaced'];
  /** Those chosen for the lesson. */
  readonly names: readonly string[];
  readonly inventory: Inventory;
}

async function chooseFree(
  { names, ports, requires }: Scenario,
  taking: Promise<Inventory>,
  run: string,
  { portsHost, signal }: ScenarioRequest,
  folder: string,
) {
  if (Object.keys(names).length + Object.keys(ports).length === 0)
    return { chosenNames: {}, chosenPorts: {}, replaced: [] };
  return reserve(folder, run, signal, async (reserved) => {
    const inventory = await taking;
    const named = chooseNames(names, inventory, requires.images, reserved.names);
    const taken = new Set([...publishedPorts(inventory), ...reserved.ports]);
    const free = await choosePorts(ports, taken, isThisMachine(portsHost) ? isFreeHere : undefined);
    return {
      names: Object.values(named.names),
      ports: Object.values(free.ports),
      chosenNames: named.names,
      chosenPorts: free.ports,
      replaced: [...named.replaced, ...free.replaced],
    };
  });
}

type Finished = Pick<ScenarioFinished, 'steps' | 'checks'>;
type Tally = { -readonly [K in keyof Finished]: { -readonly [C in keyof Finished[K]]: number } };

interface StepsTaken {
  readonly failure?: Failure | undefined;
  readonly leave?: Leave | undefined;
}

async function takeSteps(steps: readonly Step[], from: number, scene: Scene, tally: Tally): Promise<StepsTaken> {
  const leaving = (taken: number, how: StepsTaken): StepsTaken => {
    tally.steps.skipped += steps.length - taken;
    return how;
  };
  // the introduction is read before the first step takes its place on the screen
  const begin = await scene.actor.pause({ hasCommand: false });
  if (begin !== 'next') return leaving(from, { leave: begin });
  if (from > 0) await (await import('./rebuild.ts')).rebuild(steps.slice(0, from), scene);
  for (const [index, step] of steps.entries()) {
    if (index < from) continue;
    const taken = index + 1;
    const { status, failure, leave, checks } = await takeStep({ step, index, of: steps.length }, scene);
    count({ status, checks }, tally);
    if (leave) return leaving(taken, { failure, leave });
    if (status === 'failed') return leaving(taken, { failure });
    const wish = taken < steps.length ? await scene.actor.pause({ hasCommand: 'do' in step }) : 'next';
    if (wish !== 'next') return leaving(taken, { leave: wish });
  }
  return {};
}

function buildsByBuildkit({ requires }: Scenario, { about }: Engine): boolean {
  return requires.buildkit === 'preferred' ? about.prefersBuildkit === true : requires.buildkit === true;
}

function count(result: Pick<StepResult, 'status' | 'checks'>, tally: Tally): void {
  tally.steps[result.status] += 1;
  for (const status of ['passed', 'failed', 'kept'] as const) tally.checks[status] += result.checks[status];
}

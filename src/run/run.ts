/** One or more scenarios on one engine, one after the other, and nothing left behind. */
import { causeFailure } from '../cause-failure.ts';
import type { CheckContext } from '../check/check.ts';
import type { CredentialStore } from '../engine/login/logins.ts';
import type { Engine } from '../engine/engine.ts';
import type { Failure } from '../failure.ts';
import type { TakeSignals } from '../perform/world.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { newRunId } from '../state/run-id.ts';
import type { Scenario, Step } from '../scenario/schema.ts';
import type { Words } from '../words/english.ts';
import type { Caution, Emit, EngineFound, Problem, ScenarioFinished } from '../events/events.ts';
import type { Actor } from './actors/actor.ts';
import { ofRun } from './emitter.ts';
import { portsHostFrom } from '../web/ports-host.ts';
import { runScenario } from './scenario.ts';

export interface ReadyScenario {
  readonly scenario: Scenario;
  /** Folder whose content the workspace starts with; absent where the scenario brings no files. */
  readonly files?: string | undefined;
  /** Id of the step it goes on with; those before it are made again without a word. Absent: the first. */
  readonly from?: string | undefined;
}

/** Whoever looks on: author's tests. */
export interface Witness {
  /** Before the first step; the scenario has its values in place. */
  begin(scenario: Scenario, context: CheckContext): Promise<void>;
  /** Before the action of a step. */
  before(step: Step, context: CheckContext): Promise<void>;
}

export interface RunRequest {
  /** Id of the run. */
  readonly run: string;
  readonly scenarios: readonly ReadyScenario[];
  readonly engine: Engine;
  /** What is on it now, where that was asked for already: the first scenario begins with it. */
  readonly looked?: Promise<Inventory> | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `--var`: settings for the scenarios' `vars`. */
  readonly vars: Readonly<Record<string, string>>;
  /** In which the learner is told what is not the lesson's. Absent: English. */
  readonly words?: Words | undefined;
  /** The learner's own logins; those for registries that `vars` name are used. Absent: there are none. */
  readonly logins?: Pick<CredentialStore, 'find'> | undefined;
  /** Images that are not the real ones. */
  readonly standIns: readonly string[];
  readonly emit: Emit;
  /** Puts a cause into words, with the fix for this machine. The words load when they are wanted. */
  problem(failure: Failure, step?: string): Promise<Problem>;
  /** Does the steps. */
  readonly actor: Actor;
  readonly witness?: Witness | undefined;
  /** Before each command: who is given Ctrl-C while it runs. It ends the run all the same, once the command is through with it. */
  readonly interruptible?: (() => Interruptible) | undefined;
  readonly signal: AbortSignal;
}

/** Of one scenario. */
export interface ScenarioRequest extends RunRequest {
  /** Where published ports answer. */
  readonly portsHost: string;
}

export interface Interruptible {
  readonly take: TakeSignals;
  /** The command has ended. Aborts the run's signal where it was interrupted. */
  end(): void;
}

/** @returns the exit code: 0 all held, 3 a check failed, 4 the environment stood in the way. Throws the signal's reason, or comes to an end before its time, after cleaning up. */
export async function runScenarios(request: RunRequest): Promise<number> {
  const { run, engine, scenarios, emit } = request;
  ofRun(emit, { run })(await engineFound(request));
  const portsHost = await portsHostFrom(engine, request.signal);
  const results: ScenarioResult[] = [];
  for (const [index, ready] of scenarios.entries()) {
    // what a scenario makes carries a label of its own, so that it can be removed as soon as the scenario ends
    const isFirst = index === 0;
    const label = isFirst ? run : newRunId(Date.now());
    const result = await runScenario(ready, label, {
      ...request,
      portsHost,
      ...(!isFirst && { looked: undefined }),
    });
    results.push(result);
    if (result.quit) break;
  }
  return exitCodeOf(results);
}

/** What is told before the first scenario. */
export async function engineFound(request: Pick<RunRequest, 'engine' | 'scenarios' | 'problem'>): Promise<EngineFound> {
  const { engine, scenarios } = request;
  return {
    type: 'engine-found',
    engine: describeEngine(engine),
    scenarios: scenarios.map(({ scenario }) => scenario.id),
    ...(engine.about.flavour === 'podman' && { caution: await cautionOf(request) }),
  };
}

export interface ScenarioResult {
  readonly status: ScenarioFinished['status'];
  /** What ended it before its time. */
  readonly failure?: Failure | undefined;
  readonly quit: boolean;
}

/** 0 all held, 3 a check failed, 4 the environment stood in the way. */
function exitCodeOf(results: readonly ScenarioResult[]): number {
  const failed = results.filter(({ status }) => status === 'failed' || status === 'blocked');
  if (failed.length === 0) return 0;
  const blocked = failed.find(({ failure }) => failure !== undefined && failure.exitCode !== 3);
  return blocked?.failure?.exitCode ?? 3;
}

async function cautionOf({ problem }: Pick<RunRequest, 'problem'>): Promise<Caution> {
  const { code, message, explanation, hints } = await problem(causeFailure('E-PODMAN'));
  return { code, message, hints, ...(explanation !== undefined && { explanation }) };
}

function describeEngine({ endpoint, about }: Engine): EngineFound['engine'] {
  return {
    address: endpoint.address,
    version: about.version,
    apiVersion: about.apiVersion,
    flavour: about.flavour,
    lab: endpoint.from === 'lab',
  };
}

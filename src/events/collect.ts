/**
 * A run as one model, folded from its events: what reports and author's tests read in place of counting for themselves.
 * Events of several scenarios, or of several machines, may come in between each other: their address tells them apart.
 */
import type {
  Address,
  Change,
  Doing,
  CheckDone,
  Cleaned,
  EngineFound,
  Event,
  Kept,
  Output,
  Problem,
  ProbeDone,
  QuizAsked,
  RunFinished,
  ScenarioAddress,
  ScenarioFinished,
  ScenarioStarted,
  StepFinished,
  StepStarted,
  Totals,
} from './events.ts';
import { noTotals, withFinished } from './totals.ts';

export interface CollectedRun {
  readonly run: string;
  readonly tool: string;
  /** ISO 8601. */
  readonly at: string;
  readonly engine?: EngineFound['engine'];
  /** Ids of the scenarios that were asked for, in order; empty until an engine has answered. */
  readonly asked: readonly string[];
  /** What was seen of the machine itself. */
  readonly probes: readonly (ProbeDone & Address)[];
  readonly scenarios: readonly CollectedScenario[];
  /** Of no scenario: what ended the run. */
  readonly problems: readonly Problem[];
  readonly totals: Totals;
  /** Once it has ended. */
  readonly finished?: Pick<RunFinished, 'exitCode' | 'ms'>;
}

export interface CollectedScenario {
  readonly scenario: string;
  readonly host?: string;
  /** From 1, where it may be tried again. */
  readonly attempt?: number;
  /** Absent where it could not even begin. */
  readonly started?: ScenarioStarted;
  /** Its id, where it could not even begin. */
  readonly title: string;
  readonly steps: readonly CollectedStep[];
  /** Of no step. */
  readonly problems: readonly Problem[];
  readonly cleaned?: Pick<Cleaned, 'removed' | 'left'>;
  readonly finished?: ScenarioFinished;
}

export interface CollectedStep {
  readonly step: string;
  readonly started?: StepStarted;
  readonly commands: readonly CollectedCommand[];
  /** Of its last turn. */
  readonly checks: readonly CheckDone[];
  /** How many turns have not brought it about; absent where the first did. */
  readonly turns?: number;
  readonly problems: readonly Problem[];
  readonly quiz?: QuizAsked;
  /** What is the user's, and its commands would have changed. */
  readonly kept: readonly Kept[];
  /** What its commands and requests printed, at most a million characters each. */
  readonly stdout: string;
  readonly stderr: string;
  readonly finished?: StepFinished;
}

export interface CollectedCommand {
  readonly command: string;
  /** What came and went; empty while it runs. */
  readonly changes: readonly Change[];
  /** What it did that no difference shows. */
  readonly doings: readonly Doing[];
  /** Absent while it runs, or where it was cut off. */
  readonly exitCode?: number;
  readonly ms?: number;
}

export interface Collector {
  add(event: Event): void;
  /** All that came so far; grows with each event. */
  readonly run: CollectedRun;
}

/** What the scenario of an event is called: its id, where it could not even begin. */
export function titleAt(run: CollectedRun, address: ScenarioAddress): string {
  return scenarioAt(run, address)?.title ?? address.scenario;
}

/** The latest of this id. */
export function scenarioAt(
  { scenarios }: CollectedRun,
  { scenario, host }: ScenarioAddress,
): CollectedScenario | undefined {
  return scenarios.findLast((one) => one.scenario === scenario && one.host === host);
}

/** What others may only read, as it is while it grows. */
type Growing<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer Item)[] ? Item[] : T[K] };
type Step = Growing<Omit<CollectedStep, 'commands'>> & {
  commands: Growing<CollectedCommand>[];
  /** How many turns had failed when its checks were held. */
  checkedIn?: number;
};
type Scenario = Growing<Omit<CollectedScenario, 'steps'>> & { steps: Step[] };
type Run = Growing<Omit<CollectedRun, 'scenarios'>> & { scenarios: Scenario[] };

export function collector(): Collector {
  const run: Run = { run: '', tool: '', at: '', asked: [], probes: [], scenarios: [], problems: [], totals: noTotals };
  return { run, add: (event) => addTo(run, event) };
}

function addTo(run: Run, event: Event): void {
  switch (event.type) {
    case 'run-started':
      Object.assign(run, { run: event.run, tool: event.tool, at: event.at });
      return;
    case 'engine-found':
      run.engine = event.engine;
      run.asked = [...event.scenarios];
      return;
    case 'probe':
      run.probes.push(event);
      return;
    case 'scenario-started':
      Object.assign(scenarioOf(run, event), { started: event, title: event.title, ...attemptOf(event) });
      return;
    case 'step-started':
      stepOf(run, event).started = event;
      return;
    case 'command-started':
      stepOf(run, event).commands.push({ command: event.command, changes: [], doings: [] });
      return;
    case 'command-finished':
      Object.assign(stepOf(run, event).commands.at(-1) ?? {}, {
        exitCode: event.exitCode,
        ms: event.ms,
        changes: event.changes,
        doings: event.doings,
      });
      return;
    case 'output':
      addOutput(stepOf(run, event), event);
      return;
    case 'check':
      addCheck(stepOf(run, event), event);
      return;
    case 'kept':
      stepOf(run, event).kept.push(event);
      return;
    case 'turn-failed':
      stepOf(run, event).turns = event.turn;
      return;
    case 'hint':
      return;
    case 'quiz':
      // nothing is scored of what was only guessed
      if (!event.prediction) stepOf(run, event).quiz = event;
      return;
    case 'step-finished':
      stepOf(run, event).finished = event;
      return;
    case 'problem':
      problemsAt(run, event).push(event);
      return;
    case 'cleaned':
      scenarioOf(run, event).cleaned = event;
      return;
    case 'scenario-finished':
      Object.assign(scenarioOf(run, event), { finished: event, ...attemptOf(event) });
      run.totals = withFinished(run.totals, event);
      return;
    case 'run-finished':
      run.finished = event;
      return;
    // of the moment: what they come to, other events tell
    case 'progress':
    case 'request':
    case 'file-written':
    case 'waiting':
      return;
  }
}

function scenarioOf(run: Run, { scenario, host }: ScenarioAddress): Scenario {
  // one that has ended may come a second time
  const known = run.scenarios.find((one) => one.scenario === scenario && one.host === host && !one.finished);
  if (known) return known;
  const added: Scenario = { scenario, ...(host !== undefined && { host }), title: scenario, steps: [], problems: [] };
  run.scenarios.push(added);
  return added;
}

function attemptOf({ attempt }: Pick<ScenarioFinished, 'attempt'>): Pick<CollectedScenario, 'attempt'> {
  return attempt === undefined ? {} : { attempt };
}

function stepOf(run: Run, event: ScenarioAddress & { readonly step: string }): Step {
  const { steps } = scenarioOf(run, event);
  const known = steps.find(({ step }) => step === event.step);
  if (known) return known;
  const added: Step = { step: event.step, commands: [], checks: [], problems: [], kept: [], stdout: '', stderr: '' };
  steps.push(added);
  return added;
}

/** Those of a turn before are of the past. */
function addCheck(step: Step, check: CheckDone): void {
  const { turns = 0 } = step;
  if (step.checkedIn !== turns) step.checks.length = 0;
  step.checkedIn = turns;
  step.checks.push(check);
}

function problemsAt(run: Run, { scenario, step, ...event }: Problem & Address): Problem[] {
  if (scenario === undefined) return run.problems;
  const address = { ...event, scenario };
  return step === undefined ? scenarioOf(run, address).problems : stepOf(run, { ...address, step }).problems;
}

/** Characters kept of each stream: a log that never ends must not fill the memory. */
const kept = 1_000_000;

function addOutput(step: Step, { stream, text }: Output): void {
  step[stream] += text.slice(0, kept - step[stream].length);
}

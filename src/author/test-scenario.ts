/** Proves one scenario on an engine: run with a witness, then again with all its names and ports taken. */
import type { Engine } from '../engine/engine.ts';
import type { Failure } from '../failure.ts';
import { askThrough } from '../engine/ask.ts';
import { lookAt } from '../ownership/image-view.ts';
import { runOf } from '../ownership/labels.ts';
import { takeInventory } from '../inventory/inventory.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { canonical } from '../image-name.ts';
import { usedElsewhere } from '../ownership/clean/removal.ts';
import { collector } from '../events/collect.ts';
import type { CollectedScenario, CollectedStep } from '../events/collect.ts';
import type { Cleaned, Problem } from '../events/events.ts';
import { unattended } from '../run/actors/unattended.ts';
import { runScenarios } from '../run/run.ts';
import type { Witness } from '../run/run.ts';
import { wholeRun } from '../run/whole-run.ts';
import { newRunId } from '../state/run-id.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import type { Scenario } from '../scenario/schema.ts';
import { withVars } from '../scenario/variables.ts';
import { readCommand } from '../command/performable.ts';
import type { Command } from '../command/command.ts';
import { planContext } from '../permission/plan-context.ts';
import type { Actor } from '../run/actors/actor.ts';
import { mistakeTurns } from './mistakes-tried.ts';
import type { MistakeProof } from './mistakes-tried.ts';
import { mutationsOf } from './mutations/of-step.ts';
import { doneRight, longest, mutationTurn } from './mutations/prove.ts';
import type { MutationProof } from './mutations/prove.ts';
import { takeWrongTurns } from './wrong-turns/taking-them.ts';
import type { TurnsOf } from './wrong-turns/taking-them.ts';
import { takeWished } from './fixtures.ts';
import { prover } from './proof.ts';
import type { StepProof } from './proof.ts';
import { stopwatch } from '../stopwatch.ts';

export interface Tested {
  readonly scenario: string;
  readonly steps: readonly StepProof[];
  /** Steps that are there only where a variable has a value, and it has none here: nothing is proven of them. */
  readonly notTried: readonly StepNotTried[];
  /** What is wrong, a sentence each; empty: proven. */
  readonly faults: readonly string[];
  readonly leavesNothing: boolean;
  /** With its names and ports taken. `not-tried`: it has none, or did not pass without. */
  readonly whenTaken: 'passed' | 'failed' | 'not-tried';
  /** The mistakes that say how they are made, and what came of it. */
  readonly mistakes: readonly MistakeProof[];
  /** Each step done wrong in one place, for every place; absent where that was not asked for. */
  readonly mutations?: readonly MutationProof[];
  readonly ms: number;
}

interface StepNotTried {
  readonly step: string;
  /** The variable of its `given`. */
  readonly needs: string;
}

export interface TestSetting {
  readonly engine: Engine;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly tool: string;
  readonly standIns: readonly string[];
  readonly signal: AbortSignal;
  /** Whether each check is proven by mutations of its step, too. */
  readonly mutations?: boolean | undefined;
  problem(failure: Failure, step?: string): Promise<Problem>;
}

/** Each variable has the value that the scenario gives it. */
const noVars: Readonly<Record<string, string>> = {};

export async function testScenario(loaded: LoadedScenario, setting: TestSetting): Promise<Tested> {
  const elapsed = stopwatch();
  const { scenario } = loaded;
  const images = await presentImages(scenario.requires.images, setting);
  const proof = prover((image) => images.has(canonical(image)));
  const first = await runOnce(loaded, setting, { witness: proof.witness });
  const steps = proof.proofs(first.steps);
  const hasWishes = Object.keys(scenario.names).length + Object.keys(scenario.ports).length > 0;
  const second = first.exitCode === 0 && hasWishes ? await runWhenTaken(loaded, setting) : undefined;
  const wrong = first.exitCode === 0 ? await takeWrong(loaded, first.steps, setting) : undefined;
  const faults = [
    ...first.faults,
    ...steps.flatMap(stepFaults),
    ...(wrong?.faults ?? []),
    ...(second?.faults ?? []).map((fault) => `With its names and ports taken: ${fault}`),
  ];
  return {
    scenario: scenario.id,
    steps,
    notTried: notTried(scenario),
    faults,
    leavesNothing: first.leavesNothing && (second?.leavesNothing ?? true),
    whenTaken: second === undefined ? 'not-tried' : second.faults.length === 0 ? 'passed' : 'failed',
    mistakes: wrong?.mistakes ?? [],
    ...(setting.mutations === true && { mutations: wrong?.mutations ?? [] }),
    ms: elapsed(),
  };
}

interface WrongTaken {
  readonly faults: readonly string[];
  readonly mistakes: readonly MistakeProof[];
  readonly mutations: readonly MutationProof[];
}

/** @param right the steps as they went when they were done right */
async function takeWrong(
  loaded: LoadedScenario,
  right: readonly CollectedStep[],
  setting: TestSetting,
): Promise<WrongTaken> {
  const mistakes: MistakeProof[] = [];
  const mutations: MutationProof[] = [];
  const read = (line: string): Command => readCommand(line, planContext('/', ''));
  const turnsOf: TurnsOf = ({ steps, ...rest }) =>
    new Map(
      steps.flatMap((step, index) => {
        const went = right.find((one) => one.step === step.id);
        if (!went) return [];
        const how = doneRight(went);
        const found = setting.mutations === true ? mutationsOf({ ...rest, steps }, index, read) : [];
        const turns = [
          ...mistakeTurns(step, longest(how), (proof) => mistakes.push(proof)),
          ...found.map((one) => mutationTurn(step, one, how, (proof) => mutations.push(proof))),
        ];
        return turns.length > 0 ? [[step.id, turns] as const] : [];
      }),
    );
  const faults = await takeWrongTurns(turnsOf, async (actor, witness, from) => {
    const { exitCode, faults: found } = await runOnce(loaded, setting, { actor, witness, from });
    return exitCode === 0 ? undefined : found[0];
  });
  return {
    mistakes,
    mutations,
    faults: [
      ...faults,
      ...mistakes.flatMap(({ step, line, say, why }) =>
        why === undefined ? [] : [`Step ${step}: the mistake “${say.trim()}” does not speak after ${line}: ${why}`],
      ),
      ...mutations.flatMap(({ outcome, step, line }) =>
        outcome === 'surviving' ? [`Step ${step}: no check sees that it was done wrong: ${line}`] : [],
      ),
    ],
  };
}

async function runWhenTaken(loaded: LoadedScenario, setting: TestSetting): Promise<Once> {
  const taken = await takeWished(loaded.scenario, setting);
  try {
    return await runOnce(loaded, setting);
  } finally {
    await taken.end();
  }
}

interface Once {
  readonly exitCode: number;
  readonly steps: readonly CollectedStep[];
  readonly faults: readonly string[];
  readonly leavesNothing: boolean;
}

/** How it is taken. Default: unattended, from the first step. */
interface Way {
  readonly actor?: Actor;
  readonly witness?: Witness;
  /** Id of the step it begins with. */
  readonly from?: string | undefined;
}

async function runOnce(loaded: LoadedScenario, setting: TestSetting, way: Way = {}): Promise<Once> {
  const { actor = unattended(), witness, from } = way;
  const ready = { ...loaded, from };
  const { add, run: collected } = collector();
  const run = newRunId(Date.now());
  const exitCode = await wholeRun({ ...setting, run, emit: add }, (emit) =>
    runScenarios({ ...setting, run, scenarios: [ready], vars: noVars, actor, witness, emit }),
  );
  const { scenarios } = collected;
  const labels = scenarios.flatMap(({ started }) => (started ? [started.label] : []));
  const left = [
    ...scenarios.flatMap(({ cleaned }) => (cleaned?.left ?? []).flatMap(stays)),
    ...labelledWith(labels, await takeInventory(setting.engine, setting.signal)),
  ];
  const faults = [...scenarios.flatMap(faultsIn), ...left.map((one) => `It leaves something behind: ${one}`)];
  if (exitCode !== 0 && faults.length === 0) faults.push(`It ends with exit code ${String(exitCode)}.`);
  return { exitCode, steps: scenarios.flatMap(({ steps }) => steps), faults, leavesNothing: left.length === 0 };
}

/** What another run still uses, its clean takes along. */
function stays({ kind, name, why }: Cleaned['left'][number]): readonly string[] {
  return why === usedElsewhere ? [] : [`${kind} ${name}: ${why}`];
}

/** What its checks have found, and what stood in the way, in order. */
function faultsIn({ steps, problems }: CollectedScenario): readonly string[] {
  return [
    ...steps.flatMap(({ step, checks, problems: inStep }) => [
      ...checks
        .filter(({ status }) => status === 'failed')
        .map(
          ({ claim, expected, observed }) =>
            `Step ${step}: ${claim} does not hold. Expected ${expected}, observed ${observed}.`,
        ),
      ...inStep.map(({ message }) => `Step ${step}: ${message}`),
    ]),
    ...problems.map(({ message, evidence }) => [message, ...evidence].join(' ')),
  ];
}

function labelledWith(labels: readonly string[], { containers, networks, volumes }: Inventory): readonly string[] {
  return [...containers, ...networks, ...volumes]
    .filter((thing) => labels.includes(runOf(thing.labels) ?? ''))
    .map(({ name }) => name);
}

function notTried(scenario: Scenario): readonly StepNotTried[] {
  const tried = new Set(withVars(scenario, noVars).steps.map(({ id }) => id));
  return scenario.steps.flatMap(({ id, given }) =>
    given === undefined || tried.has(id) ? [] : [{ step: id, needs: given }],
  );
}

function stepFaults({ step, checks, withoutAction, unanswered }: StepProof): readonly string[] {
  return [
    ...(unanswered ? [`Step ${step}: the pattern of its question finds no answer in what the step prints.`] : []),
    ...(withoutAction === 'missed' ? [`Step ${step}: all its checks hold without its action.`] : []),
    ...checks.flatMap(({ claim, idle }) =>
      idle === undefined ? [] : [`Step ${step}: the check “${claim}” cannot fail: ${idle}.`],
    ),
  ];
}

async function presentImages(images: readonly string[], { engine, signal }: TestSetting): Promise<ReadonlySet<string>> {
  const ask = askThrough(engine, signal);
  const found = await Promise.all(images.map(async (image) => ((await lookAt(image, ask)) ? [canonical(image)] : [])));
  return new Set(found.flat());
}

/** One step: its action performed, its expectations held against the engine. A failed check is an event, never an exception. */
import { checkAll, holdsNow } from '../check/check.ts';
import type { CheckContext, CheckResult, StepOutcome } from '../check/check.ts';
import type { Engine } from '../engine/engine.ts';
import { serverOf } from '../engine/login/logins.ts';
import { problemOf } from '../engine/problems.ts';
import { foreseen } from '../as-failure.ts';
import { Failure } from '../failure.ts';
import type { OwnGuard } from '../ownership/guard/guard.ts';
import { needsOutcome } from '../check/claims.ts';
import { goalOf, practised } from '../scenario/practised.ts';
import type { Question, Step } from '../scenario/schema.ts';
import type { Answerer } from './actions/quiz.ts';
import type { ActionResult, Leave, Next, Turn } from './actors/actor.ts';
import type { CheckDone, Feedback, QuizAsked, StepFinished, StepStarted } from '../events/events.ts';
import type { Scene } from './scene.ts';
import { stopwatch } from '../stopwatch.ts';

export interface PlacedStep {
  readonly step: Step;
  /** From 0. */
  readonly index: number;
  readonly of: number;
}

export interface StepResult {
  readonly status: StepFinished['status'];
  readonly failure?: Failure | undefined;
  readonly checks: Counts;
  /** The learner ends the run here. */
  readonly leave?: Leave;
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly kept: number;
}

const noChecks: Counts = { passed: 0, failed: 0, kept: 0 };

/** What a turn came to, once its checks were held. */
interface Taken {
  readonly done: boolean;
  readonly result: ActionResult;
  readonly checks: Counts;
  readonly failure?: Failure | undefined;
}

/** A step is taken in turns, until it is done or left. Where nobody is there, one turn is all. */
export async function takeStep(placed: PlacedStep, scene: Scene): Promise<StepResult> {
  const elapsed = stopwatch();
  const { step } = placed;
  const { actor } = scene;
  scene.emit(announce(placed, scene));
  const finish = (status: StepFinished['status'], more: Partial<StepFinished> = {}): void =>
    scene.emit({
      type: 'step-finished',
      step: step.id,
      status,
      after: status === 'passed' ? step.after : '',
      ...more,
      ms: elapsed(),
    });
  await scene.witness?.before(step, checkContext(scene));
  const predicted = step.predict && actor.answerer && (await predictionFor(step.id, step.predict, actor.answerer));
  let turns = 0;
  let taken: Taken | undefined;
  for (let next: Next = 'act'; ;) {
    const turn: Turn | Failure = next === 'check' && taken ? taken.result : await acted(step, scene);
    if ('leave' in turn) next = turn.leave;
    else {
      if (next === 'act') turns += 1;
      taken = await heldAgainst(step, turn, scene);
      if (taken.done) {
        if (predicted) scene.emit(predicted);
        const needed = actor.needed && { turns, ...actor.needed() };
        const { otherWay } = taken.result.own ?? {};
        finish('passed', { ...(needed && { needed }), ...(otherWay && { otherWay }) });
        return { status: 'passed', checks: taken.checks };
      }
      if (!actor.failed) {
        finish('failed', await mistakeIn(step, taken, scene));
        return { status: 'failed', failure: taken.failure, checks: taken.checks };
      }
      await tellTurn(step, turns, taken, scene);
      next = await actor.failed({ step, looked: taken.result.own?.tells === 'nothing', failure: taken.failure }, scene);
    }
    switch (next) {
      case 'act':
      case 'check':
        continue;
      case 'skip':
        finish('skipped');
        return { status: 'skipped', checks: noChecks };
      case 'quit':
      case 'keep': {
        const status = taken ? 'failed' : 'skipped';
        finish(status);
        return { status, leave: next, failure: taken?.failure, checks: taken?.checks ?? noChecks };
      }
    }
  }
}

async function predictionFor(step: string, question: Question, answerer: Answerer): Promise<QuizAsked> {
  const { askPrediction } = await import('./actions/quiz.ts');
  return askPrediction(step, question, answerer);
}

/** What a step cannot go on from ends its turn; the rest of the run can. */
async function acted(step: Step, scene: Scene): Promise<Turn | Failure> {
  try {
    return await scene.actor.act(step, scene);
  } catch (error) {
    return failureIn(error, scene);
  }
}

async function heldAgainst(step: Step, turn: ActionResult | Failure, scene: Scene): Promise<Taken> {
  try {
    if (turn instanceof Failure) throw turn;
    if (turn.own?.unanswered) return { done: false, result: turn, checks: noChecks };
    const { checks, all } = await checked(step, turn, scene);
    const { cutShort, refusal, own } = turn;
    const done = all && !cutShort;
    const failure = done ? undefined : (refusal ?? cutShort);
    if (cutShort) scene.emit(await scene.problem(cutShort, step.id));
    // where the line itself is wrong, what the engine made of it leads astray
    const said = own?.tells === 'nothing' || (own?.feedback.length ?? 0) > 0;
    if (failure && failure !== cutShort && !said) scene.emit(await scene.problem(failure, step.id));
    return { done, result: turn, checks, failure };
  } catch (error) {
    const failure = failureIn(error, scene);
    scene.emit(await scene.problem(failure, step.id));
    return { done: false, result: {}, checks: noChecks, failure };
  }
}

/** @throws what is no failure of the step: a bug, an interruption */
function failureIn(error: unknown, scene: Scene): Failure {
  const failure = problemOf(error, scene.engine) ?? foreseen(error);
  if (!failure || scene.signal.aborted) throw error;
  return failure;
}

async function tellTurn(step: Step, turn: number, taken: Taken, scene: Scene): Promise<void> {
  const { own } = taken.result;
  // whoever is on the way, or looks for an answer with a command of their own, has taken no wrong turn; but the way is not
  // open yet to a command that failed
  const isOnTheWay = own?.partly === 'on-the-way' && taken.result.outcome?.exitCode === 0;
  const { mistake } = isOnTheWay || own?.unanswered ? {} : await mistakeIn(step, taken, scene);
  const feedback: Feedback[] = [
    ...(own?.feedback ?? []),
    ...(mistake === undefined ? [] : [{ about: 'mistake' as const, text: mistake }]),
  ];
  scene.emit({ type: 'turn-failed', step: step.id, turn, feedback });
}

function announce({ step, index, of }: PlacedStep, { actor, words }: Scene): StepStarted {
  const action = (['do', 'write', 'request', 'machine', 'quiz'] as const).find((key) => key in step) ?? 'read';
  const why = 'read' in step ? [step.text, step.read].filter((text) => text !== '').join('\n\n') : step.text;
  const toReach = actor.tells === 'goal' && practised(step) !== 'given';
  return {
    type: 'step-started',
    step: step.id,
    index: index + 1,
    of,
    title: step.title ?? words.step.question,
    text: toReach ? '' : why,
    ...(toReach && { goal: goalOf(step, words) }),
    action,
    checks: step.expect.length,
  };
}

/** How long a check is given that says nothing of it. */
const afterRefusal = '1s';

/** @returns `all`: nothing failed. Of what a learner's own way has not brought about, the first is enough; of a look around nothing is told. */
async function checked(
  step: Step,
  { outcome, cutShort, refusal, own }: ActionResult,
  scene: Scene,
): Promise<{ readonly checks: Counts; readonly all: boolean }> {
  const counts = { passed: 0, failed: 0, kept: 0 };
  // what was not run brings nothing about, however long one waits
  const within = cutShort ? '0s' : own?.within;
  // nor much of what the engine has refused
  const patient = refusal && outcome?.exitCode !== 0 ? { within: afterRefusal } : {};
  const expected = step.expect
    .filter((one) => own?.elsewhere !== true || !needsOutcome(one))
    .map((one) => ({ ...patient, ...one, ...(within !== undefined && { within }) }));
  const tell = (result: CheckResult): void =>
    scene.emit({ type: 'check', step: step.id, ...result } satisfies CheckDone);
  const held: CheckResult[] = [];
  for await (const result of checkAll(expected, checkContext(scene, outcome))) {
    counts[result.status] += 1;
    if (!own) tell(result);
    else held.push(result);
  }
  // what the checks look for is printed by a command that is still to come
  const isToCome = own?.partly !== undefined && (counts.kept > 0 || step.expect.some(needsOutcome));
  const all = counts.failed === 0 && !isToCome;
  if (all || own?.tells === 'all') held.forEach(tell);
  else if (own?.tells === 'first')
    held
      .filter(({ status }) => status === 'failed')
      .slice(0, 1)
      .forEach(tell);
  return { checks: counts, all };
}

/** What the author says of the first wrong turn that explains how things stand. */
async function mistakeIn(step: Step, { result }: Taken, scene: Scene): Promise<Pick<StepFinished, 'mistake'>> {
  const mistake = await mistakeOf(step, result.outcome, scene);
  return mistake ? { mistake: mistake.say } : {};
}

/** The first mistake of the step that explains how things stand. @param outcome of what was done last */
export async function mistakeOf(
  { mistakes }: Step,
  outcome: StepOutcome | undefined,
  scene: Scene,
): Promise<Step['mistakes'][number] | undefined> {
  const context = { ...checkContext(scene, outcome), anyExitCode: true };
  for (const mistake of mistakes) if (await holdsNow(mistake.when, context)) return mistake;
  return undefined;
}

/** A check looks at what a command may look at. */
function lookingOnly(engine: Engine, { mayLook }: OwnGuard): Engine {
  return {
    ...engine,
    async send(request, options) {
      return engine.send(await mayLook(request), options);
    },
  };
}

export function checkContext(scene: Scene, outcome?: StepOutcome): CheckContext {
  const { engine, signal, workspace, portsHost, label, permissions, kept, credentials, since } = scene;
  return {
    // what a learner makes with docker itself carries no label
    engine: lookingOnly(engine, since === undefined ? scene.guard : scene.learnersGuard()),
    since,
    signal,
    workspace,
    portsHost,
    run: label,
    permissions,
    kept,
    login: (registry) => credentials.find(serverOf(registry)),
    ...(outcome && { outcome }),
  };
}

/** One step: its action performed, its expectations held against the engine. A failed check is an event, never an exception. */
import { checkAll, holdsNow } from '../check/check.ts';
import type { CheckContext, StepOutcome } from '../check/check.ts';
import type { Engine } from '../engine/engine.ts';
import { serverOf } from '../engine/login/logins.ts';
import { problemOf } from '../engine/problems.ts';
import { foreseen } from '../as-failure.ts';
import type { Failure } from '../failure.ts';
import type { OwnGuard } from '../ownership/guard/guard.ts';
import type { Step } from '../scenario/schema.ts';
import type { ActionResult } from './actors/actor.ts';
import type { CheckDone, StepFinished, StepStarted } from '../events/events.ts';
import type { Scene } from './scene.ts';
import { stopwatch } from '../stopwatch.ts';

export interface PlacedStep {
  readonly step: Step;
  /** From 0. */
  readonly index: number;
  readonly of: number;
}

export interface StepResult {
  readonly status: 'passed' | 'failed';
  readonly failure?: Failure | undefined;
  readonly checks: { readonly passed: number; readonly failed: number; readonly kept: number };
}

export async function takeStep(placed: PlacedStep, scene: Scene): Promise<StepResult> {
  const elapsed = stopwatch();
  const { step } = placed;
  scene.emit(announce(placed));
  const finish = (status: StepFinished['status'], mistake?: string): void =>
    scene.emit({
      type: 'step-finished',
      step: step.id,
      status,
      after: status === 'passed' ? step.after : '',
      ...(mistake !== undefined && { mistake }),
      ms: elapsed(),
    });
  try {
    await scene.witness?.before(step, checkContext(scene));
    const result = await scene.actor.act(step, scene);
    const checks = await checked(step, result, scene);
    const { cutShort, refusal } = result;
    const status = checks.failed > 0 || cutShort ? 'failed' : 'passed';
    const failure = status === 'failed' ? (refusal ?? cutShort) : undefined;
    if (cutShort) scene.emit(await scene.problem(cutShort, step.id));
    if (failure && failure !== cutShort) scene.emit(await scene.problem(failure, step.id));
    finish(status, status === 'failed' ? await mistakeOf(step, result, scene) : undefined);
    return { status, failure, checks };
  } catch (error) {
    const failure = problemOf(error, scene.engine) ?? foreseen(error);
    if (!failure || scene.signal.aborted) throw error;
    scene.emit(await scene.problem(failure, step.id));
    finish('failed');
    return { status: 'failed', failure, checks: { passed: 0, failed: 0, kept: 0 } };
  }
}

function announce({ step, index, of }: PlacedStep): StepStarted {
  const action =
    'do' in step ? 'do' : 'write' in step ? 'write' : 'request' in step ? 'request' : 'quiz' in step ? 'quiz' : 'read';
  return {
    type: 'step-started',
    step: step.id,
    index: index + 1,
    of,
    title: step.title ?? 'A question',
    text: 'read' in step ? [step.text, step.read].filter((text) => text !== '').join('\n\n') : step.text,
    action,
  };
}

async function checked(step: Step, { outcome, cutShort }: ActionResult, scene: Scene): Promise<StepResult['checks']> {
  const counts = { passed: 0, failed: 0, kept: 0 };
  // what was not run brings nothing about, however long one waits
  const patience = cutShort ? { within: '0s' } : {};
  const expected = step.expect.map((expectation) => ({ ...expectation, ...patience }));
  for await (const result of checkAll(expected, checkContext(scene, outcome))) {
    counts[result.status] += 1;
    scene.emit({ type: 'check', step: step.id, ...result } satisfies CheckDone);
  }
  return counts;
}

/** What the author says of the first wrong turn that explains how things stand. */
async function mistakeOf({ mistakes }: Step, { outcome }: ActionResult, scene: Scene): Promise<string | undefined> {
  const context = { ...checkContext(scene, outcome), anyExitCode: true };
  for (const { when, say } of mistakes) if (await holdsNow(when, context)) return say;
  return undefined;
}

/** A check looks at what a command may look at. */
function lookingOnly(engine: Engine, { mayLook }: OwnGuard): Engine {
  return {
    ...engine,
    async send(request, options) {
      await mayLook(request);
      return engine.send(request, options);
    },
  };
}

export function checkContext(scene: Scene, outcome?: StepOutcome): CheckContext {
  const { engine, guard, signal, workspace, portsHost, label, permissions, kept, credentials } = scene;
  return {
    engine: lookingOnly(engine, guard),
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

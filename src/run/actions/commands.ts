/** The docker commands of a step: parsed, performed, and told as events. */
import type { StepOutcome } from '../../check/check.ts';
import type { Command } from '../../command/command.ts';
import { hideSecrets } from '../../command/hide-secrets.ts';
import { readCommand } from '../../command/performable.ts';
import { isCommand } from '../../command/rows.ts';
import { imageBuild } from '../../command/tables/image.ts';
import type { Build } from '../../events/events.ts';
import { Failure } from '../../failure.ts';
import type { TimedStep } from '../../perform/line/build-steps.ts';
import type { LineIo } from '../../perform/line/capture.ts';
import { exitCodeOf, performLine } from '../../perform/line/perform-line.ts';
import type { PerformedLine } from '../../perform/line/perform-line.ts';
import type { TakeSignals } from '../../perform/world.ts';
import { assertPermitted } from '../../permission/permissions.ts';
import { planContext } from '../../permission/plan-context.ts';
import { realPath } from '../../permission/real-path.ts';
import type { Step } from '../../scenario/schema.ts';
import { stopwatch } from '../../stopwatch.ts';
import type { ActionResult } from '../actors/actor.ts';
import type { Scene } from '../scene.ts';
import { lineEvents } from './line-events.ts';
import { typist } from './typed-input.ts';
import type { Typist } from './typed-input.ts';

/** Longest a single command may take, in milliseconds: a slow pull, not a container that never ends. */
const commandLimit = 15 * 60_000;

/** One after the other. One that fails ends the list: what comes after it was written for the case that it succeeds. */
export async function performLines(step: Step, lines: readonly string[], scene: Scene): Promise<ActionResult> {
  let last: LineResult | undefined;
  let build: readonly TimedStep[] = [];
  let cutShort: Failure | undefined;
  const typing = 'input' in step && step.input ? typist(step.input) : undefined;
  for (const [index, line] of lines.entries()) {
    last = await performed(step.id, line, typing, scene);
    if (last.line.build.length > 0) build = last.line.build;
    const left = lines.slice(index + 1);
    if (last.exitCode === 0 || left.length === 0) continue;
    cutShort = endedEarly(last, left);
    break;
  }
  return last ? { outcome: outcomeOf(last, build), refusal: last.line.refusal, cutShort } : {};
}

function outcomeOf({ exitCode, line: { stdout, stderr } }: LineResult, build: readonly TimedStep[]): StepOutcome {
  return { exitCode, stdout, stderr, ...(build.length > 0 && { build }) };
}

/** What is said of a list that a failing command has ended. */
function endedEarly({ shown, exitCode }: LineResult, left: readonly string[]): Failure {
  const after = left.length === 1 ? 'the command after it was' : `the ${String(left.length)} commands after it were`;
  return new Failure(`${shown} ended with exit code ${String(exitCode)}, so ${after} not run.`, {
    code: 'command-failed',
    exitCode: 3,
    hints: ['What it printed above tells why it failed.'],
  });
}

interface LineResult {
  /** The line without its secrets. */
  readonly shown: string;
  readonly exitCode: number;
  readonly line: PerformedLine;
}

interface Beside {
  /** Types the step's `input`. */
  readonly typing: Typist | undefined;
  readonly interrupt: TakeSignals | undefined;
}

/** A command that takes Ctrl-C is let through with it; then it ends the run, as it would have without. */
async function performed(step: string, line: string, typing: Typist | undefined, scene: Scene): Promise<LineResult> {
  const interruptible = scene.interruptible?.();
  const beside = { typing, interrupt: interruptible?.take };
  const result = await told(step, line, beside, scene).finally(() => interruptible?.end());
  scene.signal.throwIfAborted();
  return result;
}

async function told(step: string, line: string, beside: Beside, scene: Scene): Promise<LineResult> {
  const elapsed = stopwatch();
  const { engine, guard, marks, credentials, signal, permissions, workspace, settings, bounds } = scene;
  const context = planContext(workspace, engine.about.apiVersion, settings);
  const command = readCommand(line, context);
  const shown = hideSecrets(line);
  scene.emit({ type: 'command-started', step, command: shown, means: command.row.means });
  const { io, stop } = streamsFor(command, beside);
  const done = await performLine(command, {
    engine,
    guard,
    marks,
    io,
    credentials,
    signal,
    context,
    bounds,
    limit: commandLimit,
    before: scene.inventory.latest,
    // links in the workspace may have changed since the commands were looked at
    see: (effect) => assertPermitted(effect, permissions, line, { workspace, real: realPath }),
    tell: lineEvents(step, scene),
  }).finally(stop);
  const exitCode = exitCodeOf(done);
  if (done.after) scene.inventory.latest = done.after;
  const build = buildOf(command, done.build);
  const { changes, doings } = done;
  scene.emit({ type: 'command-finished', step, exitCode, ms: elapsed(), changes, doings, ...(build && { build }) });
  return { shown, exitCode, line: done };
}

/** What docker asks is answered with yes, unless a line is typed for it. */
function streamsFor(command: Command, { typing, interrupt }: Beside): { readonly io: LineIo; stop(): void } {
  const io: LineIo = { question: () => Promise.resolve('y'), ...(interrupt && { interrupt }) };
  const tty = (command.flags as { readonly tty?: unknown }).tty === true;
  return typing?.at(io, tty) ?? { io, stop: () => undefined };
}

/** Compose builds several images: its builder's steps are not told apart. */
function buildOf(command: Command, steps: readonly TimedStep[]): Build | undefined {
  if (steps.length === 0 || !isCommand(command, imageBuild)) return undefined;
  const image = command.flags.tag?.[0]?.familiar;
  const layers = steps.map(({ instruction, cached, ms }) => {
    const isFrom = /^FROM\s/i.test(instruction);
    const state = isFrom ? (cached ? 'here' : 'pulled') : cached ? 'cached' : 'built';
    return { instruction, state, ms } as const;
  });
  return { ...(image !== undefined && { image }), layers };
}

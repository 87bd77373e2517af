/** The docker commands of a step: parsed, performed, and what they changed on the engine told. */
import type { StepOutcome } from '../../check/check.ts';
import type { Command } from '../../command/command.ts';
import { hideSecrets } from '../../command/hide-secrets.ts';
import { isCommand } from '../../command/rows.ts';
import { imageBuild } from '../../command/tables/image.ts';
import { Failure } from '../../failure.ts';
import { askThrough } from '../../engine/ask.ts';
import { difference } from '../../inventory/difference.ts';
import { takeAgain } from '../../inventory/inventory.ts';
import { kindsChangedBy } from '../../inventory/reach.ts';
import { endedBy, settled } from '../../inventory/settled.ts';
import type { Build, Change } from '../../events.ts';
import { perform } from '../../perform/perform.ts';
import type { TakeSignals, World } from '../../perform/world.ts';
import type { Request } from '../../api/request.ts';
import { planOf } from '../../plans/plan-of.ts';
import type { Step } from '../../scenario/schema.ts';
import { watchBuild } from '../../perform/build-steps.ts';
import type { BuildWatch, TimedStep } from '../../perform/build-steps.ts';
import { capture } from '../../perform/capture.ts';
import { assertPermitted, watched } from '../../permission/permissions.ts';
import { observer } from '../observer.ts';
import { planContext } from '../../permission/plan-context.ts';
import { readCommand } from '../../command/performable.ts';
import { realPath } from '../../permission/real-path.ts';
import type { ActionResult } from '../actors/actor.ts';
import type { Scene } from '../scene.ts';
import { typist } from './typed-input.ts';
import type { Typist } from './typed-input.ts';
import { stopwatch } from '../../stopwatch.ts';

/** Longest a single command may take, in milliseconds: a slow pull, not a container that never ends. */
const commandLimit = 15 * 60_000;

/** One after the other. One that fails ends the list: what comes after it was written for the case that it succeeds. */
export async function performLines(step: Step, lines: readonly string[], scene: Scene): Promise<ActionResult> {
  let last: LineResult | undefined;
  let build: StepOutcome['build'];
  let cutShort: Failure | undefined;
  const typing = 'input' in step && step.input ? typist(step.input) : undefined;
  for (const [index, line] of lines.entries()) {
    const watch = watchBuild();
    last = await performLine(step.id, line, { watch, typing }, scene);
    if (watch.steps().length > 0) build = watch.steps();
    const left = lines.slice(index + 1);
    if (last.exitCode === 0 || left.length === 0) continue;
    cutShort = endedEarly(last, left);
    break;
  }
  return last ? { outcome: { ...last, ...(build && { build }) }, refusal: last.refusal, cutShort } : {};
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
  readonly stdout: string;
  readonly stderr: string;
  readonly refusal: Failure | undefined;
}

interface Beside {
  readonly watch: BuildWatch;
  /** Types the step's `input`. */
  readonly typing: Typist | undefined;
  readonly interrupt: TakeSignals | undefined;
}

/** A command that takes Ctrl-C is let through with it; then it ends the run, as it would have without. */
async function performLine(
  step: string,
  line: string,
  beside: Omit<Beside, 'interrupt'>,
  scene: Scene,
): Promise<LineResult> {
  const interruptible = scene.interruptible?.();
  const result = await performed(step, line, { ...beside, interrupt: interruptible?.take }, scene).finally(() =>
    interruptible?.end(),
  );
  scene.signal.throwIfAborted();
  return result;
}

async function performed(
  step: string,
  line: string,
  { watch, typing, interrupt }: Beside,
  scene: Scene,
): Promise<LineResult> {
  const elapsed = stopwatch();
  const context = planContext(scene.workspace, scene.engine.about.apiVersion);
  const command = readCommand(line, context);
  const shown = hideSecrets(line);
  scene.emit({ type: 'command-started', step, command: shown, means: command.row.means });
  const captured = capture((stream, text) => scene.emit({ type: 'output', step, stream, text }), {
    question: () => Promise.resolve('y'),
    ...(interrupt && { interrupt }),
  });
  let refusal: Failure | undefined;
  const sent: Request[] = [];
  const typed = typing?.at(captured.io, (command.flags as { readonly tty?: unknown }).tty === true);
  const world: World = {
    engine: scene.engine,
    guard: scene.guard,
    io: typed?.io ?? captured.io,
    credentials: scene.credentials,
    cwd: scene.workspace,
    signal: AbortSignal.any([scene.signal, AbortSignal.timeout(commandLimit)]),
    observe: observer(step, scene, {
      refused: (found) => (refusal = found),
      sent: (request) => sent.push(request),
      message: watch.see,
    }),
  };
  // links in the workspace may have changed since the commands were looked at
  const place = { workspace: scene.workspace, real: realPath };
  const plan = watched(await planOf(command, context), (effect) =>
    assertPermitted(effect, scene.permissions, line, place),
  );
  const exitCode = await perform(plan, world).finally(() => typed?.stop());
  const changes = await changesBy(sent, scene);
  const build = buildOf(command, watch.steps());
  scene.emit({ type: 'command-finished', step, exitCode, ms: elapsed(), changes, ...(build && { build }) });
  return { shown, exitCode, stdout: captured.stdout(), stderr: captured.stderr(), refusal };
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

/** What came and went since the last look; a command that only asks changes nothing, and needs no look. */
async function changesBy(sent: readonly Request[], scene: Scene): Promise<readonly Change[]> {
  const touched = new Set(sent.flatMap((request) => [...kindsChangedBy(request)]));
  if (touched.size === 0) return [];
  const before = scene.inventory.latest;
  const listed = await takeAgain(before, touched, scene.engine, scene.signal);
  const ended = new Set(sent.map(endedBy).filter((name) => name !== undefined));
  const containers = await settled(listed.containers, ended, askThrough(scene.engine, scene.signal));
  scene.inventory.latest = { ...listed, containers };
  return difference(before, scene.inventory.latest);
}

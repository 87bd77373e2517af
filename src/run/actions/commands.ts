/** The docker commands of a step: parsed, performed, and told as events. */
import type { StepOutcome } from '../../check/check.ts';
import type { Command } from '../../command/command.ts';
import { hideSecrets } from '../../command/hide-secrets.ts';
import { readCommand } from '../../command/performable.ts';
import { isCommand } from '../../command/rows.ts';
import { imageBuild } from '../../command/tables/image.ts';
import type { Build } from '../../events/events.ts';
import { Failure } from '../../failure.ts';
import { openPorts } from '../../web/open-ports.ts';
import type { TimedStep } from '../../perform/line/build-steps.ts';
import type { LineIo } from '../../perform/line/capture.ts';
import { exitCodeOf, performLine } from '../../perform/line/perform-line.ts';
import type { LineWorld, PerformedLine } from '../../perform/line/perform-line.ts';
import type { TakeSignals } from '../../perform/world.ts';
import { assertPermitted } from '../../permission/permissions.ts';
import { realPath } from '../../permission/real-path.ts';
import type { Meanwhile, Step } from '../../scenario/schema.ts';
import { stopwatch } from '../../stopwatch.ts';
import type { Turn } from '../actors/actor.ts';
import { contextOf, type Scene } from '../scene.ts';
import { checkContext } from '../step.ts';
import { lineEvents } from './line-events.ts';
import { beside } from './meanwhile.ts';
import { typist } from './typed-input.ts';
import type { Typist } from './typed-input.ts';

/** Longest a single command may take, in milliseconds: a slow pull, not a container that never ends. */
const commandLimit = 15 * 60_000;

/**
 * One after the other. One that fails ends the list: what comes after it was written for the case that it succeeds.
 * @param before asked in front of each line: what it comes to takes the place of the rest
 */
export async function performLines(
  step: Step,
  lines: readonly string[],
  scene: Scene,
  before: (line: string) => Promise<Turn | undefined> = async () => undefined,
): Promise<Turn> {
  let last: LineResult | undefined;
  let build: Built | undefined;
  let cutShort: Failure | undefined;
  const typing = 'input' in step && step.input ? typist(step.input) : undefined;
  for (const [index, line] of lines.entries()) {
    const instead = await before(line);
    if (instead) return instead;
    const isLast = index === lines.length - 1;
    last = await performed(
      step.id,
      line,
      { typing, meanwhile: isLast && 'meanwhile' in step ? step.meanwhile : undefined },
      scene,
    );
    if (last.line.build.length > 0) build = last.line;
    const left = lines.slice(index + 1);
    if (last.exitCode === 0 || left.length === 0) continue;
    cutShort = endedEarly(last, left);
    break;
  }
  return last ? { outcome: outcomeOf(last, build ?? last.line), refusal: last.line.refusal, cutShort } : {};
}

/** @param build of the command, or of the last one before it that built */
export function outcomeOf(
  { exitCode, line: { stdout, stderr } }: Pick<LineResult, 'exitCode' | 'line'>,
  { build, built }: Built,
): StepOutcome {
  return { exitCode, stdout, stderr, ...(build.length > 0 && { build, ...(built !== undefined && { built }) }) };
}

/** What a build tells of itself. */
type Built = Pick<PerformedLine, 'build' | 'built'>;

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
async function performed(
  step: string,
  text: string,
  { typing, meanwhile }: { readonly typing: Typist | undefined; readonly meanwhile: Meanwhile | undefined },
  scene: Scene,
): Promise<LineResult> {
  const context = contextOf(scene);
  const command = readCommand(text, context);
  const interruptible = scene.interruptible?.();
  const { io, stop } = streamsFor(command, { typing, interrupt: interruptible?.take });
  const meant = meanwhile && beside(meanwhile, io, { scene, step, look: checkContext(scene) });
  const result = await performCommand(step, { command, text, context }, meant?.io ?? io, scene).finally(() => {
    stop();
    interruptible?.end();
  });
  await meant?.over();
  scene.signal.throwIfAborted();
  return { shown: hideSecrets(text), ...result };
}

/** A command, as it is written, and what its plan knows without asking. */
export interface Written {
  readonly command: Command;
  readonly text: string;
  readonly context: LineWorld['context'];
  /** The learner has typed it. */
  readonly typed?: true;
  /** It has the terminal to itself: what it prints is on the screen already. */
  readonly session?: boolean;
  /** Aborted, it ends this command alone. */
  readonly interruption?: AbortSignal | undefined;
}

/** What a shell calls a program that Ctrl-C has ended. */
const interruptedCode = 130;

/** One command of a step, told as events. @throws what kept it from being performed to its end */
export async function performCommand(
  step: string,
  { command, text, context, typed, session = false, interruption }: Written,
  io: LineIo,
  scene: Scene,
): Promise<{ readonly exitCode: number; readonly line: PerformedLine }> {
  const elapsed = stopwatch();
  const { engine, guard, marks, credentials, signal, permissions, workspace, bounds } = scene;
  scene.emit({
    type: 'command-started',
    step,
    command: hideSecrets(text),
    means: command.row.means,
    ...(typed && { typed }),
    ...(session && { session }),
  });
  const tell = lineEvents(step, scene);
  const line = await performLine(command, {
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
    see: (effect) => assertPermitted(effect, permissions, text, { workspace, real: realPath }),
    tell: session ? (happening) => (happening.is === 'output' ? undefined : tell(happening)) : tell,
  });
  if (line.after) scene.inventory.latest = line.after;
  // what it has brought about until then is told, and can be taken back
  const exitCode = interruption?.aborted ? (line.exitCode ?? interruptedCode) : exitCodeOf(line);
  const build = buildOf(command, line.build);
  const { changes, doings, after } = line;
  const open = after ? openPorts(changes, after, scene.portsHost) : [];
  scene.emit({
    type: 'command-finished',
    step,
    exitCode,
    ms: elapsed(),
    changes,
    doings,
    ...(open.length > 0 && { openPorts: open }),
    ...(build && { build }),
  });
  return { exitCode, line };
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

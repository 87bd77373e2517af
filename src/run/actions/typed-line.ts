/** A line that the learner has typed in a lesson: performed there, under the rules for what a learner types. */
import type { StepOutcome } from '../../check/check.ts';
import type { Command } from '../../command/command.ts';
import { assertPerformable } from '../../command/performable.ts';
import { builderAsked } from '../../command/shell/builder-asked.ts';
import type { ParsedItem } from '../../command/shell/script.ts';
import type { Change } from '../../events/events.ts';
import { namesRunning } from '../../inventory/names-running.ts';
import type { Failure } from '../../failure.ts';
import { performShellLine } from '../../perform/line/shell-line.ts';
import type { LineIo } from '../../perform/line/capture.ts';
import { contextOf, type Scene } from '../scene.ts';
import { outcomeOf, performCommand } from './commands.ts';

export interface TypedLine {
  /** Its commands, in the order they were performed. */
  readonly commands: readonly Command[];
  /** Of the last command. */
  readonly outcome: StepOutcome;
  /** What the engine refused of it. */
  readonly refusal?: Failure | undefined;
  /** What it has brought about. */
  readonly changes: readonly Change[];
  /** It did something besides that. */
  readonly didMore: boolean;
  /** Containers that it has left running, though Ctrl-C ended it. */
  readonly stillRunning: readonly string[];
}

/** The learner's keyboard and terminal while a command of theirs runs. */
export interface LearnersStreams {
  readonly io: LineIo;
  /** It has the terminal to itself: what it prints goes there, and is not told. */
  readonly session: boolean;
  /** Ctrl-C ends the command alone. */
  readonly signal: AbortSignal;
  end(): void;
}

export interface Beside {
  /** Absent: there is no keyboard, and what docker asks is answered with yes. */
  readonly streams?: (command: Command) => LearnersStreams;
  /** `docker run --help`: asks for words, not for the engine. */
  explain(text: string): Promise<void>;
  /** May throw, and the command is not performed. */
  before(command: Command): Promise<void>;
}

/** @throws Failure for what cannot be performed */
export async function performTyped(
  step: string,
  text: string,
  scene: Scene,
  { streams, explain, before }: Beside,
): Promise<TypedLine> {
  const commands: Command[] = [];
  const changes: Change[] = [];
  let outcome: StepOutcome = { exitCode: 0, stdout: '', stderr: '' };
  let refusal: Failure | undefined;
  let didMore = false;
  let stillRunning: readonly string[] = [];
  const context = contextOf(scene);
  const perform = async (command: Command, item: ParsedItem, io: LineIo | undefined): Promise<number> => {
    assertPerformable(command, text);
    await before(command);
    const turn = streams?.(command);
    const signal = turn ? AbortSignal.any([turn.signal, scene.signal]) : scene.signal;
    const here = { ...scene, guard: scene.learnersGuard(), signal };
    commands.push(command);
    try {
      const session = io === undefined && turn?.session === true;
      const asked = { ...context, env: { ...context.env, ...builderAsked(item.before) } };
      const performing = {
        command,
        text: item.text,
        context: asked,
        typed: true,
        session,
        interruption: turn?.signal,
      } as const;
      const { exitCode, line } = await performCommand(step, performing, io ?? turn?.io ?? answeringYes, here);
      outcome = outcomeOf({ exitCode, line }, line);
      refusal = line.refusal;
      changes.push(...line.changes);
      scene.signal.throwIfAborted();
      if (signal.aborted) stillRunning = namesRunning(line.changes);
      didMore ||= signal.aborted || line.doings.length > 0;
      return exitCode;
    } finally {
      turn?.end();
    }
  };
  const { cwd, env } = context;
  await performShellLine(text, {
    shell: { cwd, env, home: cwd },
    perform,
    help: ({ text: asked }) => explain(asked),
    complain: (chunk) => scene.emit({ type: 'output', step, stream: 'stderr', text: chunk.toString() }),
  });
  return { commands, outcome, refusal, changes, didMore, stillRunning };
}

const answeringYes: LineIo = { question: () => Promise.resolve('y') };

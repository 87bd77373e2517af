/** Performs a line as a shell would: nested commands first, then one after the other as `&&` and `;` have it. */
import type { Command } from '../command/command.ts';
import { CommandError } from '../command/errors.ts';
import { parseLine } from '../command/shell/script.ts';
import type { ParsedItem, ParsedLine, ShellContext } from '../command/shell/script.ts';
import type { CredentialStore } from '../engine/login/logins.ts';
import type { Io } from '../perform/world.ts';
import { capture } from '../perform/line/capture.ts';
import { commandFailure } from '../command/command-failure.ts';
import { isDockers, readTried, withDocker } from './line.ts';
import type { CommandDone } from './try-command.ts';
import { tryCommand } from './try-command.ts';
import type { TryEngines } from './engines.ts';

/** Where lines are tried, and who hears of it. */
export interface TryScene {
  readonly engines: TryEngines;
  readonly shell: {
    readonly env: Readonly<Record<string, string | undefined>>;
    /** A variable that is not set gives nothing, as in the shell that the line is typed for. */
    readonly wholeEnv?: true;
    readonly cwd: string;
    readonly home: string;
  };
  /** Logins for registries. */
  readonly credentials: CredentialStore;
  /** Whether docker's output goes to a terminal. */
  readonly terminal: boolean;
  /** Whether a terminal is typed on. */
  readonly keyboard: boolean;
  /** Makes images available that the engine's registry lacks (the lab). */
  provide?(images: readonly string[], signal: AbortSignal): Promise<void>;
  /** The learner's streams for this command. */
  io(command: Command): Io;
  /** `docker`, `docker run --help`: asks for words, not for the engine. */
  help(item: ParsedItem): Promise<void>;
  done(done: CommandDone): void;
}

interface Course {
  readonly scene: TryScene;
  readonly text: string;
  readonly signal: AbortSignal;
  /** What nested commands printed, by the place of their `$(`. */
  readonly outputs: Map<number, string>;
}

/**
 * @returns the exit code of the last command that was performed
 * @throws Failure for what cannot be performed, before anything is, where that can be seen; the signal's reason
 */
export async function tryLine(written: string, scene: TryScene, signal: AbortSignal): Promise<number> {
  const text = withDocker(written);
  const course: Course = { scene, text, signal, outputs: new Map() };
  readTried(text, scene.shell);
  return sequence((line) => line.items, undefined, course);
}

/** Finds the items again in the line as it reads with the outputs known by then. */
type Locate = (line: ParsedLine) => readonly ParsedItem[];

async function sequence(locate: Locate, io: Io | undefined, course: Course): Promise<number> {
  let exitCode = 0;
  const { length } = locate(lineNow(course));
  for (let i = 0; i < length; i++) {
    const joint = locate(lineNow(course))[i]?.joint;
    if (joint === '&&' && exitCode !== 0) continue;
    await nestedOf((line) => locate(line)[i], course);
    const item = locate(lineNow(course))[i];
    if (item && item.what.is !== 'output') exitCode = await tryItem(item, io, course);
  }
  return exitCode;
}

function lineNow({ text, scene, outputs }: Course): ParsedLine {
  const context: ShellContext = { ...scene.shell, outputs };
  return parseLine(text, context);
}

async function nestedOf(locate: (line: ParsedLine) => ParsedItem | undefined, course: Course): Promise<void> {
  const nested = locate(lineNow(course))?.nested ?? [];
  for (const [index, { start, items }] of nested.entries()) {
    if (!isDockers(items) || course.outputs.has(start)) continue;
    const captured = capture({
      stderr: (chunk) => void process.stderr.write(chunk),
      question: () => Promise.resolve(''),
    });
    await sequence((line) => locate(line)?.nested[index]?.items ?? [], captured.io, course);
    course.outputs.set(start, captured.stdout());
  }
}

async function tryItem(item: ParsedItem, io: Io | undefined, course: Course): Promise<number> {
  const { what } = item;
  switch (what.is) {
    case 'command':
      return tryCommand(what.command, item, io ?? course.scene.io(what.command), course);
    case 'help':
      await course.scene.help(item);
      return 0;
    case 'error':
      // a nested command printed what docker would not take, or nothing
      throw commandFailure(what.error, course.text);
    case 'usage':
    case 'other':
    case 'output':
      throw commandFailure(new CommandError('not-a-command', 'this is not a docker command', item), course.text);
  }
}

/** Performs a line as a shell would: nested commands first, then one after the other as `&&` and `;` have it. */
import type { Command } from '../../command/command.ts';
import { CommandError } from '../../command/errors.ts';
import { commandFailure } from '../../command/command-failure.ts';
import { parseLine } from '../../command/shell/script.ts';
import type { ParsedItem, ParsedLine, ShellContext } from '../../command/shell/script.ts';
import { isDockers, readTried, withDocker } from '../../command/shell/typed.ts';
import type { Io } from '../world.ts';
import { capture } from './capture.ts';

/** Whoever performs the commands of a line. */
export interface LinePerformer {
  /** What a shell at this place knows. */
  readonly shell: ShellContext;
  /** @param io of a command whose output stands for itself in the line; absent: the learner's own streams */
  perform(command: Command, item: ParsedItem, io: Io | undefined): Promise<number>;
  /** `docker`, `docker run --help`: asks for words, not for the engine. */
  help(item: ParsedItem): Promise<void>;
  /** What a nested command says on its second stream. */
  complain(chunk: Uint8Array | string): void;
}

interface Course extends LinePerformer {
  readonly text: string;
  /** What nested commands printed, by the place of their `$(`. */
  readonly outputs: Map<number, string>;
}

/**
 * @param written where `docker` may be missing in front
 * @returns the exit code of the last command that was performed
 * @throws Failure for what cannot be performed, before anything is, where that can be seen; what the performer throws
 */
export async function performShellLine(written: string, performer: LinePerformer): Promise<number> {
  const text = withDocker(written);
  readTried(text, performer.shell);
  return sequence((line) => line.items, undefined, { ...performer, text, outputs: new Map() });
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
    if (item && item.what.is !== 'output') exitCode = await performItem(item, io, course);
  }
  return exitCode;
}

function lineNow({ text, shell, outputs }: Course): ParsedLine {
  return parseLine(text, { ...shell, outputs });
}

async function nestedOf(locate: (line: ParsedLine) => ParsedItem | undefined, course: Course): Promise<void> {
  const nested = locate(lineNow(course))?.nested ?? [];
  for (const [index, { start, items }] of nested.entries()) {
    if (!isDockers(items) || course.outputs.has(start)) continue;
    const captured = capture({ stderr: (chunk) => course.complain(chunk), question: () => Promise.resolve('') });
    await sequence((line) => locate(line)?.nested[index]?.items ?? [], captured.io, course);
    course.outputs.set(start, captured.stdout());
  }
}

async function performItem(item: ParsedItem, io: Io | undefined, course: Course): Promise<number> {
  const { what } = item;
  switch (what.is) {
    case 'command':
      return course.perform(what.command, item, io);
    case 'help':
      await course.help(item);
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

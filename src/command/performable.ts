/** Which command lines can be performed, and what is said of those that cannot. */
import type { Command } from './command.ts';
import { CommandError } from './errors.ts';
import { parseCommand } from './parse.ts';
import { spellingOf } from './rows.ts';
import type { ShellContext } from './shell/expand.ts';
import { Failure } from '../failure.ts';
import { commandFailure, shownSpot } from './command-failure.ts';

/** @throws Failure where the line is not one docker command that can be performed. */
export function readCommand(line: string, { env, cwd }: Pick<ShellContext, 'env' | 'cwd'>): Command {
  try {
    const command = parseCommand(line, { env, cwd, home: cwd });
    assertPerformable(command, line);
    return command;
  } catch (error) {
    throw error instanceof CommandError ? commandFailure(error, line) : error;
  }
}

/** @throws Failure that names the part of the command that docker has and docker-tutor does not perform. */
export function assertPerformable(command: Command, line: string): void {
  const { row } = command;
  const spelled = `docker ${spellingOf(row)}`;
  if (row.refused !== undefined) throw refused(`${spelled} is not performed here: ${row.refused}.`, line);
  for (const part of command.parts) {
    const reason =
      part.is === 'flag' && part.global !== true
        ? (part.group ? row.groupFlags?.() : row.flags)?.[part.name]?.refused
        : undefined;
    if (part.is === 'flag' && reason !== undefined)
      throw refused(`--${part.name} of ${spelled} is not performed here: ${reason}.`, line, part.start, part.end);
  }
  const [unknown] = command.unknowns;
  if (!unknown) return;
  const says = `${line.slice(unknown.start, unknown.end)} stands for something that is not known yet`;
  if (unknown.docker === undefined) throw refused(`${says}.`, line, unknown.start, unknown.end);
  const { docker } = unknown;
  throw commandFailure(new CommandError('bad-value', says, unknown, { hint: explainTells, docker }), line);
}

const explainTells = 'see what it does: docker-tutor explain';

function refused(message: string, line: string, start = 0, end = line.length): Failure {
  return new Failure(message, {
    code: 'not-performed',
    exitCode: 2,
    hints: [explainTells],
    args: shownSpot(line, { start, end }),
  });
}

/** What subcommands are given, and what they have in common. Each ends with its exit code, and throws a Failure for what it cannot go on from. */
import type { Command } from 'commander';
import { languages } from '../../words/language.ts';

/** Given to every subcommand. `signal` aborts once the user interrupts; what was made must then be removed. */
export interface Session {
  readonly signal: AbortSignal;
}

/** Runs the action of a subcommand and keeps its exit code. */
export type Go = (action: (session: Session) => Promise<number>) => Promise<void>;

/** How a command is told which engine to talk to, as the docker CLI has it. */
export interface EngineOptions {
  readonly lab?: boolean;
  readonly host?: string;
  readonly context?: string;
}

/** The options of EngineOptions. */
export function withEngine(command: Command): Command {
  return command
    .option('--lab', 'on a private engine, started (and installed) where it is not there')
    .option('-H, --host <address>', 'on the engine at this address: unix://, tcp:// or ssh://')
    .option('-c, --context <name>', 'on the engine of this docker context');
}

/** In which language a learner is told. */
export interface LanguageOptions {
  readonly lang?: string;
}

export function withLanguage(command: Command): Command {
  return command.option('--lang <language>', 'the language of lessons, such as de; default: that of LANG', language);
}

/** It is read once the program knows what it writes. */
export const language = Object.assign((written: string): string => written, { offers: ['en', ...languages] });

/** What may be typed, and what it does, as help shows it below the options. */
export type Example = readonly [line: string, does: string];

/** How wide help is, as commander has it without a terminal. */
const columns = 80;

/** For `addHelpText('after', …)`. @param rows the lines without the program's own name */
export function examples(...rows: readonly Example[]): (about: { readonly command: Command }) => string {
  return ({ command }) => {
    let root = command;
    while (root.parent) root = root.parent;
    const lines = rows.map(([line, does]): Example => [`  ${root.name()} ${line}`.trimEnd(), does]);
    const left = Math.max(...lines.map(([line]) => line.length)) + 2;
    const isWide = lines.some(([, does]) => left + does.length > columns);
    const shown = lines.map(([line, does]) => (isWide ? `${line}\n      ${does}` : `${line.padEnd(left)}${does}`));
    return ['', rows.length === 1 ? 'Example:' : 'Examples:', ...shown].join('\n');
  };
}

/** `--format`: how a person is told, or a program. */
export type Format = 'pretty' | 'plain' | 'json';

export function withFormat(command: Command): Command {
  return command.addOption(
    command.createOption('--format <format>', 'how it is told').choices(['pretty', 'plain', 'json']),
  );
}

/**
 * A word with a blank in it is a whole line in quotes, and what follows is docker-tutor's: `try 'docker ps' --lab`.
 * @returns the line, its options taken into the command; or the words as they are
 */
export function takeOptionsAfterLine(command: Command, words: readonly string[]): readonly string[] {
  const [line = '', ...rest] = words;
  if (!/\s/.test(line) || rest.length === 0) return words;
  if (rest.some((word) => word === '--help' || word === '-h')) command.help();
  const { operands, unknown } = command.parseOptions(rest);
  if (unknown[0] !== undefined) command.error(`error: unknown option '${unknown[0]}'`);
  if (operands[0] !== undefined) command.error(`error: "${operands[0]}" stands after a line that is whole`);
  return [line];
}

/** The command line as a whole. A subcommand's own code loads when it is asked for. */
import { Command, CommanderError } from 'commander';
import { cleanText } from '../../terminal/clean-text.ts';
import { version } from '../../version.ts';
import { inOurSpelling, leadingOptions } from './leading-options.ts';
import type { Go } from '../commands/subcommand.ts';
import { subcommands } from '../commands/subcommands.ts';

/** How docker-tutor was started. */
export interface Start {
  /** What it is called there: help and errors say it. */
  readonly name: string;
  /** Options that say which engine is meant, given before docker-tutor's own words: `--host`, its address. */
  readonly engine: readonly string[];
}

const byItself: Start = { name: 'docker-tutor', engine: [] };

/** Runs the command line; returns its exit code: 2 where the line itself is wrong. */
export async function runProgram(
  argv: readonly string[],
  signal: AbortSignal,
  start: Start = byItself,
): Promise<number> {
  let exitCode = 0;
  const go: Go = async (work) => {
    exitCode = await work({ signal });
  };
  if (argv[0] === '__complete')
    return (await import('../completion/complete.ts')).complete(programFor(start.name, go), argv.slice(1));
  const { engine, rest } = leadingOptions(inOurSpelling(argv));
  const program = programFor(start.name, go, rest[0]);
  try {
    await program.parseAsync(rest.length === 0 ? ['--help'] : withEngine(program, rest, [...start.engine, ...engine]), {
      from: 'user',
    });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

/** @param asked the first word: of a subcommand that it names, no other is needed */
function programFor(name: string, go: Go, asked = ''): Command {
  const program = frame(name);
  const named = subcommands.get(asked);
  for (const add of named ? [named] : subcommands.values()) add(program, go);
  settle(program, name);
  return program;
}

/** The options stand directly after the words of a subcommand that knows them, so that what is said later counts more. */
function withEngine(program: Command, argv: readonly string[], engine: readonly string[]): readonly string[] {
  let command = program;
  let at = 0;
  for (let next = subcommandOf(command, argv[at]); next; next = subcommandOf(command, argv[at])) {
    command = next;
    at += 1;
  }
  const known = command.options.some(({ long }) => long === '--host');
  return known ? [...argv.slice(0, at), ...engine, ...argv.slice(at)] : argv;
}

function subcommandOf(command: Command, word: string | undefined): Command | undefined {
  return command.commands.find((child) => child.name() === word);
}

function frame(name: string): Command {
  return new Command(name)
    .description(
      'Learn Docker on your own engine: every step is a real docker command, performed, checked and explained.',
    )
    .version(version, '-v, --version', 'the version')
    .helpOption('-h, --help', 'this help')
    .helpCommand(false)
    .enablePositionalOptions()
    .addHelpText('after', `\nStart with: ${name} run hello-world`);
}

/** Commander neither ends the process nor words our errors. `words`: what was asked, `docker-tutor lab up`. */
function settle(command: Command, words: string): void {
  command.exitOverride().configureOutput({
    outputError: (message, write) => {
      write(inOurWords(message, words));
    },
  });
  for (const child of command.commands) settle(child, `${words} ${child.name()}`);
}

/** `error: unknown option '--al'\n(Did you mean --all?)` → a sentence, the suggestion, and where to look. */
function inOurWords(message: string, words: string): string {
  const [first = '', ...rest] = cleanText(message).trim().split('\n');
  const suggestion = rest.map((line) => line.replace(/^\((.*)\)$/, '$1'));
  const lines = [`${words}: ${first.replace(/^error: /, '')}`, ...suggestion, `See \`${words} --help\`.`];
  return lines.map((line) => `${line}\n`).join('');
}

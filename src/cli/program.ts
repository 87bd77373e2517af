/** The command line as a whole. A subcommand's own code loads when it is asked for. */
import { Command, CommanderError } from 'commander';
import { cleanText } from '../report/clean-text.ts';
import { version } from '../version.ts';
import { subcommands } from './subcommands.ts';

/** Runs the command line; returns its exit code: 2 where the line itself is wrong. */
export async function runProgram(argv: readonly string[], signal: AbortSignal): Promise<number> {
  let exitCode = 0;
  const program = frame();
  for (const add of subcommands) {
    add(program, async (work) => {
      exitCode = await work({ signal });
    });
  }
  settle(program, program.name());
  try {
    await program.parseAsync(argv.length === 0 ? ['--help'] : argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

function frame(): Command {
  return new Command('docker-tutor')
    .description(
      'Learn Docker on your own engine: every step is a real docker command, performed, checked and explained.',
    )
    .version(version, '-v, --version', 'the version')
    .helpOption('-h, --help', 'this help')
    .helpCommand(false)
    .enablePositionalOptions()
    .addHelpText('after', '\nStart with: docker-tutor run hello-world');
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

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
  for (const command of [program, ...program.commands]) settle(command);
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
    .addHelpText('after', '\nStart with: docker-tutor run hello-world');
}

/** Commander neither ends the process nor words our errors. */
function settle(command: Command): void {
  command
    .exitOverride()
    .configureHelp({ sortSubcommands: false })
    .configureOutput({
      outputError: (message, write) => {
        write(inOurWords(message, command.name()));
      },
    });
}

/** `error: unknown option '--al'\n(Did you mean --all?)` → one sentence, and where to look. */
function inOurWords(message: string, command: string): string {
  const [first = '', ...rest] = cleanText(message).trim().split('\n');
  const asked = command === 'docker-tutor' ? command : `docker-tutor ${command}`;
  const sentence = first.replace(/^error: /, '');
  const suggestion = rest.map((line) => line.replace(/^\((.*)\)$/, '$1'));
  return [`${asked}: ${sentence}`, ...suggestion, `See \`${asked} --help\`.`].map((line) => `${line}\n`).join('');
}

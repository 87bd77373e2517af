/** The command line: what can be asked, in commander's terms. Each subcommand's own code loads when it is asked for. */
import { Command, CommanderError } from 'commander';
import { version } from '../version.ts';

/** Runs the command line and returns its exit code. */
export async function runProgram(argv: readonly string[], signal: AbortSignal): Promise<number> {
  const program = describe();
  const outcome = { exitCode: 0 };
  void signal;
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
  return outcome.exitCode;
}

function describe(): Command {
  return new Command('docker-tutor')
    .description('Learn Docker on your own engine.')
    .version(version, '-v, --version')
    .exitOverride();
}

/** `docker-tutor completion bash|zsh|fish|powershell`: the script for a shell. */
import type { Command } from 'commander';
import type { Shell } from '../completion/scripts.ts';
import type { Go } from './subcommand.ts';
import { examples } from './subcommand.ts';

const shells = Object.keys({ bash: true, zsh: true, fish: true, powershell: true } satisfies Record<Shell, true>);

export function addCompletion(program: Command, go: Go, action = completion): void {
  const command = program.command('completion');
  command
    .addArgument(command.createArgument('<shell>', 'whose completion script to print').choices(shells))
    .description('completion of docker-tutor itself: prints the script for your shell')
    .addHelpText(
      'after',
      examples([
        'completion bash > ~/.local/share/bash-completion/completions/docker-tutor',
        'for bash, in every new shell',
      ]),
    )
    .action((shell: Shell) => go(() => action(shell)));
}

/** Prints to stdout; returns the exit code. */
async function completion(shell: Shell): Promise<number> {
  const { scripts } = await import('../completion/scripts.ts');
  process.stdout.write(scripts[shell]);
  return 0;
}

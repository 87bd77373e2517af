/** `docker-tutor plugin install|remove`: docker-tutor as a plugin of the docker CLI, `docker tutor`. */
import type { Command } from 'commander';
import type { Go } from './subcommand.ts';
import { examples } from './subcommand.ts';

export type PluginAction = 'install' | 'remove';

export function addPlugin(program: Command, go: Go, action = plugin): void {
  const words = program
    .command('plugin')
    .description('docker-tutor as a plugin of the docker CLI: docker tutor')
    .addHelpText(
      'after',
      examples(['plugin install', 'then docker tutor run hello-world works'], ['plugin remove', 'as it was before']),
    );
  const act = (what: PluginAction) => () => go(() => action(what));
  words
    .command('install')
    .description('make docker tutor work; nothing of others is overwritten')
    .addHelpText('after', examples(['plugin install', 'then docker tutor run hello-world works']))
    .action(act('install'));
  words
    .command('remove')
    .description('take it away again')
    .addHelpText('after', examples(['plugin remove', 'docker tutor is gone, docker-tutor stays']))
    .action(act('remove'));
}

/** Prints to stdout; returns the exit code. Throws a Failure where the place is taken or cannot be written. */
async function plugin(what: PluginAction): Promise<number> {
  const { installPlugin, removePlugin } = await import('../plugin/install.ts');
  const lines = what === 'install' ? installPlugin() : removePlugin();
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  return 0;
}

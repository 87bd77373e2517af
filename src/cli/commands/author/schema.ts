/** `docker-tutor author schema`: the JSON Schema of the scenario file, as it was built. */
import type { Command } from 'commander';
import type { Go } from '../subcommand.ts';
import { examples } from '../subcommand.ts';

export function addSchema(author: Command, go: Go, action = schema): void {
  author
    .command('schema')
    .description('print the JSON Schema of the scenario file')
    .addHelpText('after', examples(['author schema > scenario.schema.json', 'for help in an editor']))
    .action(() => go(action));
}

async function schema(): Promise<number> {
  const { shippedSchema } = await import('../../../scenario/catalogue.ts');
  process.stdout.write(shippedSchema());
  return 0;
}

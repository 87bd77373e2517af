/** `docker-tutor prefetch`: its words and options. */
import type { Command } from 'commander';
import type { EngineOptions, Go, Session } from '../subcommand.ts';
import { examples, withEngine } from '../subcommand.ts';

export interface PrefetchOptions extends EngineOptions {
  readonly all?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function addPrefetch(program: Command, go: Go, action = prefetch): void {
  const command = program
    .command('prefetch')
    .argument('[scenario...]', 'ids of the list, scenario files or folders')
    .description('fetch the images of lessons before they are wanted')
    .addHelpText(
      'after',
      examples(
        ['prefetch flask-image-build compose', 'what it costs, then a question'],
        ['prefetch --all --yes', 'without a question'],
      ),
    )
    .option('--all', 'those of every lesson')
    .option('-y, --yes', 'no question, and go on where too few pulls are left')
    .option('--json', 'as JSON');
  withEngine(command).action((asked: readonly string[], options: PrefetchOptions) =>
    go((session) => action(asked, { ...options, ...session })),
  );
}

async function prefetch(asked: readonly string[], options: PrefetchOptions & Session): Promise<number> {
  const [{ answer }, { prefetched }] = await Promise.all([import('../../process/answer.ts'), import('./prefetch.ts')]);
  return answer(options, () => prefetched(asked, options));
}

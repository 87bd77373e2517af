/** `docker-tutor bundle create|load|verify|list`: its words and options. */
import type { Command } from 'commander';
import type { Answer } from '../../process/answer.ts';
import type { EngineOptions, Go, Session } from '../subcommand.ts';
import { examples, withEngine } from '../subcommand.ts';

export interface BundleOptions {
  readonly json?: boolean;
}

export interface CreateOptions extends EngineOptions, BundleOptions {
  readonly all?: boolean;
  readonly yes?: boolean;
}

export interface LoadOptions extends EngineOptions, BundleOptions {
  readonly replace?: boolean;
}

/** What each does; tests have others. */
const actions = {
  create: async (file: string, asked: readonly string[], options: CreateOptions & Session): Promise<number> =>
    answered(options, async () => (await import('./create.ts')).created(file, asked, options)),
  load: async (file: string, options: LoadOptions & Session): Promise<number> =>
    answered(options, async () => (await import('./load.ts')).loaded(file, options)),
  verify: async (file: string, options: BundleOptions & Session): Promise<number> =>
    answered(options, async () => (await import('./look.ts')).verified(file, options)),
  list: async (file: string, options: BundleOptions & Session): Promise<number> =>
    answered(options, async () => (await import('./look.ts')).listed(file)),
};

export function addBundle(program: Command, go: Go, act = actions): void {
  const bundle = program
    .command('bundle')
    .description('lessons and their images in one file, for machines without a network')
    .addHelpText(
      'after',
      examples(
        ['bundle create class.tar hello-world compose', 'where there is a network'],
        ['bundle load class.tar', 'where there is none'],
      ),
    );
  addCreate(bundle, go, act.create);
  addLoad(bundle, go, act.load);
  addLooks(bundle, go, act);
}

function addCreate(bundle: Command, go: Go, action: typeof actions.create): void {
  const create = bundle
    .command('create')
    .argument('<file>', 'where it is written')
    .argument('[scenario...]', 'ids of the list, scenario files or folders')
    .description('write one; where it was interrupted, the same line goes on')
    .addHelpText(
      'after',
      examples(
        ['bundle create class.tar hello-world compose', 'two lessons'],
        ['bundle create all.tar --all --lab', 'with the images of the private engine'],
      ),
    )
    .option('--all', 'every lesson')
    .option('-y, --yes', 'fetch what the engine lacks without a question')
    .option('--json', 'as JSON');
  withEngine(create).action((file: string, asked: readonly string[], options: CreateOptions) =>
    go((session) => action(file, asked, { ...options, ...session })),
  );
}

function addLoad(bundle: Command, go: Go, action: typeof actions.load): void {
  const load = bundle
    .command('load')
    .argument('<file>', 'what bundle create has written')
    .description('verify it, then bring its images onto an engine, without a network')
    .addHelpText(
      'after',
      examples(
        ['bundle load class.tar', 'those that are there are left out'],
        ['bundle load class.tar --lab', 'onto the private engine'],
      ),
    )
    .option('--replace', 'also where a name belongs to another image now')
    .option('--json', 'as JSON');
  withEngine(load).action((file: string, options: LoadOptions) =>
    go((session) => action(file, { ...options, ...session })),
  );
}

function addLooks(bundle: Command, go: Go, act: typeof actions): void {
  bundle
    .command('verify')
    .argument('<file>', 'what bundle create has written')
    .description('whether every byte is as it was written')
    .addHelpText('after', examples(['bundle verify class.tar', 'after it was copied']))
    .option('--json', 'as JSON')
    .action((file: string, options: BundleOptions) => go((session) => act.verify(file, { ...options, ...session })));
  bundle
    .command('list')
    .argument('<file>', 'what bundle create has written')
    .description('what is in it')
    .addHelpText('after', examples(['bundle list class.tar', 'its lessons, its images, and how large they are']))
    .option('--json', 'as JSON')
    .action((file: string, options: BundleOptions) => go((session) => act.list(file, { ...options, ...session })));
}

async function answered(options: BundleOptions & Session, work: () => Promise<Answer>): Promise<number> {
  const { answer } = await import('../../process/answer.ts');
  return answer(options, work);
}

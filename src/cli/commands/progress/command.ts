/** `docker-tutor progress`: its words and options. */
import type { Command } from 'commander';
import type { EngineOptions, Go, LanguageOptions, Session } from '../subcommand.ts';
import { examples, withEngine, withLanguage } from '../subcommand.ts';

export interface ProgressOptions {
  readonly json?: boolean;
}

export type VerifyOptions = ProgressOptions & EngineOptions & Session;

export function addProgress(program: Command, go: Go): void {
  const progress = program
    .command('progress')
    .description('what you have done, and what is next')
    .addHelpText(
      'after',
      examples(
        ['progress', 'what is done, and what is next'],
        ['progress export record.json', 'a record for a teacher'],
        ['progress verify record.json --lab', 'what a teacher does with it'],
      ),
    )
    .option('--json', 'as JSON');
  withLanguage(progress).action((options: ProgressOptions & LanguageOptions) =>
    go(async () => (await import('./progress.ts')).show(options)),
  );
  progress
    .command('reset')
    .argument('[lesson...]', 'ids of lessons; without one, all of them')
    .description('forget what you have done')
    .addHelpText('after', examples(['progress reset hello-world', 'one lesson'], ['progress reset', 'all of them']))
    .action((lessons: readonly string[]) => go(async () => (await import('./progress.ts')).reset(lessons)));
  progress
    .command('export')
    .argument('[file]', 'where the record goes; without one, to stdout')
    .description('a record of the lessons you have finished, for a teacher')
    .addHelpText('after', examples(['progress export record.json', 'to give to a teacher']))
    .action((file: string | undefined) => go(async () => (await import('./record.ts')).exportRecord(file)));
  withEngine(
    progress
      .command('verify')
      .argument('<file>', 'a record')
      .description('check a record: its chain, its lessons, and its claims on an engine')
      .addHelpText('after', examples(['progress verify record.json --lab', 'its lessons are taken once more']))
      .option('--json', 'as JSON'),
  ).action((file: string, options: Omit<VerifyOptions, 'signal'>) =>
    go(async (session) => (await import('./record.ts')).verifyRecord(file, { ...options, ...session })),
  );
}

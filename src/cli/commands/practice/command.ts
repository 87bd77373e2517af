/** `docker-tutor practice`: its words and options. */
import type { Command } from 'commander';
import type { Go, Session } from '../subcommand.ts';
import { withRunOptions } from '../run/command.ts';
import type { RunOptions } from '../run/command.ts';
import { examples } from '../subcommand.ts';

export interface PracticeOptions extends RunOptions {
  /** A file that plays the learner. */
  readonly script?: string;
  /** The learner works in a terminal of their own. */
  readonly watch?: boolean;
}

export function addPractice(program: Command, go: Go, action = practise): void {
  const command = program
    .command('practice')
    .argument('[scenario]', 'an id of the list, a scenario file or folder')
    .description('only the goals of a lesson: you find the commands, the engine judges')
    .addHelpText(
      'after',
      examples(
        ['practice hello-world', 'you type, the engine judges'],
        ['practice hello-world --watch', 'you work in another terminal'],
        ['practice hello-world --script answers.txt', 'a file plays the learner'],
      ),
    )
    .option('--watch', 'you work in another terminal, with docker itself; docker-tutor looks on')
    .option('--script <file>', 'a file plays the learner, a line wherever something is asked');
  withRunOptions(command).action((asked: string | undefined, options: PracticeOptions) =>
    go((session) => action(asked === undefined ? [] : [asked], { ...options, ...session })),
  );
}

async function practise(asked: readonly string[], options: PracticeOptions & Session): Promise<number> {
  return (await import('./practice.ts')).practise(asked, options);
}

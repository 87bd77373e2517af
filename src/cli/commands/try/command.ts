/** `docker-tutor try`: its words and options. */
import type { Command } from 'commander';
import type { EngineOptions, Format, Go, Session } from '../subcommand.ts';
import { examples, takeOptionsAfterLine, withEngine, withFormat } from '../subcommand.ts';

export interface TryOptions extends EngineOptions, Session {
  readonly explain?: boolean;
  readonly format?: Format;
}

export function addTry(program: Command, go: Go, action = tryLine): void {
  const command = program
    .command('try')
    .argument('[command...]', 'a docker command line, in quotes; - or a pipe reads it; without one, a prompt')
    .description('perform a docker command, and say what it changed; without one, a prompt')
    .addHelpText(
      'after',
      examples(
        ["try 'docker run -d nginx'", 'one command, and what it changed'],
        ["try --explain 'docker ps -a'", 'first what each part means'],
        ['try --lab', 'a prompt on a private engine'],
      ),
    )
    .option('--explain', 'first show what each part means');
  withFormat(command).passThroughOptions();
  withEngine(command).action((words: readonly string[]) => {
    const line = takeOptionsAfterLine(command, words);
    return go((session) => action(line, { ...command.opts<Omit<TryOptions, 'signal'>>(), ...session }));
  });
}

async function tryLine(words: readonly string[], options: TryOptions): Promise<number> {
  return (await import('./try.ts')).tryCommand(words, options);
}

/** `docker-tutor try`: its words and options. */
import type { Command } from 'commander';
import { type EngineOptions, type Format, type Go, type Session, withEngine, withFormat } from '../subcommand.ts';

export interface TryOptions extends EngineOptions, Session {
  readonly explain?: boolean;
  readonly format?: Format;
}

export function addTry(program: Command, go: Go, action = tryLine): void {
  const command = program
    .command('try')
    .argument('[command...]', 'a docker command line, in quotes; - or a pipe reads it; without one, a prompt')
    .description('perform a docker command, and say what it changed; without one, a prompt')
    .option('--explain', 'first show what each part means');
  withFormat(command).passThroughOptions();
  withEngine(command).action((words: readonly string[], options: Omit<TryOptions, 'signal'>) =>
    go((session) => action(words, { ...options, ...session })),
  );
}

async function tryLine(words: readonly string[], options: TryOptions): Promise<number> {
  return (await import('./try.ts')).tryCommand(words, options);
}

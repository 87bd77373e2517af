/** `docker-tutor explain`: its words and options. */
import type { Command } from 'commander';
import { examples, type Format, type Go, takeOptionsAfterLine, withFormat } from '../subcommand.ts';

export interface ExplainOptions {
  readonly format?: Format;
  /** A Dockerfile or compose file to explain instead of a command; `-` is stdin. */
  readonly file?: string;
}

export function addExplain(program: Command, go: Go, action = explain): void {
  const command = program
    .command('explain')
    .argument('[command...]', 'a docker command line, in quotes; - or a pipe reads it')
    .description('what each part of a docker command means, and the REST requests it becomes; needs no engine')
    .addHelpText(
      'after',
      examples(
        ["explain 'docker run -d -p 8080:80 nginx'", 'a command, part by part'],
        ['explain --file Dockerfile', 'a Dockerfile, line by line'],
      ),
    );
  withFormat(command)
    .option('-f, --file <path>', 'a Dockerfile or compose file instead of a command; - reads it')
    .passThroughOptions()
    .action((words: readonly string[]) => {
      const line = takeOptionsAfterLine(command, words);
      return go(() => action(line, command.opts<ExplainOptions>()));
    });
}

async function explain(words: readonly string[], options: ExplainOptions): Promise<number> {
  return (await import('./explain.ts')).explain(words, options);
}

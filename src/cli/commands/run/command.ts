/** `docker-tutor run`: its words and options. */
import type { Command } from 'commander';
import type { Permission } from '../../../permission-name.ts';
import { type FormatName, formatNames, formats } from '../../../report/formats.ts';
import type { ReportWish } from '../../../report/report-file.ts';
import type { EngineOptions, Go, LanguageOptions, Session } from '../subcommand.ts';
import { examples, withEngine, withLanguage } from '../subcommand.ts';
import { manyOf, namedValue, permissions, reportWish } from '../values.ts';

const inFiles = formatNames.filter((name) => formats[name].on === 'anything');
export const reportHelp = `a report in a file too: ${inFiles.join(', ')}; a kind alone goes to stdout, github beside it; repeatable`;

export interface RunOptions extends EngineOptions, LanguageOptions {
  readonly all?: boolean;
  readonly yes?: boolean;
  readonly format?: FormatName;
  /** Id or number of the step it goes on with. */
  readonly from?: string;
  /** Further reports, each in a file of its own. */
  readonly report?: readonly ReportWish[];
  readonly show?: readonly ('api' | 'output')[];
  /** Settings for the scenarios' `vars`. */
  readonly var?: Readonly<Record<string, string>>;
  /** What scenarios that are not shipped may do. */
  readonly allow?: readonly Permission[];
}

export function addRun(program: Command, go: Go, action = runScenarios): void {
  const command = program
    .command('run')
    .argument('[scenario...]', 'ids of the list, scenario files or folders')
    .description('a guided run: each step is performed, checked and explained')
    .addHelpText(
      'after',
      examples(
        ['run', 'the next lesson'],
        ['run hello-world --lab', 'on a private engine'],
        ['run hello-world --yes', 'without a stop'],
        ['run volume-mount --from prune', 'from one of its steps on'],
        ['run --all --yes --report junit=run.xml', 'all lessons, and a report'],
        ['run ./my-lesson', 'a lesson of your own'],
      ),
    )
    .option('--all', 'every scenario')
    .option('-y, --yes', 'answer every pause; implied where there is no terminal');
  withRunOptions(command).action((asked: readonly string[], options: RunOptions) =>
    go((session) => action(asked, { ...options, ...session })),
  );
}

/** What a lesson is taken with, guided or practised. */
export function withRunOptions(command: Command): Command {
  command
    .addOption(command.createOption('--format <format>', 'how it is told').choices(formatNames))
    .option('--from <step>', 'go on with this step, its id or number; what it builds on is made first')
    .option('--report <kind=file>', reportHelp, reportWish)
    .option(
      '--show <what>',
      'show more: api (the REST requests), output (all of it); repeatable',
      manyOf(['api', 'output']),
    )
    .option('--var <name=value>', 'set a variable of the scenario; repeatable', namedValue)
    .option('--allow <permission>', 'let a scenario of your own do more; repeatable', permissions);
  return withEngine(withLanguage(command));
}

async function runScenarios(asked: readonly string[], options: RunOptions & Session): Promise<number> {
  const { run } = await import('./run.ts');
  return run(asked, options, {
    way: 'guided',
    actor: async (learner) => (await import('../../../run/actors/guided.ts')).guided(learner),
  });
}

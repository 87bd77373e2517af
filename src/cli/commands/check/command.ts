/** `docker-tutor check`: its words and options. */
import type { Command } from 'commander';
import type { Choice } from '../../../machine-check/choose.ts';
import type { Permission } from '../../../permission-name.ts';
import { type FormatName, formatNames } from '../../../report/formats.ts';
import type { ReportWish } from '../../../report/report-file.ts';
import type { EngineOptions, Go, Session } from '../subcommand.ts';
import { reportHelp } from '../run/command.ts';
import { examples, withEngine } from '../subcommand.ts';
import { fewTimes, listOf, namedValue, permissions, reportWish, timeLimit, wholeNumber } from '../values.ts';

/** In milliseconds. */
const tenMinutes = 600_000;

export interface CheckOptions extends EngineOptions, Choice {
  readonly format?: FormatName;
  readonly report?: readonly ReportWish[];
  readonly var?: Readonly<Record<string, string>>;
  readonly allow?: readonly Permission[];
  /** How many at the same time. Absent: as many as the machine has room for. */
  readonly jobs?: number;
  /** Of one lesson, in milliseconds. */
  readonly timeout: number;
  readonly retries: number;
  readonly repeat: number;
  readonly failFast?: boolean;
}

export function addCheck(program: Command, go: Go, action = checkMachine): void {
  const command = program
    .command('check')
    .argument('[lesson...]', 'ids of the list, scenario files or folders; default: the essential ones')
    .description('whether this machine can do the lessons: it is looked at, and they run side by side')
    .addHelpText(
      'after',
      examples(
        ['check', 'this machine, with the essential lessons'],
        ['check --all --report junit=check.xml', 'with all of them, and a report'],
        ['check --tag compose --retries 1', 'a part, and what fails once more'],
        ['check hello-world --repeat 20', 'one lesson again and again'],
      ),
    )
    .option('--all', 'every lesson')
    .option('--only <ids>', 'these lessons of the list only; repeatable, or with commas', listOf)
    .option('--skip <ids>', 'leave these out; repeatable, or with commas', listOf)
    .option('--tag <tags>', 'lessons with one of these tags; repeatable, or with commas', listOf)
    .option('--jobs <number>', 'how many at the same time; default: as cores and memory allow', wholeNumber)
    .addOption(
      program
        .createOption('--timeout <time>', 'longest that one lesson may take: 90s, 10m')
        .default(tenMinutes, '10m')
        .argParser(timeLimit),
    )
    .option('--retries <number>', 'take one that has not passed again, so often', fewTimes, 0)
    .option('--repeat <number>', 'take them all so often', wholeNumber, 1)
    .option('--fail-fast', 'begin no more after the first that does not pass')
    .addOption(program.createOption('--format <format>', 'how it is told').choices(formatNames))
    .option('--report <kind=file>', reportHelp, reportWish)
    .option('--var <name=value>', 'set a variable of the scenarios; repeatable', namedValue)
    .option('--allow <permission>', 'let a scenario of your own do more; repeatable', permissions);
  withEngine(command).action((asked: readonly string[], options: CheckOptions) =>
    go((session) => action(asked, { ...options, ...session })),
  );
}

async function checkMachine(asked: readonly string[], options: CheckOptions & Session): Promise<number> {
  return (await import('./check.ts')).check(asked, options);
}

/** What can be asked of docker-tutor: words, options and where each leads. A subcommand's own code loads when it is asked for. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { RunOptions } from './run.ts';
import type { EngineOptions, Session } from './subcommand.ts';

/** Runs a subcommand and keeps its exit code. */
type Go = (work: (session: Session) => Promise<number>) => Promise<void>;

/** In the order help shows them. */
export const subcommands: readonly ((program: Command, go: Go) => void)[] = [addList, addRun, addExplain, addLab];

function addList(program: Command, go: Go): void {
  program
    .command('list')
    .description('the scenarios: level, minutes, what each needs')
    .option('--json', 'as JSON')
    .action((options: { json?: boolean }) => go(async () => (await import('./list.ts')).list(options)));
}

interface RunWords extends EngineOptions {
  readonly all?: boolean;
  readonly yes?: boolean;
  readonly format?: 'pretty' | 'plain' | 'json';
  readonly show?: readonly ('api' | 'output')[];
  readonly var?: Readonly<Record<string, string>>;
}

function addRun(program: Command, go: Go): void {
  const command = program
    .command('run')
    .argument('[scenario...]', 'ids of the list, scenario files or folders')
    .description('a guided run: each step is performed, checked and explained')
    .option('--all', 'every scenario')
    .option('-y, --yes', 'answer every pause; implied where there is no terminal')
    .addOption(new Option('--format <format>', 'how it is told').choices(['pretty', 'plain', 'json']))
    .addOption(showOption())
    .addOption(varOption());
  withEngine(command).action((asked: readonly string[], { show, ...options }: RunWords) =>
    go(async (session) => {
      const { run } = await import('./run.ts');
      const told: RunOptions = { ...options, ...(show && { show: new Set(show) }) };
      return run(asked, { ...told, ...session });
    }),
  );
}

function addExplain(program: Command, go: Go): void {
  program
    .command('explain')
    .argument('[command...]', 'a docker command line, in quotes; - or a pipe reads it')
    .description('what each part of a docker command means, and the REST requests it becomes; needs no engine')
    .addOption(new Option('--format <format>', 'how it is told').choices(['pretty', 'plain', 'json']))
    .passThroughOptions()
    .action((words: readonly string[], options: { format?: 'pretty' | 'plain' | 'json' }) =>
      go(async () => (await import('./explain.ts')).explain(words, options)),
    );
}

function addLab(program: Command, go: Go): void {
  const lab = program.command('lab').description('a private, throw-away engine with an offline registry');
  const act = (action: 'up' | 'down' | 'status') => (options: { yes?: boolean; purge?: boolean; json?: boolean }) =>
    go(async (session) => (await import('./lab.ts')).labCommand(action, { ...options, ...session }));
  lab
    .command('up')
    .description('start it; install what it needs, if you agree')
    .option('-y, --yes', 'agree to install')
    .option('--json', 'as JSON')
    .action(act('up'));
  lab
    .command('down')
    .description('stop it, and leave nothing running')
    .option('--purge', 'remove its data too')
    .option('--json', 'as JSON')
    .action(act('down'));
  lab.command('status').description('where it is, and what it holds').option('--json', 'as JSON').action(act('status'));
}

/** How the docker CLI is told which engine to talk to, and the lab. */
function withEngine(command: Command): Command {
  return command
    .option('--lab', 'on a private engine, started (and installed) where it is not there')
    .option('-H, --host <address>', 'on the engine at this address: unix:///…, tcp://…, ssh://…')
    .option('-c, --context <name>', 'on the engine of this docker context');
}

function showOption(): Option {
  const known = ['api', 'output'];
  return new Option('--show <what>', 'show more: api (the REST requests), output (all of it); repeatable').argParser(
    (value: string, before: readonly string[] | undefined) => {
      if (!known.includes(value)) throw new InvalidArgumentError(`It is ${known.join(' or ')}.`);
      return [...(before ?? []), value];
    },
  );
}

function varOption(): Option {
  return new Option('--var <name=value>', 'set a variable of the scenario; repeatable').argParser(
    (value: string, before: Readonly<Record<string, string>> | undefined) => {
      const [name = '', ...rest] = value.split('=');
      if (name === '' || rest.length === 0) throw new InvalidArgumentError('It is written name=value.');
      return { ...before, [name]: rest.join('=') };
    },
  );
}

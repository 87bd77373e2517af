/** What can be asked of docker-tutor: words, options and where each leads. A subcommand's own code loads when it is asked for. */
import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import type { AuthorTestOptions } from './author/test.ts';
import type { RunOptions } from './run.ts';
import type { Permission } from '../../scenario/schema.ts';
import type { EngineOptions, Session } from './subcommand.ts';
import type { TryOptions } from './try/try.ts';

/** Runs a subcommand and keeps its exit code. */
export type Go = (work: (session: Session) => Promise<number>) => Promise<void>;

/** By name, in the order help shows them. */
export const subcommands: ReadonlyMap<string, (program: Command, go: Go) => void> = new Map([
  ['list', addList],
  ['run', addRun],
  ['explain', addExplain],
  ['try', addTry],
  ['lab', addLab],
  ['plugin', addPlugin],
  ['completion', addCompletion],
  ['clean', addClean],
  ['author', addAuthor],
]);

function addList(program: Command, go: Go): void {
  program
    .command('list')
    .description('the scenarios: level, minutes, what each needs, which are done')
    .option('--json', 'as JSON')
    .action((options: { json?: boolean }) => go(async () => (await import('./list.ts')).list(options)));
}

interface RunWords extends EngineOptions {
  readonly all?: boolean;
  readonly yes?: boolean;
  readonly format?: 'pretty' | 'plain' | 'json';
  readonly show?: readonly ('api' | 'output')[];
  readonly var?: Readonly<Record<string, string>>;
  readonly allow?: readonly Permission[];
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
    .addOption(varOption())
    .addOption(allowOption());
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
    .option('-f, --file <path>', 'a Dockerfile or compose file instead of a command; - reads it')
    .passThroughOptions()
    .action((words: readonly string[], options: { format?: 'pretty' | 'plain' | 'json'; file?: string }) =>
      go(async () => (await import('./explain.ts')).explain(words, options)),
    );
}

function addTry(program: Command, go: Go): void {
  const command = program
    .command('try')
    .argument('[command...]', 'a docker command line, in quotes; - or a pipe reads it; without one, a prompt')
    .description('perform a docker command, and say what it changed; without one, a prompt')
    .option('--explain', 'first show what each part means')
    .addOption(new Option('--format <format>', 'how it is told').choices(['pretty', 'plain', 'json']))
    .passThroughOptions();
  withEngine(command).action((words: readonly string[], options: Omit<TryOptions, 'signal'>) =>
    go(async (session) => (await import('./try/try.ts')).tryCommand(words, { ...options, ...session })),
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

function addPlugin(program: Command, go: Go): void {
  const plugin = program.command('plugin').description('docker-tutor as a plugin of the docker CLI: docker tutor');
  const act = (action: 'install' | 'remove') => () =>
    go(async () => (await import('../plugin/plugin.ts')).pluginCommand(action));
  plugin
    .command('install')
    .description('make docker tutor work; nothing of others is overwritten')
    .action(act('install'));
  plugin.command('remove').description('take it away again').action(act('remove'));
}

function addCompletion(program: Command, go: Go): void {
  program
    .command('completion')
    .addArgument(new Argument('<shell>', 'whose completion script to print').choices(['bash', 'zsh', 'fish']))
    .description('completion of docker-tutor itself: prints the script for your shell')
    .action((shell: 'bash' | 'zsh' | 'fish') =>
      go(async () => (await import('../completion/completion.ts')).completion(shell)),
    );
}

function addClean(program: Command, go: Go): void {
  const command = program
    .command('clean')
    .description('remove what docker-tutor has made and left behind')
    .addOption(
      new Option('--run <id>', 'only what this run has made; repeatable').argParser(
        (id: string, before: readonly string[] | undefined) => [...(before ?? []), id],
      ),
    )
    .option('--images', 'also images that were fetched to stay')
    .option('--json', 'as JSON');
  withEngine(command).action((options: { run?: readonly string[]; images?: boolean; json?: boolean } & EngineOptions) =>
    go(async (session) => (await import('./clean.ts')).cleanCommand({ ...options, ...session })),
  );
}

function addAuthor(program: Command, go: Go): void {
  const author = program.command('author').description('write scenarios, and prove them');
  author
    .command('new')
    .argument('<id>', 'of the scenario, and the name of its folder')
    .option('--dir <folder>', 'where the folder is made; default: scenarios')
    .description('a small scenario that passes lint and test, to begin with')
    .action((id: string, options: { dir?: string }) =>
      go(async () => (await import('./author/new.ts')).authorNew(id, options)),
    );
  author
    .command('lint')
    .argument('[scenario...]', 'files, folders or ids of the list')
    .option('--all', 'every scenario in the folder scenarios, else those of the list')
    .option('--json', 'as JSON')
    .description('find what cannot work, and what learners will miss')
    .action((asked: readonly string[], options: { all?: boolean; json?: boolean }) =>
      go(async () => (await import('./author/lint.ts')).authorLint(asked, options)),
    );
  const test = author
    .command('test')
    .argument('[scenario...]', 'files, folders or ids of the list')
    .option('--all', 'every scenario of the list')
    .option('--json', 'as JSON')
    .addOption(new Option('--jobs <number>', 'how many at the same time').argParser(wholeNumber).default(2))
    .description('prove on the engine that every check can fail and holds, and that nothing is left behind');
  withEngine(test).action((asked: readonly string[], options: Omit<AuthorTestOptions, 'signal'>) =>
    go(async (session) => (await import('./author/test.ts')).authorTest(asked, { ...options, ...session })),
  );
  author
    .command('schema')
    .description('print the JSON Schema of the scenario file')
    .action(() => go(async () => (await import('./author/schema.ts')).authorSchema()));
}

function wholeNumber(value: string): number {
  if (!/^[1-9]\d?$/.test(value)) throw new InvalidArgumentError('It is a whole number from 1 to 99.');
  return Number(value);
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

function allowOption(): Option {
  // not read from the schema, which brings zod; its type keeps them the same
  const known = Object.keys({
    'host-network': true,
    'bind-outside-workspace': true,
    privileged: true,
    'engine-socket': true,
    'swarm-init': true,
  } satisfies Record<Permission, true>);
  return new Option('--allow <permission>', 'let a scenario of your own do more; repeatable').argParser(
    (value: string, before: readonly string[] | undefined) => {
      if (!known.includes(value)) throw new InvalidArgumentError(`It is one of ${known.join(', ')}.`);
      return [...(before ?? []), value];
    },
  );
}

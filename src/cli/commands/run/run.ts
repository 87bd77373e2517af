/** `docker-tutor run`: guided runs of scenarios. */
import { homedir } from 'node:os';
import { Failure } from '../../../failure.ts';
import { once } from '../../../once.ts';
import type { Engine } from '../../../engine/engine.ts';
import { take } from '../../../inventory/inventory.ts';
import { recordDone } from '../../../state/progress.ts';
import { reports } from '../../../report/formats.ts';
import type { Report, ReportSetting } from '../../../report/format.ts';
import { terminalOf } from '../../../terminal/display.ts';
import type { Terminal } from '../../../terminal/display.ts';
import type { Emit, Event, Problem } from '../../../events.ts';
import type { Reader } from '../../../run/actors/guided.ts';
import type { RunRequest } from '../../../run/run.ts';
import { findScenario, shippedScenarios } from '../../../scenario/catalogue.ts';
import type { LoadedScenario } from '../../../scenario/load.ts';
import { version } from '../../../version.ts';
import { openEngine } from '../../process/engine.ts';
import { stopEverything } from '../../process/interrupt.ts';
import { openKeyboard } from '../../process/keyboard.ts';
import { signalTurns } from '../../process/signal-turns.ts';
import type { Session } from '../subcommand.ts';
import type { RunOptions } from './command.ts';

export async function run(asked: readonly string[], options: RunOptions & Session): Promise<number> {
  const scenarios = await wanted(asked, options.all === true);
  const terminal = terminalOf(process);
  const interactive = terminal.interactive && options.yes !== true && options.format !== 'json';
  await assertAllowed(scenarios, { ...options, interactive });
  const setting: ReportSetting = {
    ...terminal,
    interactive,
    stdout: process.stdout,
    stderr: process.stderr,
    show: new Set(options.show),
  };
  const images = [...new Set(scenarios.flatMap(({ scenario }) => scenario.requires.images))];
  const opening = openEngine({ ...options, images });
  // the engine looks while the rest of the program loads
  const looked = opening.then(({ engine }) => take(engine, options.signal));
  // asked for further down; until then a refusal is nobody's
  looked.catch(() => undefined);
  await Promise.allSettled([opening]);
  const [{ runScenarios }, { guided }] = await Promise.all([
    import('../../../run/run.ts'),
    import('../../../run/actors/guided.ts'),
  ]);
  const queue = inOrder(once(() => reports[options.format ?? (process.stdout.isTTY ? 'pretty' : 'plain')](setting)));
  const remember = rememberIn(scenarios);
  let engine: Engine | undefined;
  try {
    const opened = await opening.catch(async (error: unknown) => {
      // a reader of events gets the cause as one; the words go to stderr for everybody
      if (error instanceof Failure && options.format === 'json') queue.emit(await problemOf(error));
      throw error;
    });
    engine = opened.engine;
    return await runScenarios({
      scenarios,
      engine,
      looked,
      tool: `docker-tutor ${version}`,
      env: process.env,
      vars: options.var ?? {},
      logins: options.var && (await ownLogins(options.signal)),
      standIns: opened.standIns,
      emit(event) {
        queue.emit(event);
        // at once: whoever leaves during a later lesson has done this one
        if (event.type === 'scenario-finished' && event.status === 'passed') remember(event.scenario, interactive);
      },
      problem: problemOf,
      interruptible: () => {
        const turns = signalTurns(() => false);
        return {
          take: turns.take,
          end() {
            if (turns.end()) stopEverything();
          },
        };
      },
      actor: guided(interactive ? await readerAt(terminal, queue, options.signal) : undefined),
      signal: options.signal,
    });
  } finally {
    await queue.end();
    engine?.close();
  }
}

/** Of shipped lessons only: an id in a learner's own file may be that of another lesson. */
function rememberIn(scenarios: readonly LoadedScenario[]): (id: string, attended: boolean) => void {
  const shipped = new Set(scenarios.flatMap(({ scenario, path }) => (path === undefined ? [scenario.id] : [])));
  return (id, attended) => {
    if (shipped.has(id)) recordDone(id, { at: new Date().toISOString(), attended }, process.env);
  };
}

async function wanted(asked: readonly string[], all: boolean): Promise<readonly LoadedScenario[]> {
  const ids = all ? shippedScenarios().map(({ id }) => id) : asked;
  if (ids.length > 0) return Promise.all(ids.map((id) => findScenario(id)));
  throw new Failure('Which scenario? None was named.', {
    code: 'scenario-missing',
    exitCode: 2,
    hints: ['docker-tutor run hello-world', 'All of them: docker-tutor list'],
  });
}

/** Where the docker CLI keeps them. Only a registry that --var names is looked up. */
async function ownLogins(signal: AbortSignal): Promise<RunRequest['logins']> {
  const [{ dockerLogins }, { configFolder }] = await Promise.all([
    import('../../../engine/login/docker-logins.ts'),
    import('../../../engine/connect/endpoint.ts'),
  ]);
  return dockerLogins(configFolder({ env: process.env, home: homedir() }), signal);
}

/** What is shipped was looked at when it was made; with other variables its commands are others. */
async function assertAllowed(
  scenarios: readonly LoadedScenario[],
  options: RunOptions & Session & { readonly interactive: boolean },
): Promise<void> {
  const unseen = scenarios.filter(({ path }) => path !== undefined || options.var !== undefined);
  if (unseen.length === 0) return;
  const [{ assertPrechecked }, { broughtBy }] = await Promise.all([
    import('../../../permission/precheck.ts'),
    import('../../../permission/brought-files.ts'),
  ]);
  for (const { scenario, path, files } of unseen)
    await assertPrechecked(scenario, options.var ?? {}, path ?? scenario.id, broughtBy(files));
  const asking = unseen.filter(({ path, scenario }) => path !== undefined && scenario.requires.permissions.length > 0);
  if (asking.length > 0) await (await import('./consent.ts')).askPermissions(asking, options);
}

interface Telling {
  readonly emit: Emit;
  readonly report: () => Promise<Report>;
  /** All that came so far has been told. */
  drained(): Promise<void>;
  end(): Promise<void>;
}

/** Hands events to the report one after the other, and only when the engine has been asked what it is asked next. */
function inOrder(report: () => Promise<Report>): Telling {
  const waiting: Event[] = [];
  let telling: Promise<void> | undefined;
  async function tell(): Promise<void> {
    await new Promise(setImmediate);
    const teller = await report();
    for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) await teller.event(event);
    telling = undefined;
  }
  return {
    report,
    emit(event) {
      waiting.push(event);
      telling ??= tell();
    },
    drained: async () => telling,
    async end() {
      await telling;
      await (await report()).end();
    },
  };
}

/** The person at the keyboard. */
async function readerAt(terminal: Terminal, { report, drained }: Telling, signal: AbortSignal): Promise<Reader> {
  const [{ pause }, { askQuiz }, { paintFor }] = await Promise.all([
    import('../../../terminal/keys.ts'),
    import('../../../report/pretty/ask-quiz.ts'),
    import('../../../terminal/paint.ts'),
  ]);
  const { columns, unicode, live } = terminal;
  const asking = {
    stdin: openKeyboard(),
    stdout: process.stdout,
    signal,
    columns,
    unicode,
    paint: await paintFor(terminal.colour),
    erase: live,
  };
  return {
    async pause({ hasCommand }) {
      await drained();
      for (;;) {
        const answer = await pause(asking, hasCommand ? ['next', 'api', 'quit'] : ['next', 'quit']);
        if (answer !== 'api') return answer === 'quit' ? 'quit' : 'next';
        (await report()).showApi?.();
      }
    },
    async answer(quiz) {
      await drained();
      return askQuiz(quiz, { ...asking, drawn: live });
    },
  };
}

async function problemOf(failure: Failure, step?: string): Promise<Problem> {
  const { problemEvent } = await import('../../../report/problem.ts');
  return problemEvent(failure, step === undefined ? {} : { step });
}

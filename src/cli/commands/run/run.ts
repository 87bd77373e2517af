/** `docker-tutor run`: guided runs of scenarios. */
import { hostname } from 'node:os';
import type { Emit, Event } from '../../../events/events.ts';
import { Failure } from '../../../failure.ts';
import { languageAsked } from '../../../words/language.ts';
import { takeInventory } from '../../../inventory/inventory.ts';
import { formats } from '../../../report/formats.ts';
import type { FormatName } from '../../../report/formats.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { Actor } from '../../../run/actors/actor.ts';
import type { Learner } from '../../../run/actors/learner.ts';
import type { Interruptible } from '../../../run/run.ts';
import { findScenario, nextLesson, shippedScenarios, toldIn } from '../../../scenario/catalogue.ts';
import { imagesUsedBy } from '../../../scenario/images-of.ts';
import type { LoadedScenario } from '../../../scenario/load.ts';
import type { Scenario } from '../../../scenario/schema.ts';
import type { LessonProgress } from '../../../state/lesson-progress.ts';
import { lessonsDone, recordDone } from '../../../state/progress.ts';
import { newRunId } from '../../../state/run-id.ts';
import { terminalOf } from '../../../terminal/display.ts';
import type { Terminal } from '../../../terminal/display.ts';
import type { Words } from '../../../words/english.ts';
import { wordsIn } from '../../../words/words.ts';
import { openEngine } from '../../process/engine.ts';
import { stopEverything } from '../../process/interrupt.ts';
import { terminalIsGone } from '../../keyboard/keyboard.ts';
import { signalTurns } from '../../process/signal-turns.ts';
import type { Session } from '../subcommand.ts';
import { assertAllowed } from './allowed.ts';
import type { RunOptions } from './command.ts';
import { formatOf } from './on-stdout.ts';
import { ownLogins } from './own-logins.ts';
import { problemsOf } from './problems-of.ts';
import { telling } from './telling.ts';
import { toldRun } from './told-run.ts';
import type { Telling } from './telling.ts';

interface RunSetting extends RunOptions, Session {
  /** Id of the run. */
  readonly id: string;
  readonly terminal: Terminal;
  readonly interactive: boolean;
  /** In which the lesson is told; undefined: English. */
  readonly language: string | undefined;
  readonly words: Words;
  readonly part: Part;
}

/** A lesson that was asked for. */
export interface AskedLesson extends LoadedScenario {
  /** As it is told in the language of the run. What is remembered of a lesson is remembered of the English one. */
  readonly told: Scenario;
  /** Id of the step it goes on with. Absent: the first. */
  readonly from?: string;
}

/** How the learner takes part. */
export interface Part {
  readonly way: LessonProgress['way'];
  /** Who does the steps, where somebody is there. */
  actor(learner: Learner): Promise<Actor>;
  /** Who plays the learner. Absent: whoever sits at the terminal. */
  learner?(tell: (text: string) => void): Promise<Learner>;
  /** Looks on. */
  watch?(event: Event): void;
}

export async function run(asked: readonly string[], options: RunOptions & Session, part: Part): Promise<number> {
  const format = formatOf(options) ?? (process.stdout.isTTY ? 'pretty' : 'plain');
  const terminal = terminalOf(process);
  const interactive = !part.learner && terminal.interactive && options.yes !== true && formats[format].for === 'people';
  const { stdout, stderr } = process;
  const language = languageIn(options, format);
  const words = await wordsIn(language);
  const told = telling({
    ...terminal,
    get columns() {
      return terminal.columns;
    },
    format,
    words,
    interactive,
    stdout,
    stderr,
    endSaid: true,
    machine: hostname(),
    stepSummary: process.env['GITHUB_STEP_SUMMARY'],
    show: new Set(options.show),
  });
  const id = newRunId(Date.now());
  return toldRun({ ...options, id, asked }, told, (emit) =>
    performed(asked, { ...options, id, terminal, interactive, language, words, part }, told, emit),
  );
}

/** What programs read depends on the machine only where that was wished. */
function languageIn({ lang, report = [] }: RunOptions, format: FormatName): string | undefined {
  const forPrograms = [format, ...report.map(({ kind }) => kind)].some((name) => formats[name].for === 'programs');
  return forPrograms && lang === undefined ? undefined : languageAsked(lang, process.env);
}

/** @returns the exit code; tells events as it goes */
async function performed(asked: readonly string[], setting: RunSetting, told: Telling, emit: Emit): Promise<number> {
  const { signal, interactive } = setting;
  const scenarios = await asTaken(await wanted(asked, setting), setting);
  await assertAllowed(scenarios, setting);
  const images = imagesUsedBy(scenarios);
  const opening = openEngine({ ...setting, images });
  // the engine looks while the rest of the program loads
  const looked = opening.then(({ engine }) => takeInventory(engine, signal));
  // asked for further down; until then a refusal is nobody's
  looked.catch(() => undefined);
  told.begin();
  await Promise.allSettled([opening]);
  const [{ runScenarios }, actorAt] = await Promise.all([import('../../../run/run.ts'), loadActor(setting, told)]);
  const { engine, standIns } = await opening;
  const remember = rememberIn(scenarios);
  const keep = interactive ? await keeperOf(scenarios, setting.part) : undefined;
  const actor = await actorAt(engine);
  let passed = 0;
  try {
    const resumed = interactive
      ? await (await import('./resume.ts')).resumed(scenarios, setting, told, engine)
      : scenarios;
    const exitCode = await runScenarios({
      run: setting.id,
      scenarios: resumed.map((one) => ({ ...one, scenario: one.told })),
      engine,
      // what an earlier run has left went when it was resumed, and its names are free
      ...(resumed === scenarios && { looked }),
      env: process.env,
      vars: setting.var ?? {},
      words: setting.words,
      // only a registry that --var names is looked up
      logins: setting.var && (await ownLogins(signal)),
      standIns,
      emit(event) {
        emit(event);
        setting.part.watch?.(event);
        keep?.(event);
        if (event.type === 'scenario-finished' && event.status === 'passed') passed += 1;
        // at once: whoever leaves during a later lesson has done this one
        if (event.type === 'scenario-finished' && event.status === 'passed' && event.steps.skipped === 0)
          remember(event.scenario, interactive);
      },
      problem: problemsOf(asked),
      interruptible,
      actor,
      signal,
    });
    if (interactive && actor.answerer && passed === scenarios.length) {
      const { askEarlierQuestions } = await import('./earlier-questions.ts');
      const taken = scenarios.map(({ scenario }) => scenario.id);
      await told.drained();
      await askEarlierQuestions({
        taken,
        answerer: actor.answerer,
        terminal: setting.terminal,
        words: setting.words,
        signal,
      });
    }
    return exitCode;
  } catch (error) {
    // readline may be the first to find that the terminal is gone
    if (terminalIsGone(error)) stopEverything();
    signal.throwIfAborted();
    throw error;
  } finally {
    engine.close();
  }
}

/** Whoever does the steps, loaded beside the rest. */
async function loadActor(
  { part, interactive, terminal, words, signal }: RunSetting,
  told: Telling,
): Promise<(engine: Engine) => Promise<Actor>> {
  if (part.learner) {
    const learner = await part.learner((text) => void process.stderr.write(`${text}\n`));
    return () => part.actor(learner);
  }
  if (!interactive) {
    const { unattended } = await import('../../../run/actors/unattended.ts');
    return async () => unattended();
  }
  const { learnerAt } = await import('./at-terminal.ts');
  return async (engine) => part.actor(await learnerAt({ terminal, told, engine, words, signal }));
}

function interruptible(): Interruptible {
  const turns = signalTurns(() => false);
  return {
    take: turns.take,
    end() {
      if (turns.end()) stopEverything();
    },
  };
}

async function keeperOf(scenarios: readonly LoadedScenario[], { way }: Part): Promise<(event: Event) => void> {
  const { keepProgress } = await import('../../../run/keep-progress.ts');
  return keepProgress({
    env: process.env,
    way,
    lessons: new Map(scenarios.flatMap(({ scenario, path }) => (path === undefined ? [[scenario.id, scenario]] : []))),
    now: () => new Date().toISOString(),
  });
}

/** In practice a task is one step. */
async function asTaken(
  found: readonly AskedLesson[],
  { part, from }: Pick<RunSetting, 'part' | 'from'>,
): Promise<readonly AskedLesson[]> {
  if (part.way === 'guided')
    return from === undefined ? found : found.map((one) => ({ ...one, from: stepAt(from, one.scenario) }));
  const { holding, withTasks } = await import('../../../scenario/tasks.ts');
  return found.map((one) => {
    const taken = { ...one, scenario: withTasks(one.scenario), told: withTasks(one.told) };
    if (from === undefined) return taken;
    return { ...taken, from: holding(one.scenario.steps, stepAt(from, taken.scenario)) };
  });
}

/** A step may be told by its place, from 1. */
function stepAt(asked: string, { steps }: Scenario): string {
  return /^\d+$/.test(asked) ? (steps[Number(asked) - 1]?.id ?? asked) : asked;
}

/** Of shipped lessons only: an id in a learner's own file may be that of another lesson. */
function rememberIn(scenarios: readonly LoadedScenario[]): (id: string, attended: boolean) => void {
  const shipped = new Set(scenarios.flatMap(({ scenario, path }) => (path === undefined ? [scenario.id] : [])));
  return (id, attended) => {
    if (shipped.has(id)) recordDone(id, { at: new Date().toISOString(), attended }, process.env);
  };
}

/** On a terminal, the next lesson where none is named. */
async function wanted(
  asked: readonly string[],
  { all = false, interactive, language }: RunSetting,
): Promise<readonly AskedLesson[]> {
  const find = async (id: string): Promise<AskedLesson> => {
    const loaded = await findScenario(id);
    return { ...loaded, told: language === undefined ? loaded.scenario : await toldIn(language, loaded) };
  };
  const ids = all ? shippedScenarios().map(({ id }) => id) : asked;
  if (ids.length > 0) return Promise.all(ids.map(find));
  const done = lessonsDone(process.env);
  const next = interactive ? nextLesson(shippedScenarios(), (id) => done.get(id)?.attended === true) : undefined;
  if (next) return [await find(next.id)];
  throw new Failure('Which scenario? None was named.', {
    code: 'scenario-missing',
    exitCode: 2,
    hints: ['docker-tutor run hello-world', 'All of them: docker-tutor list'],
  });
}

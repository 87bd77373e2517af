/** A lesson that was left goes on where that was, if the learner wishes so. */
import { clean } from '../../../ownership/clean/clean.ts';
import { digestOf } from '../../../run/keep-progress.ts';
import type { ReadyScenario } from '../../../run/run.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { LoadedScenario } from '../../../scenario/load.ts';
import type { Scenario, Step } from '../../../scenario/schema.ts';
import { withVars } from '../../../scenario/variables.ts';
import { journalFolder } from '../../../state/home.ts';
import { readProgress } from '../../../state/lesson-progress.ts';
import type { LessonProgress } from '../../../state/lesson-progress.ts';
import { cleanLine } from '../../../terminal/clean-text.ts';
import type { Terminal } from '../../../terminal/display.ts';
import { chooseKey } from '../../../terminal/keys.ts';
import { paintFor } from '../../../terminal/paint.ts';
import { openKeyboard } from '../../keyboard/keyboard.ts';
import type { Telling } from './telling.ts';

export interface Resuming {
  readonly from?: string;
  /** `--var` */
  readonly var?: Readonly<Record<string, string>>;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** Asks for the one lesson that is taken; of several, each begins at its first step. */
export async function resumed(
  scenarios: readonly LoadedScenario[],
  { from, var: vars = {}, terminal, signal }: Resuming,
  told: Telling,
  engine: Engine,
): Promise<readonly ReadyScenario[]> {
  const [only, ...others] = scenarios;
  if (!only || others.length > 0 || only.path !== undefined) return scenarios;
  const progress = readProgress(only.scenario.id, process.env);
  // with the values of this run: a step may be there only with one
  const scenario = withVars(only.scenario, vars);
  const next = progress && nextStep(progress, only.scenario, scenario.steps);
  if (!progress || next === undefined) return scenarios;
  if (from === undefined && !(await wishesTo(next, scenario.steps, { terminal, signal }, told))) return scenarios;
  // what an earlier run has left would be in the way of its names
  await clean(engine, { folder: journalFolder(process.env), runs: [progress.label], signal });
  return [{ ...only, from: next }];
}

/** Id of the first step that is not behind; undefined where there is nothing to go on with. */
function nextStep(
  { digest, finished, steps: behind }: LessonProgress,
  lesson: Scenario,
  steps: readonly Step[],
): string | undefined {
  if (finished || behind.length === 0 || digest !== digestOf(lesson)) return undefined;
  return steps.find(({ id }) => !behind.some(({ step }) => step === id))?.id;
}

async function wishesTo(
  next: string,
  steps: readonly Step[],
  { terminal, signal }: Omit<Resuming, 'from' | 'var'>,
  told: Telling,
): Promise<boolean> {
  await told.drained();
  const { columns, unicode, colour, live } = terminal;
  const at = steps.findIndex(({ id }) => id === next);
  const title = cleanLine(steps[at]?.title ?? 'a question');
  process.stdout.write(`\n You were at step ${String(at + 1)} of ${String(steps.length)}: ${title}.\n`);
  const answer = await chooseKey(
    {
      stdin: openKeyboard(),
      stdout: process.stdout,
      signal,
      columns,
      unicode,
      paint: await paintFor(colour),
      erase: live,
    },
    [
      { key: '\r', says: 'go on there (what it builds on is made again)', answer: 'on' },
      { key: 'n', says: 'begin anew', answer: 'anew' },
    ],
    { atEnd: 'anew' },
  );
  return answer === 'on';
}

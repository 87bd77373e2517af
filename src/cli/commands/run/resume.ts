/** A lesson that was left goes on where that was, if the learner wishes so. */
import { clean } from '../../../ownership/clean/clean.ts';
import { digestOf } from '../../../run/keep-progress.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { Step } from '../../../scenario/schema.ts';
import { withVars } from '../../../scenario/variables.ts';
import { journalFolder } from '../../../state/home.ts';
import { readProgress } from '../../../state/lesson-progress.ts';
import type { LessonProgress } from '../../../state/lesson-progress.ts';
import { cleanLine } from '../../../terminal/clean-text.ts';
import type { Terminal } from '../../../terminal/display.ts';
import { chooseKey } from '../../../terminal/keys.ts';
import { fold } from '../../../terminal/layout.ts';
import { paintFor } from '../../../terminal/paint.ts';
import type { Words } from '../../../words/english.ts';
import { openKeyboard } from '../../keyboard/keyboard.ts';
import type { AskedLesson, Part } from './run.ts';
import type { Telling } from './telling.ts';

export interface Resuming {
  readonly from?: string;
  /** `--var` */
  readonly var?: Readonly<Record<string, string>>;
  readonly part: Pick<Part, 'way'>;
  readonly terminal: Terminal;
  readonly words: Words;
  readonly signal: AbortSignal;
}

/** Asks for the one lesson that is taken; of several, each begins at its first step. */
export async function resumed(
  scenarios: readonly AskedLesson[],
  { from, var: vars = {}, part, terminal, words, signal }: Resuming,
  told: Telling,
  engine: Engine,
): Promise<readonly AskedLesson[]> {
  const [only, ...others] = scenarios;
  if (!only || others.length > 0 || only.path !== undefined) return scenarios;
  const progress = readProgress(only.scenario.id, process.env);
  if (progress?.digest !== digestOf(only.scenario)) return scenarios;
  // with the values of this run: a step may be there only with one
  const { steps } = withVars(only.told, vars);
  const titleOf = ({ title = words.step.question }: Step): string => cleanLine(title);
  const { asked, keys } = words;
  const back = part.way === 'practised' && from === undefined ? solvedIn(progress, steps) : [];
  const [first] = back;
  if (first) {
    const choices = [keys.beginWith(back.length), keys.whole] as const;
    const isWish = await agreed(asked.solvedBefore(back.map(titleOf)), choices, { terminal, signal }, told);
    return isWish ? [{ ...only, from: first.id }] : scenarios;
  }
  const next = nextStep(progress, steps);
  if (!next) return scenarios;
  const place = asked.youWereAt(steps.indexOf(next) + 1, steps.length, titleOf(next));
  const choices = [keys.goOnThere, keys.anew] as const;
  if (from === undefined && !(await agreed(place, choices, { terminal, signal }, told))) return scenarios;
  // what an earlier run has left would be in the way of its names
  await clean(engine, { folder: journalFolder(process.env), runs: [progress.label], signal });
  return [{ from: next.id, ...only }];
}

/** The first step that is not behind; undefined where there is nothing to go on with. */
function nextStep({ finished, steps: behind }: LessonProgress, steps: readonly Step[]): Step | undefined {
  if (finished || behind.length === 0) return undefined;
  return steps.find(({ id }) => !behind.some(({ step }) => step === id));
}

/** Of a lesson that was finished: the steps whose solution was looked at. They come back. */
function solvedIn({ finished, steps: behind }: LessonProgress, steps: readonly Step[]): readonly Step[] {
  if (!finished) return [];
  return steps.filter(({ id }) => behind.some(({ step, solution }) => step === id && solution));
}

/** @param choices what Enter does, and what n does */
async function agreed(
  text: string,
  [yes, no]: readonly [string, string],
  { terminal, signal }: Pick<Resuming, 'terminal' | 'signal'>,
  told: Telling,
): Promise<boolean> {
  await told.drained();
  const { columns, unicode, colour, live } = terminal;
  process.stdout.write(['', ...fold(text, columns, 1), ''].join('\n'));
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
      { key: '\r', says: yes, answer: 'yes' },
      { key: 'n', says: no, answer: 'no' },
    ],
    { atEnd: 'no' },
  );
  return answer === 'yes';
}

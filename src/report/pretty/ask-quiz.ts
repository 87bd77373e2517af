/** Asks a question of the lesson. */
import type { QuizAsked } from '../../events/events.ts';
import { questionLines } from './check-lines.ts';
import { chooseByKey, chooseSeveralByKeys, type Asking } from '../../terminal/keys.ts';
import { noPaint, signsFor } from '../../terminal/paint.ts';
import { english, type Words } from '../../words/english.ts';

export interface QuizAsking extends Asking {
  /** The terminal may be drawn on: colour and cursor moves. */
  readonly drawn: boolean;
  /** Absent: English. */
  readonly words?: Words;
}

type Question = Pick<QuizAsked, 'ask' | 'options'> & { readonly several: boolean };

/**
 * The question stays on the screen, its options numbered.
 * @returns the indexes of the options chosen; undefined where the learner would rather see the answer. Rejects when interrupted.
 */
export async function askQuiz(question: Question, asking: QuizAsking): Promise<readonly number[] | undefined> {
  const { columns, unicode = true, paint = noPaint } = asking;
  const words = (asking.words ?? english).asked;
  const lines = questionLines(question, { columns, unicode, paint, signs: signsFor(unicode) });
  asking.stdout.write(`\n${lines.join('\n')}\n`);
  const { length } = question.options;
  if (question.several)
    return asking.drawn ? typeNumbers(length, asking) : chooseSeveralByKeys(asking, length, words.several);
  const chosen = await chooseByKey(asking, length, words.oneOf(length));
  return chosen === undefined ? undefined : [chosen];
}

/** Of several that are right: their numbers on a line. */
async function typeNumbers(count: number, asking: QuizAsking): Promise<readonly number[] | undefined> {
  const words = (asking.words ?? english).asked;
  const { default: inquirer } = await import('inquirer');
  const ask = inquirer.createPromptModule({
    input: asking.stdin as unknown as NodeJS.ReadableStream,
    output: asking.stdout as unknown as NodeJS.WritableStream,
    signal: asking.signal,
  });
  asking.stdout.write('\n');
  try {
    const { numbers } = await ask<{ numbers: string }>([
      {
        type: 'input',
        name: 'numbers',
        message: words.severalTyped,
        validate: (text: string) => numbersIn(text, count) !== undefined || words.numbersTo(count),
      },
    ]);
    const chosen = numbersIn(numbers, count) ?? [];
    return chosen.length === 0 ? undefined : chosen;
  } catch (error) {
    if (asking.signal.aborted) throw asking.signal.reason;
    // inquirer takes Ctrl-C for itself; here it is an interruption like any other.
    if (error instanceof Error && error.name === 'ExitPromptError') return interrupted(asking);
    throw error;
  }
}

/** `1 3`, `1,3`, `13` → indexes, each once; undefined where one of them is no option. */
function numbersIn(text: string, count: number): readonly number[] | undefined {
  const indexes = [...text.replace(/[\s,]+/g, '')].map((digit) => Number(digit) - 1);
  return indexes.every((index) => index >= 0 && index < count) ? [...new Set(indexes)].sort() : undefined;
}

/** Passes Ctrl-C on, and waits for the signal that it leads to. */
function interrupted(asking: Asking): Promise<never> {
  return new Promise((_, reject) => {
    asking.signal.addEventListener(
      'abort',
      () => {
        reject(asking.signal.reason as Error);
      },
      { once: true },
    );
    (asking.interrupt ?? (() => process.kill(process.pid, 'SIGINT')))();
  });
}

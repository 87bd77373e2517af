/** Asks a question of the lesson: with a list to move in where the terminal may be drawn on, else by number. */
import type { QuizAsked } from '../../events/events.ts';
import { questionLines } from './check-lines.ts';
import { cleanLine } from '../../terminal/clean-text.ts';
import { chooseByKey, type Asking } from '../../terminal/keys.ts';
import { inline } from '../../terminal/markdown.ts';
import { noPaint, signsFor } from '../../terminal/paint.ts';

export interface QuizAsking extends Asking {
  /** The terminal may be drawn on: colour and cursor moves. */
  readonly drawn: boolean;
}

type Question = Pick<QuizAsked, 'ask' | 'options'>;

/** @returns the index of the option chosen; undefined where the learner would rather see the answer. Rejects when interrupted. */
export async function askQuiz(question: Question, asking: QuizAsking): Promise<number | undefined> {
  return asking.drawn ? askInList(question, asking) : askByNumber(question, asking);
}

async function askByNumber(question: Question, asking: QuizAsking): Promise<number | undefined> {
  const { columns, unicode = true, paint = noPaint } = asking;
  const lines = questionLines(question, { columns, unicode, paint, signs: signsFor(unicode) });
  asking.stdout.write(`\n${lines.join('\n')}\n`);
  return chooseByKey(asking, question.options.length);
}

async function askInList(question: Question, asking: QuizAsking): Promise<number | undefined> {
  const { paint = noPaint } = asking;
  const { default: inquirer } = await import('inquirer');
  const ask = inquirer.createPromptModule({
    input: asking.stdin as unknown as NodeJS.ReadableStream,
    output: asking.stdout as unknown as NodeJS.WritableStream,
    signal: asking.signal,
  });
  const choices = [
    ...question.options.map((option, i) => ({ name: inline(cleanLine(option), paint), value: i })),
    { name: 'show me the answer', value: -1 },
  ];
  asking.stdout.write('\n');
  try {
    const { chosen } = await ask<{ chosen: number }>([
      { type: 'select', name: 'chosen', message: inline(cleanLine(question.ask), paint), choices },
    ]);
    return chosen < 0 ? undefined : chosen;
  } catch (error) {
    if (asking.signal.aborted) throw asking.signal.reason;
    // inquirer takes Ctrl-C for itself; here it is an interruption like any other.
    if (error instanceof Error && error.name === 'ExitPromptError') return interrupted(asking);
    throw error;
  }
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

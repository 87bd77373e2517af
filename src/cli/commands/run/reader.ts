/** The person at the keyboard. */
import { askQuiz } from '../../../report/pretty/ask-quiz.ts';
import type { Reader } from '../../../run/actors/guided.ts';
import type { Terminal } from '../../../terminal/display.ts';
import { pause } from '../../../terminal/keys.ts';
import { paintFor } from '../../../terminal/paint.ts';
import { openKeyboard } from '../../keyboard/keyboard.ts';
import type { Telling } from './telling.ts';

export async function readerAt(
  terminal: Terminal,
  { report, drained }: Pick<Telling, 'report' | 'drained'>,
  signal: AbortSignal,
): Promise<Reader> {
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

/** A learner that a script plays: its lines are typed one after the other, wherever something is asked. For tests and authors. */
import { groupIn } from '../../check/facets/pattern.ts';
import { isLessonWord, readWord } from '../../practice/words.ts';
import { typist } from '../actions/typed-input.ts';
import type { AtGoal, GoalSaid, Learner } from './learner.ts';

/** How long a command is watched before Ctrl-C, in ms. */
const watchingMs = 3_000;
const neverAborted = new AbortController().signal;

/** Whoever answers reads the screen. */
function readIn(printed: string, answer: string): string | undefined {
  const [, pattern] = /^\/(.+)\/$/.exec(answer) ?? [];
  return pattern === undefined ? undefined : (groupIn(pattern, 'm', printed) ?? '');
}

/**
 * A line is a docker command, a word of the prompt (`hint`, `check`, `solution`, `undo`, `skip`, `keep`, `quit`, `answer
 * VALUE`, or `answer /PATTERN/`: what its group finds in what was printed last), the number of an answer (`1,3` of several), or `enter`: what the prompt begins with is performed as it stands. Lines that begin with `> ` are typed into
 * the command before them; `^C` ends it after some seconds. Empty lines and those after `#` are passed over.
 *
 * @param tell where short words for the learner go
 */
export function scripted(script: string, tell: (text: string) => void): Learner {
  const lines = script
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  let at = 0;
  /** At its end it leaves, wherever it is. */
  const next = (): string => {
    const line = lines[at];
    at += 1;
    if (at === lines.length + 1) tell('The script has ended, and the lesson has not.');
    return line ?? 'quit';
  };
  const goalSaid = ({ begun, printed }: Pick<AtGoal, 'begun' | 'printed'>): GoalSaid => {
    const line = next();
    if (line === 'enter') return { is: 'line', line: begun };
    const read = readWord(line);
    if (!read) return { is: 'line', line };
    const { word, rest } = read;
    if (word === 'answer') return { is: word, value: readIn(printed, rest) ?? rest };
    return isLessonWord(word) ? { is: word } : goalSaid({ begun: '', printed });
  };
  return {
    pause: async () => (at > lines.length ? 'quit' : 'next'),
    async before() {
      const line = next();
      if (line === 'enter') return { is: 'perform' };
      return line === 'skip' || line === 'quit' || line === 'keep' ? { is: line } : { is: 'line', line };
    },
    atGoal: async (goal) => goalSaid(goal),
    async afterFailure() {
      const line = next();
      return line === 'check' || line === 'skip' || line === 'quit' || line === 'keep' ? line : 'act';
    },
    async answer() {
      const numbers = next()
        .split(/[\s,]+/)
        .map(Number);
      return numbers.every((number) => Number.isInteger(number) && number > 0)
        ? numbers.map((number) => number - 1)
        : undefined;
    },
    explain: async (line) => tell(`${line} asks for words: on a terminal they are shown.`),
    confirm: async () => /^y(?:es)?$/i.test(next()),
    tell,
    streams(command) {
      const typed: string[] = [];
      for (; lines[at]?.startsWith('> '); at++) typed.push(lines[at]?.slice(2) ?? '');
      const isInterrupted = lines[at] === '^C';
      if (isInterrupted) at += 1;
      const { io, stop } = typist(typed).at(
        { question: () => Promise.resolve('y') },
        (command.flags as { readonly tty?: unknown }).tty === true,
      );
      return { io, session: false, signal: isInterrupted ? AbortSignal.timeout(watchingMs) : neverAborted, end: stop };
    },
  };
}

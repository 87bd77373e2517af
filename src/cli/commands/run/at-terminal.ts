/** The learner at the terminal: keys where something is offered, a prompt where something is typed. */
import { holdsSecret } from '../../../command/hide-secrets.ts';
import { withDocker } from '../../../command/shell/typed.ts';
import { foreseen } from '../../../as-failure.ts';
import type { Engine } from '../../../engine/engine.ts';
import { goalWordsIn, isLessonWord, readWord } from '../../../practice/words.ts';
import type { ScreenWord } from '../../../practice/words.ts';
import { explanationLines } from '../../../report/answers/explanation.ts';
import { candidateLines } from '../../../report/answers/try.ts';
import type { LookBack } from '../../../report/format.ts';
import { askQuiz } from '../../../report/pretty/ask-quiz.ts';
import { goalLines } from '../../../report/pretty/step-lines.ts';
import { describeFailure } from '../../../report/problem.ts';
import type { Leave, Next } from '../../../run/actors/actor.ts';
import type { AtGoal, ElsewhereSaid, GoalSaid, Learner, Offer, Said } from '../../../run/actors/learner.ts';
import { goalOf } from '../../../scenario/practised.ts';
import { openHistory } from '../../../state/history.ts';
import { cleanText } from '../../../terminal/clean-text.ts';
import type { Terminal } from '../../../terminal/display.ts';
import { chooseKey, erased, keySign } from '../../../terminal/keys.ts';
import type { Asking, KeyChoice } from '../../../terminal/keys.ts';
import { fold, rowsOf } from '../../../terminal/layout.ts';
import { styleFor } from '../../../terminal/style.ts';
import { lineReader } from '../../../try/line-reader.ts';
import { namesOf } from '../../../try/names.ts';
import type { Words } from '../../../words/english.ts';
import { askLine, isYes } from '../../keyboard/ask-line.ts';
import { commandTurn } from '../../keyboard/command-turn.ts';
import { openKeyboard } from '../../keyboard/keyboard.ts';
import { isSession, learnersIo } from '../../keyboard/learners-io.ts';
import { explanationOf } from '../explain/explain.ts';
import type { Telling } from './telling.ts';

export interface Place {
  readonly terminal: Terminal;
  readonly told: Pick<Telling, 'report' | 'drained'>;
  readonly engine: Engine;
  readonly words: Words;
  readonly signal: AbortSignal;
}

export async function learnerAt({ terminal, told, engine, words, signal }: Place): Promise<Learner> {
  // not spread: the width is asked for anew
  const style = Object.assign(await styleFor(terminal), { words });
  const { keys, keysMean, practice } = words;
  const goalWords = goalWordsIn(words);
  const { paint, unicode } = style;
  const { live } = terminal;
  const { stdout } = process;
  const asking: Asking = {
    stdin: openKeyboard(),
    stdout,
    signal,
    get columns() {
      return style.columns;
    },
    unicode,
    paint,
    erase: live,
  };
  const write = (lines: readonly string[]): void => void stdout.write(lines.map((line) => `${line}\n`).join(''));
  const lookBack = async (what: LookBack): Promise<void> => (await told.report()).show?.(what);
  let workspace = process.cwd();
  /** Something of the lesson is there: leaving is asked about once. */
  let begun = false;
  const read = lineReader({
    input: openKeyboard(),
    output: stdout,
    history: await openHistory(process.env, holdsSecret),
    signal,
    prompt: ' $ ',
    words: goalWords,
    names: (kind, written) => namesOf(kind, written, workspace, () => Promise.resolve(engine)),
    listing: (candidates) => candidateLines(candidates, style),
  });

  const keyThat = <T>(key: string, does: keyof Words['keysMean'], answer: T): MeantKey<T> => ({
    key,
    says: keys[does],
    means: keysMean[does],
    answer,
  });

  const keysMeant = (choices: readonly MeantKey<unknown>[]): readonly string[] =>
    choices.flatMap(({ key, means }) => {
      const [first = '', ...rest] = fold(means, style.columns, 4);
      return [` ${paint.code(keySign(key, unicode))}  ${first.trimStart()}`, ...rest];
    });

  /** A key, again and again where it only shows something. */
  async function choose<T extends string | object>(
    offered: readonly MeantKey<T | Look>[],
    typed?: (text: string) => T,
    ending = signal,
  ): Promise<T | 'end'> {
    const shows = (): Promise<void> => Promise.resolve(write(['', ...keysMeant(offered)]));
    const choices: readonly KeyChoice<T | Look>[] = [...offered, { key: '?', says: '', answer: { shows } }];
    for (;;) {
      const answer = await chooseKey<T | Look | 'end'>({ ...asking, signal: ending }, choices, {
        ...(typed && { typed }),
        atEnd: 'end',
      });
      if (typeof answer !== 'object' || !('shows' in answer)) return answer;
      await answer.shows();
    }
  }

  async function explain(line: string): Promise<void> {
    try {
      write(['', ...explanationLines(await explanationOf(withDocker(line)), style)]);
    } catch (error) {
      const failure = foreseen(error);
      if (!failure) throw error;
      stdout.write(describeFailure(failure, style));
    }
  }

  const looks = (offered: readonly LookBack[]): MeantKey<Look>[] =>
    offered.map((what) => keyThat(lookKeys[what], what, { shows: () => lookBack(what) }));

  async function leave(): Promise<Leave | 'stay'> {
    if (!begun) return 'quit';
    write(['', ...fold(words.asked.leave, style.columns, 1)]);
    const answer = await choose<Leave | 'stay'>([
      keyThat('\r', 'cleanUp', 'quit'),
      keyThat('k', 'keep', 'keep'),
      keyThat('n', 'stay', 'stay'),
    ]);
    return answer === 'end' ? 'quit' : answer;
  }

  /** The same with the key to leave, which is asked about. @param begin before each time the keys are shown */
  async function chooseOrLeave<T extends string | object>(
    choices: readonly MeantKey<T | Look>[],
    { typed, begin, ending = signal }: { typed?(text: string): T; begin?(): void; ending?: AbortSignal } = {},
  ): Promise<T | Leave> {
    const all: readonly MeantKey<T | Look | 'leave'>[] = [...choices, keyThat('q', 'quit', 'leave')];
    for (;;) {
      begin?.();
      const answer = await choose<T | 'leave'>(all, typed, ending);
      if (answer === 'end') return 'quit';
      if (answer !== 'leave') return answer;
      const how = await leave();
      if (how !== 'stay') return how;
    }
  }

  /** What is typed in place of what is offered; undefined where it was given up. */
  async function typedInstead(offered: string, first: string): Promise<Said | undefined> {
    const line = await read(first === '' ? offered : first);
    const text = line?.trim() ?? '';
    if (text === '') return undefined;
    const word = readWord(text);
    if (!word) return withDocker(text) === withDocker(offered) ? { is: 'perform' } : { is: 'line', line: text };
    switch (word.word) {
      case 'skip':
      case 'keep':
        return { is: word.word };
      case 'quit': {
        const how = await leave();
        return how === 'stay' ? undefined : { is: how };
      }
      case 'explain':
        await explain(word.rest === '' ? offered : word.rest);
        return undefined;
      case 'api':
      case 'output':
      case 'back':
        await lookBack(word.word);
        return undefined;
      case 'check':
      case 'answer':
      case 'hint':
      case 'solution':
      case 'undo':
      case 'goal':
      case 'help':
        write(fold(practice.onlyInPractice(word.word), style.columns, 1));
        return undefined;
    }
  }

  async function before({ action, workspace: folder }: Offer): Promise<Said> {
    workspace = folder;
    await told.drained();
    const command = 'command' in action ? oneLine(action.command) : undefined;
    const shown = 'command' in action ? cleanText(action.command) : action.other;
    const sign = command === undefined ? '›' : '$';
    const lines = shown
      .split('\n')
      .map((line, i) => (i === 0 ? ` ${paint.dim(unicode ? sign : '>')} ` : '   ') + paint.bold(line));
    const offered: readonly MeantKey<Pressed | Look>[] = [
      keyThat('\r', command === undefined ? 'go' : 'run', 'perform'),
      ...(command === undefined
        ? []
        : [keyThat('c', 'change', { typed: '' }), keyThat('e', 'explain', { shows: () => explain(command) })]),
      ...looks(['back']),
      keyThat('s', 'skip', 'skip'),
    ];
    for (;;) {
      const answer = await chooseOrLeave(offered, {
        typed: (typed) => ({ typed }),
        begin: () => write(['', ...lines]),
      });
      if (answer === 'quit' || answer === 'keep') return { is: answer };
      if (answer === 'perform' || answer === 'skip') {
        begun = true;
        // the command is told again as it begins; one more for the blank line before it, one for the line that follows
        if (live && answer === 'perform') stdout.write(erased(rowsOf(lines, terminal.columns) + 2));
        return { is: answer };
      }
      const said = await typedInstead(command ?? '', answer.typed);
      if (!said) continue;
      begun = true;
      return said;
    }
  }

  async function atGoal(at: AtGoal): Promise<GoalSaid> {
    workspace = at.workspace;
    begun = true;
    await told.drained();
    stdout.write('\n');
    let first = at.begun;
    for (;;) {
      const line = await read(first);
      first = '';
      if (line === undefined) return { is: 'quit' };
      const text = line.trim();
      if (text === '') continue;
      const word = readWord(text);
      if (!word) return { is: 'line', line: text };
      if (word.word === 'quit') {
        const how = await leave();
        if (how !== 'stay') return { is: how };
      } else if (word.word === 'answer') return { is: 'answer', value: word.rest };
      else if (isLessonWord(word.word)) return { is: word.word };
      else await atWord(word.word, word.rest, at);
    }
  }

  async function atWord(word: ScreenWord, rest: string, { step, undoes }: AtGoal): Promise<void> {
    switch (word) {
      case 'goal':
        return write(goalLines(goalOf(step, words), style));
      case 'explain':
        return rest === '' ? write([` ${practice.explainWhat}`]) : explain(rest);
      case 'api':
      case 'output':
      case 'back':
        return lookBack(word);
      case 'help': {
        const takesBack = undoes.length > 0 ? [practice.wouldUndo(undoes)] : [];
        return write([
          ` ${practice.wordsAre}`,
          ...candidateLines(goalWords, style),
          ...takesBack.flatMap((text) => fold(text, style.columns, 1)),
        ]);
      }
    }
  }

  return {
    async pause({ hasCommand }) {
      await told.drained();
      return chooseOrLeave<'next'>([
        keyThat('\r', 'goOn', 'next'),
        ...looks(hasCommand ? ['api', 'output', 'back'] : begun ? ['back'] : []),
      ]);
    },
    before,
    atGoal,
    async afterFailure(): Promise<Next> {
      await told.drained();
      return chooseOrLeave<'check' | 'act' | 'skip'>([
        keyThat('\r', 'check', 'check'),
        keyThat('t', 'again', 'act'),
        ...looks(['api', 'output']),
        keyThat('s', 'skip', 'skip'),
      ]);
    },
    async answer(quiz) {
      await told.drained();
      return askQuiz(quiz, { ...asking, drawn: live, words });
    },
    async meanwhile({ signal: ending }): Promise<ElsewhereSaid> {
      begun = true;
      await told.drained();
      const choices: readonly MeantKey<'check' | 'hint' | 'solution' | 'skip' | Look>[] = [
        keyThat('c', 'checkNow', 'check'),
        keyThat('h', 'hint', 'hint'),
        keyThat('l', 'solution', 'solution'),
        ...looks(['back']),
        keyThat('s', 'skip', 'skip'),
      ];
      return { is: await chooseOrLeave(choices, { ending }) };
    },
    async confirm(question) {
      await told.drained();
      const lines = fold(cleanText(question), style.columns - 8, 1);
      write(['', ...lines.slice(0, -1)]);
      const last = `${lines.at(-1) ?? ''} [y/N] `;
      return isYes(await askLine(last, { input: openKeyboard(), output: stdout, signal }));
    },
    explain,
    tell: (text) => write(fold(cleanText(text), style.columns, 1)),
    streams(command) {
      const turn = commandTurn(signal);
      const session = isSession(command);
      const wish = { keyboard: true, taking: turn.take, interruption: () => turn.signal };
      const { stdout: out, stderr: err, ...rest } = learnersIo(command, wish);
      return {
        io: session ? { ...rest, stdout: out, stderr: err } : rest,
        session,
        signal: turn.signal,
        end: turn.end,
      };
    },
  };
}

/** What `?` says of it. */
interface MeantKey<T> extends KeyChoice<T> {
  readonly means: string;
}

interface Look {
  shows(): Promise<void>;
}

type Pressed = 'perform' | 'skip' | { readonly typed: string };

const lookKeys: Readonly<Record<LookBack, string>> = { api: 'a', output: 'o', back: 'b' };

/** A line that goes on after a backslash, as one. */
function oneLine(command: string): string {
  return command.replace(/\\\n\s*/g, '').trim();
}

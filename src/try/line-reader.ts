/** Lines read on a terminal, one after the other, with history and completion of docker commands. */
import { createInterface } from 'node:readline';
import type { Interface } from 'node:readline';
import { completeDocker } from '../command/complete.ts';
import type { Candidate } from '../command/complete.ts';
import type { History } from '../state/history.ts';
import type { Kind } from './names.ts';

/** A line is read on a terminal, with history and completion. */
export interface LineSetting {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly history: History;
  readonly signal: AbortSignal;
  /** The prompt itself, painted. */
  readonly prompt: string;
  /** Names that begin so, of what is there. */
  names(kind: Kind, written: string): Promise<readonly Candidate[]>;
  /** How candidates are listed, for a second Tab. */
  listing(candidates: readonly Candidate[]): readonly string[];
  /** What the prompt itself understands, besides docker's commands. */
  readonly words: readonly Candidate[];
}

/** Typed ahead: whole lines of a paste, and the beginning of one. */
interface Typed {
  readonly lines: string[];
  begun: string;
}

/** @returns a function that reads one line after the other */
export function lineReader(setting: LineSetting): (begun?: string) => Promise<string | undefined> {
  const typed: Typed = { lines: [], begun: '' };
  return (begun = '') => {
    const [first = '', ...others] = begun.split('\n');
    if (others.length > 0) typed.lines.push(first, ...others.slice(0, -1));
    typed.begun += others.at(-1) ?? first;
    return readWhole(typed, setting);
  };
}

/** A line, and those after it while they end in a backslash. '' where it was given up, undefined at the end of input. */
async function readWhole(typed: Typed, setting: LineSetting): Promise<string | undefined> {
  let text = '';
  let prompt = setting.prompt;
  for (;;) {
    const line = await readOne(prompt, typed, setting);
    if (line === undefined) return undefined;
    // Ctrl-C gives up what was typed so far
    if (line === interrupted) return '';
    text += line;
    if (!/(?:^|[^\\])(?:\\\\)*\\$/.test(line)) return text;
    text += '\n';
    prompt = '> ';
  }
}

const interrupted = Symbol('interrupted');

function readOne(prompt: string, typed: Typed, setting: LineSetting): Promise<string | typeof interrupted | undefined> {
  const ahead = typed.lines.shift();
  if (ahead !== undefined) {
    setting.output.write(`${prompt}${ahead}\n`);
    return Promise.resolve(ahead);
  }
  const { input, output, history, signal } = setting;
  // a new one for each line: while a command runs the keyboard is the container's, or the terminal's own
  const reader: Interface = createInterface({
    input,
    output,
    terminal: true,
    prompt,
    history: [...history.lines],
    historySize: 1000,
    removeHistoryDuplicates: true,
    completer: completer(() => reader, setting),
  });
  return new Promise((resolve) => {
    let answer: string | typeof interrupted | undefined;
    const leave = (): void => reader.close();
    // the terminal is gone: whoever opened the input hears of it too
    reader.on('error', () => undefined);
    signal.addEventListener('abort', leave, { once: true });
    reader.on('line', (line) => {
      if (answer === undefined) {
        answer = line;
        // the rest of a paste comes in the same turn
        setImmediate(() => {
          typed.begun = reader.line;
          reader.close();
        });
      } else if (typeof answer === 'string') typed.lines.push(line);
    });
    reader.on('SIGINT', () => {
      answer = interrupted;
      output.write('^C');
      reader.close();
    });
    reader.once('close', () => {
      signal.removeEventListener('abort', leave);
      if (answer === undefined || answer === interrupted) output.write('\n');
      resolve(answer);
    });
    reader.prompt();
    if (typed.begun !== '') {
      reader.write(typed.begun);
      typed.begun = '';
    }
  });
}

type Complete = (line: string, done: (error: null, found: [string[], string]) => void) => void;

function completer(reader: () => Interface, setting: LineSetting): Complete {
  let before: string | undefined;
  return (line, done) => {
    void candidatesFor(line, setting).then(({ candidates, written }) => {
      const again = before === line;
      before = line;
      if (again && candidates.length > 1) {
        setting.output.write(
          `\n${setting
            .listing(candidates)
            .map((text) => `${text}\n`)
            .join('')}`,
        );
        reader().prompt(true);
        return done(null, [[], written]);
      }
      const [only, ...others] = candidates;
      const hits =
        only && others.length === 0
          ? [`${only.value}${/[=/:]$/.test(only.value) ? '' : ' '}`]
          : candidates.map(({ value }) => value);
      // nothing is listed by readline itself: the meanings belong to it
      return done(null, [again || hits.length === 1 ? hits : commonStart(hits, written), written]);
    });
  };
}

/** As one candidate, what all of them begin with; none where that is written already. */
function commonStart(hits: readonly string[], written: string): string[] {
  const [first = '', ...others] = hits;
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length -= 1;
  return length > written.length ? [first.slice(0, length)] : [];
}

async function candidatesFor(
  line: string,
  { names, words: ownWords }: Pick<LineSetting, 'names' | 'words'>,
): Promise<{ candidates: readonly Candidate[]; written: string }> {
  const own = /^\s*(?:explain|help)\s+/.exec(line)?.[0] ?? '';
  const { written, candidates, names: kind } = completeDocker(line.slice(own.length), { bare: true });
  const words = /^\s*\S*$/.test(line) ? ownWords.filter(({ value }) => value.startsWith(written)) : [];
  const found = kind === undefined ? [] : await names(kind, written);
  const all = [...words, ...candidates, ...found];
  return { candidates: [...new Map(all.map((one) => [one.value, one])).values()], written };
}

/** Single keys at a pause. Only on a terminal where somebody is asked; raw mode never outlives the question. */
import { fold, rowsOf } from './layout.ts';
import { asciiSigns } from './clean-text.ts';
import { noPaint, type Paint } from './paint.ts';
import type { Sink } from './sink.ts';

/** The keyboard: process.stdin, or what stands for it in a test. */
export interface Keyboard {
  readonly isRaw?: boolean;
  setRawMode?(raw: boolean): unknown;
  resume(): unknown;
  pause(): unknown;
  on(event: 'data', listener: (chunk: Buffer | string) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  off(event: 'data', listener: (chunk: Buffer | string) => void): unknown;
  off(event: 'end', listener: () => void): unknown;
}

export interface Asking {
  readonly stdin: Keyboard;
  readonly stdout: Sink;
  /** Rejects the question with its reason. */
  readonly signal: AbortSignal;
  readonly columns: number;
  readonly unicode?: boolean;
  readonly paint?: Paint;
  /** The question may be erased once it is answered. Default: false. */
  readonly erase?: boolean;
  /** What Ctrl-C does. Default: what it does everywhere, SIGINT to this process. */
  readonly interrupt?: () => void;
}

/** A key on offer. */
export interface KeyChoice<T> {
  /** As it comes from the keyboard, in small letters; `\r` is Enter. */
  readonly key: string;
  /** May be empty. */
  readonly says: string;
  readonly answer: T;
}

/** What `chooseKey` takes beside the keys on offer. */
export interface OtherKeys<T> {
  /** What is typed, pasted, or edited (an arrow to the left, backspace: `''`): undefined where it is nothing. */
  typed?(text: string): T | undefined;
  /** Where the input ends. */
  readonly atEnd: T;
}

/**
 * Shows the keys on offer and waits for one of them. Where Enter is, space and an arrow to the right are the same;
 * the others come in capitals too.
 */
export async function chooseKey<T extends string | object>(
  asking: Asking,
  choices: readonly KeyChoice<T>[],
  { typed, atEnd }: OtherKeys<T>,
): Promise<T> {
  const { paint = noPaint, unicode = true } = asking;
  const line = choices
    .map(({ key, says }) => `${keySign(key, unicode)} ${says}`.trimEnd())
    .join(unicode ? ' · ' : ' | ');
  const lines = fold(line, asking.columns - 1, 1);
  asking.stdout.write(`\n${lines.map((text) => paint.dim(text)).join('\n')}`);
  try {
    return await readKey(asking, (pressed) => {
      if (pressed === undefined) return atEnd;
      const one = choices.find(({ key }) => key === meant(pressed));
      return one ? one.answer : typed?.(isPrinted(pressed) ? pressed : '');
    });
  } finally {
    asking.stdout.write(asking.erase === true ? erased(rowsOf(lines, asking.columns) + 1) : '\n');
  }
}

/** How a key of a choice is written. */
export function keySign(key: string, unicode: boolean): string {
  if (key !== '\r') return key;
  return unicode ? '⏎' : asciiSigns('⏎');
}

/** One key, by the name that it has among the choices. */
function meant(pressed: string): string {
  return pressed === '\n' || pressed === ' ' || pressed === '\u001b[C' ? '\r' : pressed.toLowerCase();
}

function isPrinted(text: string): boolean {
  return text !== '' && text.charAt(0) >= ' ' && text.charAt(0) !== '\u007f';
}

/** Asks for a number from 1 to `count`; undefined where the learner passes (Enter, s, q) or the input ends. The caller has shown the options. */
export async function chooseByKey(asking: Asking, count: number, prompt: string): Promise<number | undefined> {
  asking.stdout.write(`\n ${prompt} `);
  try {
    const key = await readKey(asking, (pressed) => {
      if (pressed === undefined || '\r\nsq'.includes(pressed) || pressed === '\u001b[C') return { choice: undefined };
      const number = Number.parseInt(pressed, 10);
      return number >= 1 && number <= count ? { choice: number - 1 } : undefined;
    });
    return key.choice;
  } finally {
    asking.stdout.write('\n');
  }
}

/** The same where several are right: each number, then Enter. Undefined where none was chosen. */
export async function chooseSeveralByKeys(
  asking: Asking,
  count: number,
  prompt: string,
): Promise<readonly number[] | undefined> {
  asking.stdout.write(`\n ${prompt} `);
  const chosen = new Set<number>();
  try {
    await readKey(asking, (pressed) => {
      if (pressed === undefined || '\r\nsq'.includes(pressed)) return true;
      const number = Number.parseInt(pressed, 10);
      if (!(number >= 1 && number <= count) || chosen.has(number - 1)) return undefined;
      chosen.add(number - 1);
      asking.stdout.write(`${String(number)} `);
      return undefined;
    });
    return chosen.size === 0 ? undefined : [...chosen].sort();
  } finally {
    asking.stdout.write('\n');
  }
}

/** Cursor to the start of the first of `lines` lines, and everything from there gone. */
export function erased(lines: number): string {
  return `\r${'\u001b[1A'.repeat(lines - 1)}\u001b[J`;
}

/** Waits until `accept` answers to a key (undefined: end of input). Restores the terminal on every way out. */
function readKey<T>(asking: Asking, accept: (key: string | undefined) => T | undefined): Promise<T> {
  const { stdin, signal } = asking;
  const interrupt = asking.interrupt ?? (() => process.kill(process.pid, 'SIGINT'));
  const wasRaw = stdin.isRaw === true;
  return new Promise<T>((resolve, reject) => {
    const leave = (): void => {
      stdin.off('data', onData);
      stdin.off('end', onEnd);
      signal.removeEventListener('abort', onAbort);
      stdin.setRawMode?.(wasRaw);
      stdin.pause();
    };
    const answer = (key: string | undefined): void => {
      const answered = accept(key);
      if (answered === undefined) return;
      leave();
      resolve(answered);
    };
    const onAbort = (): void => {
      leave();
      reject(signal.reason as Error);
    };
    const onEnd = (): void => {
      answer(undefined);
    };
    const onData = (chunk: Buffer | string): void => {
      const text = chunk.toString();
      if (text.startsWith('\u0003')) {
        // Raw mode swallowed the interruption: give the terminal back, then let it take its usual way.
        stdin.setRawMode?.(wasRaw);
        interrupt();
      } else if (text === '\u0004') onEnd();
      else if (!text.startsWith('\u001b')) answer(text);
      // Of escape sequences arrows to the side are keys; a paste in brackets is not.
      else if (text === '\u001b[C' || text === '\u001b[D') answer(text);
    };
    if (signal.aborted) {
      reject(signal.reason as Error);
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    stdin.on('data', onData);
    stdin.on('end', onEnd);
    stdin.setRawMode?.(true);
    stdin.resume();
  });
}

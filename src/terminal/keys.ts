/** Single keys at a pause. Only on a terminal where somebody is asked; raw mode never outlives the question. */
import { fold } from './layout.ts';
import { asciiSigns } from './clean-text.ts';
import { noPaint, type Paint } from './paint.ts';
import type { Sink } from './sink.ts';

export type PauseAnswer = 'next' | 'api' | 'explain' | 'back' | 'quit';

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

const keys: readonly {
  readonly key: string;
  readonly answer: PauseAnswer;
  readonly sign: string;
  readonly says: string;
}[] = [
  { key: '\r', answer: 'next', sign: '⏎', says: 'go on' },
  { key: 'a', answer: 'api', sign: 'a', says: 'show the API calls' },
  { key: 'e', answer: 'explain', sign: 'e', says: 'explain the command' },
  { key: 'b', answer: 'back', sign: 'b', says: 'back' },
  { key: 'q', answer: 'quit', sign: 'q', says: 'quit' },
];

/** Shows the keys on offer (default: all) and waits for one of them; space, `n` and an arrow to the right go on too. End of input quits. */
export async function pause(
  asking: Asking,
  offer: readonly PauseAnswer[] = keys.map(({ answer }) => answer),
): Promise<PauseAnswer> {
  const { paint = noPaint, unicode = true } = asking;
  const offered = keys.filter(({ answer }) => offer.includes(answer));
  const between = unicode ? ' · ' : ' | ';
  const line = offered.map(({ sign, says }) => `${unicode ? sign : asciiSigns(sign)} ${says}`).join(between);
  const lines = fold(line, asking.columns - 1, 1);
  asking.stdout.write(`\n${lines.map((text) => paint.dim(text)).join('\n')}`);
  try {
    return await readKey(asking, (key) => {
      if (key === undefined) return 'quit';
      const pressed = key === '\n' || key === ' ' || key === 'n' ? '\r' : key.toLowerCase();
      return offered.find((one) => one.key === pressed)?.answer;
    });
  } finally {
    asking.stdout.write(asking.erase === true ? erased(lines.length + 1) : '\n');
  }
}

/** Asks for a number from 1 to `count`; undefined where the learner passes (Enter, s, q) or the input ends. The caller has shown the options. */
export async function chooseByKey(asking: Asking, count: number): Promise<number | undefined> {
  asking.stdout.write(`\n 1 to ${String(count)}, or Enter to see the answer: `);
  try {
    const key = await readKey(asking, (pressed) => {
      if (pressed === undefined || /^[\r\nsq]$/.test(pressed)) return { choice: undefined };
      const number = Number.parseInt(pressed, 10);
      return number >= 1 && number <= count ? { choice: number - 1 } : undefined;
    });
    return key.choice;
  } finally {
    asking.stdout.write('\n');
  }
}

/** Cursor to the start of the first of `lines` lines, and everything from there gone. */
function erased(lines: number): string {
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
      const key = chunk.toString();
      if (key.startsWith('\u0003')) {
        // Raw mode swallowed the interruption: give the terminal back, then let it take its usual way.
        stdin.setRawMode?.(wasRaw);
        interrupt();
      } else if (key === '\u0004') onEnd();
      else if (key === '\u001b[C') answer('\r');
      // Other escape sequences (arrows, a paste in brackets) are not answers.
      else if (!key.startsWith('\u001b')) answer(key.slice(0, 1));
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

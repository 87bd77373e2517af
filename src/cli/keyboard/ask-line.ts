/** Asks whoever sits at the keyboard for one line. */
import { Writable } from 'node:stream';
import { createInterface } from 'node:readline';

export interface LineQuestion {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly signal: AbortSignal;
  /** What is typed is not shown. */
  readonly secret?: boolean;
}

/** @returns '' where the input ends. Ctrl-C is an interruption like any other. Rejects with the signal's reason. */
export async function askLine(text: string, { input, output, signal, secret = false }: LineQuestion): Promise<string> {
  signal.throwIfAborted();
  const terminal = input.isTTY;
  if (terminal) output.write(text);
  // readline echoes what is typed: a secret is echoed to nowhere
  const echo = secret ? new Writable({ write: (_chunk, _encoding, done) => done() }) : output;
  const lines = createInterface({ input, output: echo, terminal: terminal && secret, historySize: 0 });
  // the terminal is gone: keyboard.ts hears of it too
  lines.on('error', () => undefined);
  lines.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    return await new Promise<string>((resolve, reject) => {
      const stop = (): void => reject(signal.reason as Error);
      signal.addEventListener('abort', stop, { once: true });
      lines.once('line', resolve).once('close', () => {
        signal.removeEventListener('abort', stop);
        resolve('');
      });
    });
  } finally {
    lines.close();
    if (terminal && secret) output.write('\n');
  }
}

/** Whether the answer to `[y/N]` is a yes. */
export function isYes(answer: string): boolean {
  return /^y(?:es)?$/i.test(answer.trim());
}

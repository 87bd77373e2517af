/** A step's `input`: lines typed into its commands as a person would, each once the program waits for one. */
import { Readable } from 'node:stream';
import type { LineIo } from '../../perform/line/capture.ts';
import type { Io } from '../../perform/world.ts';

/** Silence after which a program waits for a line, in ms: after a prompt, after a whole line, and when it has yet to speak. */
const quiet = { prompt: 80, line: 600, start: 3000 };

/** What a terminal makes of Ctrl-D: the input ends. */
const endOfInput = '\u0004';

export interface Typist {
  /** The streams of one command, with the lines as its keyboard. @param tty whether it was asked for a terminal (-t) */
  at(io: LineIo, tty: boolean): { readonly io: Io; stop(): void };
}

/**
 * Without a terminal there is no prompt, and a command gets all lines at once. Lines that it leaves go to the next of the
 * step. Questions that docker itself asks take a line each; when none is left, `io` answers.
 */
export function typist(lines: readonly string[]): Typist {
  const left = [...lines];
  return {
    at(io, tty) {
      const keyboard = keyboardOf(left, tty);
      const heard =
        (write: LineIo['stdout']) =>
        (chunk: Uint8Array | string): void => {
          write?.(chunk);
          keyboard.heard(chunk);
        };
      return {
        io: {
          ...io,
          stdin: keyboard.stdin,
          stdout: heard(io.stdout),
          stderr: heard(io.stderr),
          question: (text, secret) => {
            const line = left.shift();
            return line === undefined ? io.question(text, secret) : Promise.resolve(line);
          },
        },
        stop: keyboard.stop,
      };
    },
  };
}

interface Keyboard {
  readonly stdin: Readable;
  /** The program printed something. */
  heard(chunk: Uint8Array | string): void;
  stop(): void;
}

function keyboardOf(left: string[], tty: boolean): Keyboard {
  let timer: NodeJS.Timeout | undefined;
  let listening = false;
  const typeAfter = (ms: number): void => {
    clearTimeout(timer);
    if (listening) timer = setTimeout(type, ms);
  };
  const type = (): void => {
    const line = left.shift();
    if (line !== undefined) {
      stdin.push(`${line}\n`);
      typeAfter(tty ? quiet.line : 0);
      return;
    }
    listening = false;
    if (tty) stdin.push(endOfInput);
    stdin.push(null);
  };
  const stdin = new Readable({
    // asked for the first time when a session, or docker itself, begins to read
    read() {
      if (listening || stdin.readableEnded) return;
      listening = true;
      typeAfter(tty ? quiet.start : 0);
    },
  });
  return {
    stdin,
    heard: (chunk) => typeAfter(tty ? (endsLine(chunk) ? quiet.line : quiet.prompt) : 0),
    stop() {
      clearTimeout(timer);
      listening = false;
      stdin.destroy();
    },
  };
}

/** Whether the cursor is at the start of a line: what stands before it otherwise is a prompt. */
function endsLine(chunk: Uint8Array | string): boolean {
  const last = typeof chunk === 'string' ? chunk.at(-1) : String.fromCharCode(chunk.at(-1) ?? 10);
  return last === '\n';
}

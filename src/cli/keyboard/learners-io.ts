/** The learner's own streams, for a command that they have typed. */
import type { Command } from '../../command/command.ts';
import type { Io, TakeSignals } from '../../perform/world.ts';
import { cleanOutputLine } from '../../terminal/clean-text.ts';
import { terminalText } from '../../terminal/program-text.ts';
import { cut } from '../../terminal/width.ts';
import { askLine } from './ask-line.ts';
import { openKeyboard } from './keyboard.ts';

export interface LearnersIo {
  /** Stdin is the learner's, not the text of the line itself. */
  readonly keyboard: boolean;
  /** Who is given Ctrl-C while the command runs. Absent: it ends all. */
  readonly taking?: TakeSignals | undefined;
  /** Ends a question. */
  interruption(): AbortSignal;
}

/** Docker's output as it comes. On a terminal it may colour, and only a session with a terminal of its own may do more. */
export function learnersIo(command: Command, { keyboard, taking, interruption }: LearnersIo): Io {
  const { stdout, stderr } = process;
  const stdin = openKeyboard();
  const session = isSession(command);
  const interactive = stdin.isTTY && stdout.isTTY;
  return {
    stdout: writerTo(stdout, session),
    stderr: writerTo(stderr, session),
    ...(keyboard && { stdin }),
    ...(stderr.isTTY && stderr.columns > 0 && process.env['TERM'] !== 'dumb' && { canvas: canvasOn(stderr) }),
    ...(taking && { interrupt: taking, proxy: taking }),
    ...(interactive && {
      terminal: {
        size: () => ({ columns: stdout.columns, rows: stdout.rows }),
        raw: (on: boolean) => void stdin.setRawMode(on),
        onResize: (listener: () => void) => {
          stdout.on('resize', listener);
          return () => void stdout.off('resize', listener);
        },
      },
    }),
    question: (text, secret) => {
      // docker writes it also where nobody can see it
      if (!stdin.isTTY) stdout.write(text);
      return askLine(text, { input: stdin, output: stdout, signal: interruption(), secret });
    },
  };
}

/** It has the terminal to itself. */
export function isSession({ row, flags }: Command): boolean {
  return (
    flags['tty'] === true ||
    row.name === 'container attach' ||
    row.name === 'container start' ||
    // it draws its table over the one before
    (row.name === 'container stats' && flags['no-stream'] !== true)
  );
}

/** Lines over lines, at the place where the cursor stands. */
function canvasOn(stream: NodeJS.WriteStream): NonNullable<Io['canvas']> {
  let drawn = 0;
  return {
    size: () => ({ columns: stream.columns, rows: stream.rows }),
    draw(lines) {
      const back = drawn > 0 ? `\x1b[${String(drawn)}A` : '';
      const text = lines.map((line) => `\x1b[2K${cut(cleanOutputLine(line), stream.columns - 1)}\n`).join('');
      stream.write(`${back}\r${text}\x1b[J`);
      drawn = lines.length;
    },
  };
}

function writerTo(stream: NodeJS.WriteStream, session: boolean): (chunk: Uint8Array | string) => void {
  if (session || !stream.isTTY) return (chunk) => void stream.write(chunk);
  const safe = terminalText();
  return (chunk) => void stream.write(safe(chunk));
}

/** Output of commands and containers, which comes in pieces: whole lines out, cleaned, the middle of a long one left out. */
import { cleanOutputLine } from '../../terminal/clean-text.ts';
import { lineBreaker, type Breaker } from '../../terminal/broken-lines.ts';
import { english, type Words } from '../../words/english.ts';

/** How many are shown of a long output. */
export interface ShownLines {
  /** As they come. */
  readonly head: number;
  /** At the end. */
  readonly tail: number;
}

export interface OutputLines {
  /** From the next line on. */
  limit(shown: ShownLines): void;
  /** The lines to show now. */
  take(stream: 'stdout' | 'stderr', text: string): string[];
  /** What is left at the end: a line without its newline, the note of what was left out, the last lines. */
  finish(): { readonly note: string | undefined; readonly lines: readonly string[] };
}

/** Signs after which a line without an end is shown all the same. */
const longestLine = 4096;

export function outputLines(limits: ShownLines, { note: says }: Pick<Words, 'note'> = english): OutputLines {
  let { head, tail } = limits;
  const pending = { stdout: '', stderr: '' };
  let shown = 0;
  let left = 0;
  let last: string[] = [];

  const admit = (raw: string): string[] => {
    const line = cleanOutputLine(raw);
    if (shown < head) {
      shown += 1;
      return [line];
    }
    last.push(line);
    if (last.length > tail) {
      last.shift();
      left += 1;
    }
    return [];
  };
  return {
    limit: (wished) => void ({ head, tail } = wished),
    take(stream, text) {
      const pieces = (pending[stream] + text).split('\n');
      pending[stream] = pieces.pop() ?? '';
      if (pending[stream].length > longestLine) {
        pieces.push(pending[stream]);
        pending[stream] = '';
      }
      return pieces.flatMap(admit);
    },
    finish() {
      const unended = (['stdout', 'stderr'] as const).map((stream) => pending[stream]).filter((text) => text !== '');
      const before = shown;
      const direct = unended.flatMap(admit);
      const lines = before < head ? [...direct, ...last] : last;
      const note = left > 0 ? says.linesLeftOut(left) : undefined;
      pending.stdout = pending.stderr = '';
      shown = left = 0;
      last = [];
      return { note, lines };
    },
  };
}

/** For the lines of one output, which stand behind a thin line. */
export function outputBreaker({ columns }: { readonly columns: number }): Breaker {
  return lineBreaker(columns - 5);
}

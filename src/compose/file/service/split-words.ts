/**
 * A command written as one string, split as compose splits it (go-shellwords): quotes and backslashes, nothing else of a
 * shell. Where a shell would go on to another command (`;`, `&`, `|`, `<`, `>`), it is over.
 */
import { wrong } from '../compose-error.ts';
import type { FilePlace } from '../compose-error.ts';

/** Blanks; 'single', "double", \escaped; `kept` and $(kept) as they are; where it is over; plain; what is never closed. */
const piece =
  /([ \t\r\n]+)|'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|(`[^`]*`|\$\([^)]*\))|([;&|<>])|([^ \t\r\n'"\\`;&|<>()$]+|\$(?!\())|([^])/gy;

export function splitWords(written: string, at: FilePlace): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (const [, blank, single, double, escaped, kept, over, plain, stray] of written.matchAll(piece)) {
    if (stray !== undefined) throw wrong(at, `invalid command line string: the ${stray} in it is never closed`);
    if (over !== undefined) {
      // the number of a stream stands before its >
      if (over === '>' && /^\d/.test(word ?? '')) word = undefined;
      break;
    }
    if (blank === undefined)
      word =
        (word ?? '') +
        (single ??
          double?.replace(/\\([^])/g, (_, letter: string) => meant(letter)) ??
          kept ??
          plain ??
          meant(escaped));
    else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  return word === undefined ? words : [...words, word];
}

function meant(escaped = ''): string {
  return { n: '\n', t: '\t' }[escaped] ?? escaped;
}

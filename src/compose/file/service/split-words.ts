/** A command written as one string, split as compose splits it: quotes and backslashes, nothing else of a shell. */
import { wrong } from '../compose-error.ts';
import type { FilePlace } from '../compose-error.ts';

export function splitWords(written: string, at: FilePlace): readonly string[] {
  const words: string[] = [];
  const piece = /(\s+)|'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|([^\s'"\\]+)|([^])/gy;
  let word: string | undefined;
  for (const [, blank, single, double, escaped, plain, stray] of written.matchAll(piece)) {
    if (stray !== undefined)
      throw wrong(at, stray === '\\' ? 'the command ends in a backslash' : `a ${stray} in the command is never closed`);
    if (blank === undefined)
      word = (word ?? '') + (single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? plain ?? '');
    else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  return word === undefined ? words : [...words, word];
}

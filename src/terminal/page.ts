/** Lines on a page: blocks with one blank line between them, whatever came before. */
import { asciiSigns } from './clean-text.ts';
import type { Sink } from './sink.ts';

export interface Page {
  /** After a blank line, unless it is the first. An empty block is nothing. */
  block(lines: readonly string[]): void;
  /** Directly after what was written last. */
  more(lines: readonly string[]): void;
}

export function pageOn(sink: Sink, unicode: boolean): Page {
  let begun = false;
  const write = (lines: readonly string[]): void => {
    const text = lines.map((line) => `${line.trimEnd()}\n`).join('');
    // One write a block: a spinner on the same terminal steps aside once.
    sink.write(unicode ? text : asciiSigns(text));
    begun = true;
  };
  return {
    block(lines) {
      if (lines.length > 0) write(begun ? ['', ...lines] : lines);
    },
    more(lines) {
      if (lines.length > 0) write(lines);
    },
  };
}

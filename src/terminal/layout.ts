/** Lines that fit. Text may carry our own colours; a colour that spans lines goes on by itself on a terminal. */
import { pad, signWidth, width } from './width.ts';

/** Two ends of one line; the second on a line of its own where they do not fit side by side. */
export function ends(left: string, right: string, columns: number): string[] {
  if (right === '') return fold(left, columns);
  const room = columns - width(left) - width(right);
  return room >= 2
    ? [left + ' '.repeat(room) + right]
    : [...fold(left, columns), ' '.repeat(Math.max(0, columns - width(right))) + right];
}

/** A label column and folded text beside it. */
export function labelled(
  label: string,
  text: string,
  at: { indent: number; label: number; columns: number },
): string[] {
  const lead = ' '.repeat(at.indent) + pad(label, at.label);
  return fold(text, at.columns, at.indent + at.label).map((line, i) => (i === 0 ? lead + line.trimStart() : line));
}

/**
 * Folds at blanks, and inside a word only where the word alone is too long. Every line starts with `indent` blanks,
 * all but the first with `hang` more. A newline in the text begins a new line.
 */
export function fold(text: string, columns: number, indent = 0, hang = 0): string[] {
  return text.split('\n').flatMap((line) => {
    // Blanks at the start of a line are its own indentation, as in an excerpt of a file.
    const own = Math.min(line.length - line.trimStart().length, 12);
    return foldLine(line.trimStart(), columns, indent + own, hang);
  });
}

/** What is to be copied is not broken: it begins further to the left where it has no room, and a terminal breaks the rest. */
export function copied(text: string, columns: number, indent: number): string[] {
  // a sentence is read, and of more than two rows nothing is copied
  if (/^\p{Lu}/u.test(text) || width(text) > 2 * columns) return fold(text, columns, indent, 2);
  return [' '.repeat(width(text) <= columns - indent ? indent : Math.min(indent, 3)) + text];
}

function foldLine(line: string, columns: number, indent: number, hang: number): string[] {
  const lines: string[] = [];
  const room = (): number => Math.max(8, columns - indent - (lines.length > 0 ? hang : 0));
  const push = (content: string): void => {
    lines.push(content === '' ? '' : ' '.repeat(indent + (lines.length > 0 ? hang : 0)) + content);
  };
  let current = '';
  let used = 0;
  for (const word of line.split(' ')) {
    const wide = width(word);
    const joined = current === '' ? wide : used + 1 + wide;
    if (joined <= room()) {
      current = current === '' ? word : `${current} ${word}`;
      used = joined;
      continue;
    }
    if (current !== '') push(current);
    current = word;
    used = wide;
    while (used > room()) {
      const [head, tail] = splitWord(current, room());
      push(head);
      current = tail;
      used = width(tail);
    }
  }
  push(current);
  return lines;
}

/** How many rows these lines take on the screen. */
export function rowsOf(lines: readonly string[], columns: number): number {
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(width(line) / columns)), 0);
}

/** Breaks every `columns` columns, blanks kept: for drawings. */
export function chop(line: string, columns: number): string[] {
  const pieces: string[] = [];
  let rest = line;
  while (width(rest) > columns) {
    const [head, tail] = splitAt(rest, columns);
    pieces.push(head);
    rest = tail;
  }
  return [...pieces, rest];
}

/** A long word is broken after one of these, where there is one: a path, an address, the name of an image. */
const breaks = /[/:.,=&?|_-](?=[^/:.,=&?|_-]*$)/;

export function splitWord(word: string, columns: number): [string, string] {
  const [head, tail] = splitAt(word, columns);
  const at = breaks.exec(head)?.index ?? 0;
  return at < head.length / 2 ? [head, tail] : [head.slice(0, at + 1), head.slice(at + 1) + tail];
}

// eslint-disable-next-line no-control-regex
const styleOrSign = /\u001b\[[0-9;]*m|[\s\S]/gu;

/** At least one sign goes to the head, so that a loop over it ends. */
export function splitAt(text: string, columns: number): [string, string] {
  let used = 0;
  let end = 0;
  for (const [piece] of text.matchAll(styleOrSign)) {
    const wide = piece.length > 2 ? 0 : signWidth(piece);
    if (used + wide > columns && used > 0) break;
    used += wide;
    end += piece.length;
  }
  return [text.slice(0, end), text.slice(end)];
}

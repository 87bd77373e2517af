/** What a program prints, on a screen that is narrower: a table is broken between its columns, other lines between words. Pure. */
import { splitAt, splitWord } from './layout.ts';
import { width } from './width.ts';

/** Takes the lines of one output in turn: what follows the titles of a table is broken where they are. */
export type Breaker = (line: string) => readonly string[];

export function lineBreaker(columns: number): Breaker {
  let table: TableShape | undefined;
  return (line) => {
    if (titles.test(line)) table = shapeOf(line, columns);
    else if (table && !isRowOf(line, table)) table = undefined;
    return table ? inPieces(line, table).flatMap((piece) => brokenLine(piece, columns)) : brokenLine(line, columns);
  };
}

/** At its last blank that fits. What is left stands below, further in; a word is broken only where it alone is too long. */
export function brokenLine(line: string, columns: number): readonly string[] {
  const own = line.length - line.trimStart().length;
  const hang = ' '.repeat(Math.min(own + further, Math.floor(columns / 3)));
  const pieces: string[] = [];
  let rest = line;
  while (width(rest) > columns) {
    const [head, tail] = betweenWords(rest, columns);
    pieces.push(head.trimEnd());
    rest = hang + tail.trimStart();
  }
  return [...pieces, rest];
}

const further = 2;

function betweenWords(line: string, columns: number): readonly [string, string] {
  const [head, tail] = splitAt(line, columns);
  if (tail.startsWith(' ')) return [head, tail];
  const blank = head.lastIndexOf(' ');
  const isEarly = head.slice(0, blank + 1).trim() === '' || blank < columns / 3;
  return isEarly ? splitWord(line, columns) : [head.slice(0, blank), line.slice(blank)];
}

interface TableShape {
  /** Where its columns begin, the first left out. */
  readonly starts: readonly number[];
  /** At which of them a row is broken. */
  readonly cuts: readonly number[];
}

/** Of capitals, with gaps: as docker, ps and others have them. */
const titles = /^(?=.*\S {2,}\S)[A-Z][A-Z0-9 %/().#_-]*$/;

/** As many columns side by side as there is room for. */
function shapeOf(line: string, columns: number): TableShape {
  const starts = [...line.matchAll(/(?<= {2})\S/g)].map(({ index }) => index);
  // docker leaves three blanks behind the widest of a column, others fewer
  const gap = Math.min(3, ...[...line.matchAll(/ {2,}(?=\S)/g)].map(([blanks]) => blanks.length));
  const cuts: number[] = [];
  let from = 0;
  for (const [i, start] of starts.entries()) {
    const next = starts[i + 1];
    const end = next === undefined ? line.trimEnd().length : next - gap;
    if (end - from <= columns - (from > 0 ? further : 0)) continue;
    cuts.push(start);
    from = start;
  }
  return { starts, cuts };
}

function isRowOf(line: string, { starts }: TableShape): boolean {
  return starts.every((start) => start >= line.length || line[start - 1] === ' ');
}

function inPieces(line: string, { cuts }: TableShape): readonly string[] {
  const ends = [...cuts, line.length];
  const [first = '', ...below] = [0, ...cuts].map((from, i) => line.slice(from, ends[i]).trimEnd());
  return [first, ...below.filter((piece) => piece !== '').map((piece) => ' '.repeat(further) + piece)];
}

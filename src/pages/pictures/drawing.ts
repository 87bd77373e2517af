/** A drawing in box signs and arrows as SVG: lines where its lines are, words where its words are. Pure. */
import { markup, type Markup } from '../../report/verdict/markup.ts';
import { cleanLine } from '../../terminal/clean-text.ts';
import { width } from '../../terminal/width.ts';

/** From the middle of a sign: left, right, up, down. */
const ways: Readonly<Record<string, string>> = {
  '─': 'lr',
  '│': 'ud',
  '┌': 'rd',
  '┐': 'ld',
  '└': 'ru',
  '┘': 'lu',
  '├': 'rud',
  '┤': 'lud',
  '┬': 'lrd',
  '┴': 'lru',
  '┼': 'lrud',
  '▶': 'l',
  '◀': 'r',
  '▲': 'd',
  '▼': 'u',
};

const heads: Readonly<Record<string, string>> = {
  '▶': 'M-3-4.5 5 0-3 4.5Z',
  '◀': 'M3-4.5-5 0 3 4.5Z',
  '▲': 'M-4.5 3 0-5 4.5 3Z',
  '▼': 'M-4.5-3 0 5 4.5-3Z',
};

/** Of a sign. */
const column = 9;
const row = 20;

export function isDrawing(lines: readonly string[]): boolean {
  return lines.some((line) => [...line].some((sign) => Object.hasOwn(ways, sign)));
}

/** @param name what it shows, in a few words */
export function drawingOf(lines: readonly string[], name: string): Markup {
  const shown = withoutMargin(lines.map((line) => line.replace(/\t/g, '    ').trimEnd()));
  const columns = Math.max(1, ...shown.map(width));
  const [wide, high] = [columns * column, shown.length * row];
  const read = shown.map(readRow);
  return markup`<svg class="drawing" viewBox="-4 0 ${wide + 8} ${high}" width="${wide + 8}" height="${high}" role="img">
<title>${cleanLine(name)}</title>
<desc>${inWords(shown)}</desc>
<path class="line" d="${linesIn(read)}"/>
${read.flatMap(({ signs }, y) => signs.flatMap(({ sign, at }) => headOf(sign, at, y)))}${read.flatMap(({ words }, y) => words.map((word) => wordOf(word, y)))}</svg>`;
}

function withoutMargin(lines: readonly string[]): readonly string[] {
  const filled = lines.filter((line) => line !== '');
  const margin = Math.min(...filled.map((line) => line.length - line.trimStart().length), 80);
  return lines.map((line) => line.slice(margin));
}

interface Row {
  readonly signs: readonly { readonly sign: string; readonly at: number }[];
  readonly words: readonly { readonly text: string; readonly at: number }[];
}

/** Words with one blank between them are one text. */
function readRow(line: string): Row {
  const signs: { sign: string; at: number }[] = [];
  const words: { text: string; at: number }[] = [];
  let at = 0;
  let open: { text: string; at: number } | undefined;
  const close = (): void => {
    if (open) words.push({ ...open, text: open.text.trimEnd() });
    open = undefined;
  };
  for (const sign of line) {
    if (Object.hasOwn(ways, sign)) {
      close();
      signs.push({ sign, at });
    } else if (sign === ' ' && (open === undefined || open.text.endsWith(' '))) close();
    else open = { text: (open?.text ?? '') + sign, at: open?.at ?? at };
    at += width(sign);
  }
  close();
  return { signs, words };
}

/** One stroke for signs that stand beside or above each other. */
function linesIn(rows: readonly Row[]): string {
  const [across, down] = [new Map<number, [number, number][]>(), new Map<number, [number, number][]>()];
  const add = (to: typeof across, key: number, from: number, end: number): void => {
    const pieces = to.get(key) ?? [];
    to.set(key, pieces);
    const last = pieces.at(-1);
    if (last && last[1] >= from) last[1] = Math.max(last[1], end);
    else pieces.push([from, end]);
  };
  for (const [y, { signs }] of rows.entries())
    for (const { sign, at } of signs) {
      const [x, middle] = [at * column + column / 2, y * row + row / 2];
      const to = ways[sign] ?? '';
      if (to.includes('l')) add(across, middle, at * column, x);
      if (to.includes('r')) add(across, middle, x, (at + 1) * column);
      if (to.includes('u')) add(down, x, y * row, middle);
      if (to.includes('d')) add(down, x, middle, (y + 1) * row);
    }
  return [
    ...[...across].flatMap(([y, pieces]) =>
      pieces.map(([from, end]) => `M${String(from)} ${String(y)}H${String(end)}`),
    ),
    ...[...down].flatMap(([x, pieces]) => pieces.map(([from, end]) => `M${String(x)} ${String(from)}V${String(end)}`)),
  ].join('');
}

function headOf(sign: string, at: number, y: number): readonly Markup[] {
  const head = heads[sign];
  if (head === undefined) return [];
  return [
    markup`<path class="head" transform="translate(${at * column + column / 2} ${y * row + row / 2})" d="${head}"/>\n`,
  ];
}

/** As wide as its signs are on a terminal, whatever the font is. */
function wordOf({ text, at }: Row['words'][number], y: number): Markup {
  return markup`<text x="${at * column}" y="${y * row + 14.5}" textLength="${width(text) * column}" lengthAdjust="spacingAndGlyphs">${text}</text>\n`;
}

/** For who hears it: the words in the order of reading, and where the arrows lead. */
function inWords(lines: readonly string[]): string {
  return lines
    .map((line) =>
      line
        .replace(/[─├└┌┤┐┘┬┴┼]*▶/g, ' → ')
        .replace(/◀[─├└┌┤┐┘┬┴┼]*/g, ' ← ')
        .replace(/[─│┌┐└┘├┤┬┴┼▲▼]+/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((line) => line !== '')
    .join('; ');
}

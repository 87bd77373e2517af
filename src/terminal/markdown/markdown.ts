/**
 * The little Markdown of lessons, folded for a terminal: paragraphs, headings, lists, quotes, tables, fenced code, and
 * inside a line bold, emphasis, code and links. Its own, because a lesson needs no more and a general parser costs start-up.
 */
import { cleanText } from '../clean-text.ts';
import { brokenLine } from '../broken-lines.ts';
import { fold } from '../layout.ts';
import { noPaint, type Paint } from '../paint.ts';
import { tableAt, tableLines, type Table } from './table.ts';
import { width } from '../width.ts';

export interface MarkdownSetting {
  readonly columns: number;
  readonly paint?: Paint;
  /** Blanks before every line. */
  readonly indent?: number;
  readonly bullet?: string;
}

export type Block =
  | { readonly is: 'text' | 'heading' | 'quote'; readonly text: string }
  | { readonly is: 'item'; readonly text: string; readonly depth: number; readonly mark: string }
  | { readonly is: 'code'; readonly lines: readonly string[] }
  | { readonly is: 'table'; readonly rows: Table };

/** Lines without a blank one at either end; none for an empty text. The text is cleaned here. */
export function markdown(source: string, setting: MarkdownSetting): string[] {
  const lines: string[] = [];
  let before: Block['is'] | undefined;
  for (const block of blocks(cleanText(source))) {
    if (before !== undefined && !(before === 'item' && block.is === 'item')) lines.push('');
    lines.push(...render(block, setting));
    before = block.is;
  }
  return lines;
}

const fence = /^\s*(`{3,}|~{3,})/;
const item = /^(\s*)([-*+]|\d{1,3}[.)])\s+(.*)$/;

/** The text is clean. */
export function blocks(source: string): Block[] {
  const found: Block[] = [];
  const lines = source.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const fenced = fence.exec(line)?.[1];
    const table = tableAt(lines, i);
    if (table) {
      found.push({ is: 'table', rows: table.rows });
      i += table.lines - 1;
    } else if (fenced !== undefined) {
      const end = lines.findIndex((other, at) => at > i && other.trim().startsWith(fenced));
      const close = end < 0 ? lines.length : end;
      found.push({ is: 'code', lines: lines.slice(i + 1, close) });
      i = close;
    } else if (line.trim() !== '') {
      const starts =
        /^\s*(#|>)/.test(line) ||
        item.test(line) ||
        i === 0 ||
        (lines[i - 1] ?? '').trim() === '' ||
        isClosed(found.at(-1));
      if (starts) found.push(begin(line));
      else continueLast(found, line);
    }
  }
  return found;
}

function begin(line: string): Block {
  const listed = item.exec(line);
  if (listed) {
    const mark = listed[2] ?? '-';
    return { is: 'item', depth: Math.floor((listed[1] ?? '').length / 2), mark, text: listed[3] ?? '' };
  }
  const text = line.trim();
  const heading = /^#{1,6}\s+(.*)$/.exec(text);
  if (heading) return { is: 'heading', text: heading[1] ?? '' };
  if (text.startsWith('>')) return { is: 'quote', text: text.slice(1).trim() };
  return { is: 'text', text };
}

/** Nothing is added to these. */
function isClosed(block: Block | undefined): block is Extract<Block, { is: 'code' | 'table' }> {
  return block?.is === 'code' || block?.is === 'table';
}

/** A line without a blank one before it belongs to what went before, except after a heading. */
function continueLast(found: Block[], line: string): void {
  const last = found.at(-1);
  if (last === undefined || isClosed(last) || last.is === 'heading') found.push(begin(line));
  else found[found.length - 1] = { ...last, text: `${last.text} ${line.trim()}` };
}

function render(block: Block, setting: MarkdownSetting): string[] {
  const { columns, paint = noPaint, indent = 0, bullet = '•' } = setting;
  switch (block.is) {
    case 'code':
      return codeLines(block.lines, Math.max(8, columns - indent - 2), paint).map((line) =>
        line === '' ? '' : ' '.repeat(indent + 2) + line,
      );
    case 'item': {
      const mark = /\d/.test(block.mark) ? block.mark : bullet;
      const folded = fold(inline(block.text, paint), columns, indent + block.depth * 2 + mark.length + 1);
      const lead = ' '.repeat(indent + block.depth * 2) + mark + ' ';
      return folded.map((line, i) => (i === 0 ? lead + line.trimStart() : line));
    }
    case 'table':
      return tableLines(block.rows, {
        columns,
        indent,
        shown: (cell) => inline(cell, paint),
        uncoloured: (cell) => inline(cell, noPaint),
        title: (cell) => paint.bold(inline(cell, noPaint)),
      });
    case 'heading':
      return fold(paint.bold(inline(block.text, noPaint)), columns, indent);
    case 'quote':
      return fold(inline(block.text, paint), columns, indent + 2);
    case 'text':
      return fold(inline(block.text, paint), columns, indent);
  }
}

/** What a drawing is made of: cut in pieces it is none. */
const drawn = /[─│┌┐└┘├┤┬┴┼▶◀▲▼]/;

function codeLines(lines: readonly string[], room: number, paint: Paint): string[] {
  const whole = lines.map((line) => line.replace(/\t/g, '    '));
  const widest = Math.max(0, ...whole.map((line) => width(line)));
  if (widest > room && whole.some((line) => drawn.test(line)))
    return fold(paint.dim(`(A picture is left out here: it is ${String(widest - room)} columns too wide.)`), room);
  return whole.flatMap((line) => brokenLine(line, room)).map((line) => (line === '' ? '' : paint.code(line)));
}

const marks =
  /(`+)(.+?)\1|\*\*(.+?)\*\*|(?<![\w*])[*_](?![\s*_])([^*_]+?)(?<!\s)[*_](?![\w*])|\[([^\]]+)\]\(([^)\s]+)\)|\\([\\`*_[\]()#+.!>-])/g;

/** A piece of a line. Of bold text the pieces are in it. */
export type Span =
  | { readonly is: 'text' | 'code' | 'bold' | 'emphasis'; readonly text: string }
  | { readonly is: 'link'; readonly text: string; readonly target: string };

export function spansOf(text: string): readonly Span[] {
  const found: Span[] = [];
  let end = 0;
  const plain = (piece: string): void => void (piece !== '' && found.push({ is: 'text', text: piece }));
  for (const match of text.matchAll(marks)) {
    const [whole, , code, bold, emphasis, label, target, escaped] = match;
    plain(text.slice(end, match.index));
    end = match.index + whole.length;
    if (code !== undefined) found.push({ is: 'code', text: code.trim() });
    else if (bold !== undefined) found.push({ is: 'bold', text: bold });
    else if (emphasis !== undefined) found.push({ is: 'emphasis', text: emphasis });
    else if (label !== undefined && target !== undefined) found.push({ is: 'link', text: label, target });
    else plain(escaped ?? whole);
  }
  plain(text.slice(end));
  return found;
}

/** Code keeps its backticks where there is no colour to mark it. */
export function inline(text: string, paint: Paint): string {
  return spansOf(text)
    .map((span) => inSigns(span, paint))
    .join('');
}

function inSigns(span: Span, paint: Paint): string {
  switch (span.is) {
    case 'code':
      return paint.colour ? paint.code(span.text) : `\`${span.text}\``;
    case 'bold':
      return paint.bold(inline(span.text, paint));
    case 'link': {
      const { text, target } = span;
      return /^https?:/.test(target) && target !== text ? `${text} (${target})` : text;
    }
    case 'emphasis':
    case 'text':
      return span.text;
  }
}

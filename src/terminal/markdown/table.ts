/**
 * Markdown tables for a terminal: columns side by side, cells folded where the line is too short for them; where even
 * that leaves too little room, row by row, each cell behind the title of its column.
 */
import { pad, width } from '../width.ts';
import { fold } from '../layout.ts';

/** The first row has the titles. */
export type Table = readonly (readonly string[])[];

export interface TableSetting {
  readonly columns: number;
  readonly indent: number;
  /** A cell as it is shown. Given twice: with colour, and without for cells that are folded, whose colour would run into the next column. */
  readonly shown: (cell: string) => string;
  readonly uncoloured: (cell: string) => string;
  readonly title: (cell: string) => string;
}

const gap = 2;
const leastWidth = 10;

/** @returns the table that begins with line `from`, and how many lines it takes; undefined: no table begins there */
export function tableAt(
  lines: readonly string[],
  from: number,
): { readonly rows: Table; readonly lines: number } | undefined {
  if (!isRow(lines[from]) || !/^\s*\|(\s*:?-+:?\s*\|)+\s*$/.test(lines[from + 1] ?? '')) return undefined;
  let end = from + 2;
  while (isRow(lines[end])) end++;
  const rows = [lines[from] ?? '', ...lines.slice(from + 2, end)].map(cellsOf);
  const most = rows[0]?.length ?? 0;
  return { rows: rows.map((row) => Array.from({ length: most }, (_, i) => row[i] ?? '')), lines: end - from };
}

function isRow(line: string | undefined): boolean {
  return /^\s*\|.*\|\s*$/.test(line ?? '');
}

function cellsOf(line: string): readonly string[] {
  const inner = line.trim().slice(1, -1);
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

export function tableLines(table: Table, setting: TableSetting): string[] {
  const [titles = [], ...rows] = table;
  const natural = titles.map((_, i) => Math.max(...table.map((row) => width(setting.uncoloured(row[i] ?? '')))));
  const widths = fitted(natural, setting.columns - setting.indent - gap * (titles.length - 1));
  if (!widths) return rows.flatMap((row, i) => [...(i > 0 ? [''] : []), ...stacked(titles, row, setting)]);
  const head = titles.some((title) => title !== '') ? sideBySide(titles, widths, setting, setting.title) : [];
  return [...head, ...rows.flatMap((row) => sideBySide(row, widths, setting, setting.shown))];
}

/** The widest columns give way first. Undefined where that would leave one with hardly any room. */
function fitted(natural: readonly number[], room: number): readonly number[] | undefined {
  const total = (limit: number): number => natural.reduce((sum, one) => sum + Math.min(one, limit), 0);
  let limit = Math.max(...natural);
  while (total(limit) > room) {
    limit--;
    if (limit < leastWidth) return undefined;
  }
  return natural.map((one) => Math.min(one, limit));
}

function sideBySide(
  row: readonly string[],
  widths: readonly number[],
  { indent, uncoloured }: TableSetting,
  shown: (cell: string) => string,
): string[] {
  const cells = row.map((cell, i) => {
    const room = widths[i] ?? 0;
    return width(uncoloured(cell)) <= room ? [shown(cell)] : fold(uncoloured(cell), room);
  });
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, at) => {
    const parts = cells.map((lines, i) => pad(lines[at] ?? '', widths[i] ?? 0));
    return ' '.repeat(indent) + parts.join(' '.repeat(gap)).trimEnd();
  });
}

function stacked(
  titles: readonly string[],
  row: readonly string[],
  { columns, indent, shown, title }: TableSetting,
): string[] {
  return row.flatMap((cell, i) => {
    const name = titles[i] ?? '';
    const lead = name === '' ? '' : `${title(name)}: `;
    return cell === '' ? [] : fold(lead + shown(cell), columns, indent + (i > 0 ? 2 : 0));
  });
}

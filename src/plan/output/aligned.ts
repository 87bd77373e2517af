/** Text with tabs in aligned columns, as Go's text/tabwriter does it for the docker CLI. */
const usual = { minimum: 10, padding: 3 };

/**
 * A column is as wide as the widest of its neighbours above and below; text after a line's last tab is in none.
 * @param room least width of a column, and the blanks after its widest cell
 */
export function aligned(text: string, room: { readonly minimum: number; readonly padding?: number } = usual): string {
  const lines = text.split('\n').map((line) => line.split('\t'));
  const done: string[] = [];
  formatLines(lines, { from: 0, to: lines.length, ...usual, ...room }, [], done);
  return done.join('\n');
}

interface Block {
  readonly from: number;
  readonly to: number;
  readonly minimum: number;
  readonly padding: number;
}

function formatLines(
  lines: readonly string[][],
  { from, to, minimum, padding }: Block,
  widths: readonly number[],
  done: string[],
): void {
  const column = widths.length;
  const hasColumn = (at: number): boolean => column < (lines[at]?.length ?? 0) - 1;
  let written = from;
  for (let at = from; at < to; at += 1) {
    if (!hasColumn(at)) continue;
    writeLines(lines.slice(written, at), widths, done);
    const first = at;
    let width = minimum;
    for (; at < to && hasColumn(at); at += 1) width = Math.max(width, lengthOf(lines[at]?.[column] ?? '') + padding);
    formatLines(lines, { from: first, to: at, minimum, padding }, [...widths, width], done);
    written = at;
  }
  writeLines(lines.slice(written, to), widths, done);
}

function writeLines(lines: readonly (readonly string[])[], widths: readonly number[], done: string[]): void {
  for (const cells of lines)
    done.push(
      cells.map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - lengthOf(cell)))).join(''),
    );
}

function lengthOf(cell: string): number {
  return [...cell].length;
}

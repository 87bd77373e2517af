/** Tables as the docker CLI prints them: columns at least 10 wide, 3 spaces between, the last one unpadded. */
const minimum = 10;
const gap = 3;

/** @param rows header first; every row has the same number of cells. Ends with a newline. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(minimum, ...rows.map((row) => [...(row[column] ?? '')].length + gap)),
  );
  return rows
    .map((row) =>
      row.map((cell, column) => (column === row.length - 1 ? cell : pad(cell, widths[column] ?? 0))).join(''),
    )
    .map((line) => `${line}\n`)
    .join('');
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - [...cell].length));
}

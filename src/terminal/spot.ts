/** A line of text with one spot underlined. */
import { width } from './width.ts';
import { cleanOutputLine } from './clean-text.ts';
import type { Paint } from './paint.ts';

/**
 * The line that holds the spot, and under it marks from `start` to `end` (UTF-16 offsets, half open; at least one
 * mark). A line that is too long is cut on both sides, around the spot.
 */
export function spotLines(
  text: string,
  spot: { readonly start: number; readonly end: number },
  columns: number,
  paint: Paint,
): string[] {
  const from = text.lastIndexOf('\n', Math.max(0, spot.start - 1)) + 1;
  const newline = text.indexOf('\n', spot.start);
  const line = text.slice(from, newline < 0 ? text.length : newline);
  const start = Math.max(0, Math.min(spot.start - from, line.length));
  const end = Math.max(start, Math.min(spot.end - from, line.length));
  const before = printable(line.slice(0, start));
  const marked = printable(line.slice(start, end));
  const after = printable(line.slice(end));
  const room = Math.max(20, columns);
  const shownMarked = [...marked].slice(0, room - 6).join('');
  const shownBefore = fitEnd(before, Math.max(3, room - width(shownMarked) - 12));
  const shownAfter = fitStart(after, Math.max(0, room - width(shownBefore) - width(shownMarked)));
  return [
    shownBefore + paint.bold(shownMarked) + shownAfter,
    ' '.repeat(width(shownBefore)) + paint.bad('^'.repeat(Math.max(1, width(shownMarked)))),
  ];
}

/** Signs stay one for one where they can: a tab counts as one blank. */
function printable(piece: string): string {
  return cleanOutputLine(piece.replace(/\t/g, ' '));
}

function fitEnd(text: string, columns: number): string {
  return width(text) <= columns ? text : `…${[...text].slice(-(columns - 1)).join('')}`;
}

function fitStart(text: string, columns: number): string {
  return width(text) <= columns ? text : `${[...text].slice(0, Math.max(0, columns - 1)).join('')}…`;
}

/**
 * How many columns a text takes on a terminal. Pure. Small on purpose: the general libraries cost 25 ms at start
 * for emoji sequences that our texts do not have; Unicode's wide blocks and combining marks are enough.
 */

// Our own colours (SGR) take no room; other escape sequences never get this far (clean-text.ts).
// eslint-disable-next-line no-control-regex
const style = /\u001b\[[0-9;]*m/g;
const zeroWidth = /\p{Mn}|\p{Me}|[\u200b-\u200f\u2060\ufeff]/u;

/** First and last code point of blocks that Unicode's EastAsianWidth.txt calls W or F. */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1faff],
  [0x20000, 0x3fffd],
];

export function width(text: string): number {
  if (/^[\u0020-\u007e]*$/.test(text)) return text.length;
  let columns = 0;
  for (const sign of text.replace(style, '')) columns += signWidth(sign);
  return columns;
}

/** Columns of one code point. */
export function signWidth(sign: string): 0 | 1 | 2 {
  const point = sign.codePointAt(0) ?? 0;
  // Latin, and the dashes, quotes and boxes of our own texts: the pattern below takes milliseconds to compile
  if (point < 0x300 || (point >= 0x2010 && point < 0x2060) || (point >= 0x2190 && point < 0x2800)) return 1;
  if (zeroWidth.test(sign)) return 0;
  return wide.some(([first, last]) => point >= first && point <= last) ? 2 : 1;
}

/** Spaces on the right up to `columns`; a text that is longer stays as it is. */
export function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}

/** Cut to `columns`, the last of them an ellipsis, where it is longer. For unstyled text. */
export function cut(text: string, columns: number, ellipsis = '…'): string {
  if (width(text) <= columns) return text;
  let kept = '';
  let used = width(ellipsis);
  for (const sign of text) {
    used += signWidth(sign);
    if (used > columns) break;
    kept += sign;
  }
  return kept + ellipsis;
}

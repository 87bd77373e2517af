/** The means of pictures: lines in two sign sets, boxes, arrows, blocks side by side. Pure. */
import { pad, width } from './width.ts';

export interface PictureStyle {
  /** Box lines and arrows; else ASCII. Default: true. */
  readonly unicode?: boolean;
  /** Room, 40 at least; pictures use 78 of it at most. Default: 80. */
  readonly columns?: number;
}

export interface Pen {
  readonly h: string;
  readonly v: string;
  readonly tl: string;
  readonly tr: string;
  readonly bl: string;
  readonly br: string;
  readonly right: string;
  readonly left: string;
  readonly down: string;
  readonly branch: string;
  readonly last: string;
  readonly ellipsis: string;
}

const lines: Pen = {
  h: '─',
  v: '│',
  tl: '┌',
  tr: '┐',
  bl: '└',
  br: '┘',
  right: '▶',
  left: '◀',
  down: '▼',
  branch: '├─ ',
  last: '└─ ',
  ellipsis: '…',
};
const ascii: Pen = {
  h: '-',
  v: '|',
  tl: '+',
  tr: '+',
  bl: '+',
  br: '+',
  right: '>',
  left: '<',
  down: 'v',
  branch: '|- ',
  last: '`- ',
  ellipsis: '...',
};

export function penFor(style: PictureStyle): Pen {
  return style.unicode === false ? ascii : lines;
}

export function roomFor(style: PictureStyle): number {
  return Math.min(78, Math.max(40, style.columns ?? 80) - 2);
}

export function box(texts: readonly string[], pen: Pen): string[] {
  const inside = Math.max(...texts.map(width));
  return [
    pen.tl + pen.h.repeat(inside + 2) + pen.tr,
    ...texts.map((text) => `${pen.v} ${pad(text, inside)} ${pen.v}`),
    pen.bl + pen.h.repeat(inside + 2) + pen.br,
  ];
}

export function arrow(length: number, pen: Pen, to: 'left' | 'right'): string {
  return to === 'right' ? pen.h.repeat(length - 1) + pen.right : pen.left + pen.h.repeat(length - 1);
}

export function centre(text: string, columns: number): string {
  const left = Math.floor((columns - width(text)) / 2);
  return pad(' '.repeat(Math.max(0, left)) + text, columns);
}

/** Blocks side by side, tops aligned. */
export function beside(blocks: readonly (readonly string[])[]): string[] {
  const height = Math.max(...blocks.map((block) => block.length));
  const widths = blocks.map((block) => Math.max(...block.map(width)));
  return Array.from({ length: height }, (_, row) =>
    blocks
      .map((block, i) => pad(block[row] ?? '', widths[i] ?? 0))
      .join('')
      .trimEnd(),
  );
}

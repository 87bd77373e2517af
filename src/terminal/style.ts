/** What the functions that make lines need to know. */
import { paintFor, signsFor, type Paint, type Signs } from './paint.ts';
import type { Display } from './display.ts';

export interface Style {
  /** Of the window now. */
  readonly columns: number;
  readonly unicode: boolean;
  readonly paint: Paint;
  readonly signs: Signs;
}

/** @param colours false: none, though the display has them */
export async function styleFor(display: Display, colours = true): Promise<Style> {
  const { unicode, colour } = display;
  return {
    get columns() {
      return display.columns;
    },
    unicode,
    paint: await paintFor(colour && colours),
    signs: signsFor(unicode),
  };
}

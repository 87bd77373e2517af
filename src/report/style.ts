/** What the functions that make lines need to know. */
import type { Paint, Signs } from './paint.ts';

export interface Style {
  readonly columns: number;
  readonly unicode: boolean;
  readonly paint: Paint;
  readonly signs: Signs;
}

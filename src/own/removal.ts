/** What a clean has done so far, in the shape of the `cleaned` event. */
import type { Cleaned } from '../run/events.ts';

export interface Removal {
  readonly removed: Cleaned['removed'][number][];
  readonly left: Cleaned['left'][number][];
}

export function newRemoval(): Removal {
  return { removed: [], left: [] };
}

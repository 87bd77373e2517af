/** What a clean has done so far, in the shape of the `cleaned` event. */
import type { Cleaned } from '../../events/events.ts';

export interface Removal {
  readonly removed: Cleaned['removed'][number][];
  readonly left: Cleaned['left'][number][];
}

/** Why something stays that whoever uses it last will remove. */
export const usedElsewhere = 'in use by another run of docker-tutor';

export function newRemoval(): Removal {
  return { removed: [], left: [] };
}

/** What a clean has done so far, in the shape of the `cleaned` event. */
import type { Cleaned } from '../../events/events.ts';

export interface Removal {
  readonly removed: Cleaned['removed'][number][];
  readonly left: Cleaned['left'][number][];
}

/** Why something stays that whoever uses it last will remove. */
export const usedElsewhere = 'in use by another run of docker-tutor';

/** Another run that goes on, or what it uses: its own clean takes it away, and nothing is amiss. */
export function isOfOtherRun({ kind, why }: Removal['left'][number]): boolean {
  return kind === 'run' || why === usedElsewhere;
}

export function newRemoval(): Removal {
  return { removed: [], left: [] };
}

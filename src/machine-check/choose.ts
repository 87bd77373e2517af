/** Which lessons a machine is checked with. Pure. */
import type { CatalogueEntry } from '../scenario/catalogue.ts';

export interface Choice {
  /** Every lesson of the list, where none is named. */
  readonly all?: boolean;
  /** Ids: these of the list alone. */
  readonly only?: readonly string[];
  /** Ids that are left out. */
  readonly skip?: readonly string[];
  /** Lessons that have one of these. */
  readonly tag?: readonly string[];
}

/** Those of a first course are checked where nothing else is said. */
const essentials = 'essentials';

/** @returns ids of shipped lessons, in the order of the list */
export function chosenLessons(
  list: readonly CatalogueEntry[],
  { all, only, skip = [], tag }: Choice,
): readonly string[] {
  const tags = tag ?? (all === true || only ? undefined : [essentials]);
  return list
    .filter((lesson) => tags === undefined || tags.some((one) => lesson.tags.includes(one)))
    .map(({ id }) => id)
    .filter((id) => (only === undefined || only.includes(id)) && !skip.includes(id));
}

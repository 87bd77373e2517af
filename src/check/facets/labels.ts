/** `labels` of anything that bears labels: those that are wanted are there; others may be too. Pure. */
import type { Facet } from './facets.ts';
import { hasAll, pairWords } from './lists.ts';

type Labels = Readonly<Record<string, string>> | null | undefined;

/** @param labelsOf where the engine's answer holds them */
export function labelsFacet<Seen>(
  labelsOf: (seen: Seen) => Labels,
): Facet<Readonly<Record<string, string | number | boolean>>, Seen> {
  return {
    says: (wanted) => `has the label ${pairWords(wanted)}`,
    expects: (wanted) => `labels: ${pairWords(wanted)}`,
    sees: (seen, wanted) =>
      `labels: ${pairWords(Object.fromEntries(Object.entries(labelsOf(seen) ?? {}).filter(([name]) => name in wanted)))}`,
    holds: (seen, wanted) => hasAll(labelsOf(seen) ?? {}, wanted),
  };
}

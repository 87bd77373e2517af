/** The images that lessons need, as they write them, each once. Pure. */
import type { Scenario } from './schema.ts';

export function imagesOf(lessons: readonly { readonly scenario: Pick<Scenario, 'requires'> }[]): readonly string[] {
  return [...new Set(lessons.flatMap(({ scenario }) => scenario.requires.images))];
}

/** The images that lessons need, as they write them, each once. Pure. */
import type { Requires, Scenario } from './schema.ts';

type Lessons = readonly { readonly scenario: Pick<Scenario, 'requires'> }[];

/** What is fetched ahead. */
export function imagesOf(lessons: Lessons): readonly string[] {
  return [...new Set(lessons.flatMap(({ scenario }) => scenario.requires.images))];
}

/** What a registry must have. */
export function imagesUsedBy(lessons: Lessons): readonly string[] {
  return [...new Set(lessons.flatMap(({ scenario }) => imagesUsed(scenario.requires)))];
}

/** Those that its steps pull by themselves, too. */
export function imagesUsed({ images, pulls = [] }: Pick<Requires, 'images' | 'pulls'>): readonly string[] {
  return [...images, ...pulls];
}

/**
 * What DOCKER_TUTOR_TEST_KILLS asks for, parted by commas: the name of a lesson (each of its changing requests), `lesson:20`
 * (so many cuts of it, spread evenly), a number (so many moments or trials), `all` (each lesson, and 200 moments).
 */
import { shippedScenarios } from '../../src/scenario/catalogue.ts';

export interface Wish {
  readonly lessons: readonly { readonly lesson: string; readonly cuts?: number }[];
  readonly count?: number;
}

export const allLessons: readonly string[] = shippedScenarios().map(({ id }) => id);

/** Undefined where nothing is asked for. */
export const wish = wishOf(process.env['DOCKER_TUTOR_TEST_KILLS'] ?? '');

function wishOf(text: string): Wish | undefined {
  if (text === '') return undefined;
  if (text === 'all') return { lessons: allLessons.map((lesson) => ({ lesson })), count: 200 };
  const words = text.split(',');
  const count = words.find((word) => /^\d+$/.test(word));
  const lessons = words.filter((word) => word !== count).map(lessonOf);
  return { lessons, ...(count !== undefined && { count: Number(count) }) };
}

function lessonOf(word: string): Wish['lessons'][number] {
  const [lesson = '', cuts] = word.split(':');
  if (!allLessons.includes(lesson)) throw new Error(`DOCKER_TUTOR_TEST_KILLS: there is no lesson ${lesson}`);
  return { lesson, ...(cuts !== undefined && { cuts: Number(cuts) }) };
}

/** Long tests at a terminal: one of their lessons, drawn by a seed that is printed; all with DOCKER_TUTOR_TEST_TERMINAL=all. */
import { drawFrom, drawn, seed } from '../kills/seed.ts';

/** @param what is done with it, in a word */
export function sample(lessons: readonly string[], what: string): readonly string[] {
  if (process.env['DOCKER_TUTOR_TEST_TERMINAL'] === 'all') return lessons;
  const chosen = drawn(lessons, 1, drawFrom(seed));
  process.stderr.write(`${what}: ${chosen.join(', ')}, DOCKER_TUTOR_TEST_SEED=${String(seed)}\n`);
  return chosen;
}

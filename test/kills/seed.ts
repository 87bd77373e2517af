/** What is left to chance is drawn from a seed, which is printed: the same seed draws the same again. */

/** DOCKER_TUTOR_TEST_SEED, else a new one. */
export const seed = Number(process.env['DOCKER_TUTOR_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** At least 0, below 1. Mulberry32. */
export function drawFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** As many of a list, in the order they were drawn. */
export function drawn<T>(all: readonly T[], count: number, draw: () => number): readonly T[] {
  return all
    .map((one) => [draw(), one] as const)
    .sort(([one], [other]) => one - other)
    .slice(0, count)
    .map(([, one]) => one);
}

/** All of a list, or as many as HOSTILE_SAMPLE says, by a seed that is printed: HOSTILE_SEED takes the same ones again. */
export function sampled<T>(all: readonly T[]): readonly T[] {
  const count = Number(process.env['HOSTILE_SAMPLE'] ?? all.length);
  if (count >= all.length) return all;
  const seed = Number(process.env['HOSTILE_SEED'] ?? Date.now() % 1_000_000);
  process.stderr.write(`${String(count)} of ${String(all.length)} ways, HOSTILE_SEED=${String(seed)}\n`);
  const next = randomFrom(seed);
  return [...all]
    .map((one) => [next(), one] as const)
    .sort(([one], [other]) => one - other)
    .slice(0, count)
    .map(([, one]) => one);
}

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

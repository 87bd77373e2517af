import { drawFrom, drawn } from '../kills/seed.ts';

/** All of a list, or as many as HOSTILE_SAMPLE says, by a seed that is printed: HOSTILE_SEED takes the same ones again. */
export function sampled<T>(all: readonly T[]): readonly T[] {
  const count = Number(process.env['HOSTILE_SAMPLE'] ?? all.length);
  if (count >= all.length) return all;
  const seed = Number(process.env['HOSTILE_SEED'] ?? Date.now() % 1_000_000);
  process.stderr.write(`${String(count)} of ${String(all.length)} ways, HOSTILE_SEED=${String(seed)}\n`);
  return drawn(all, count, drawFrom(seed));
}

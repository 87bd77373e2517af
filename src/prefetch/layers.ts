/**
 * What several images weigh together: an engine fetches a layer once, and none that it has. Pure.
 *
 * A layer is known by all that lies below it, as engines with a graph driver keep it; an engine that keeps layers as they
 * are sent fetches no more than that.
 */

export interface Layer {
  readonly chain: string;
  /** As it is sent. */
  readonly bytes: number;
}

export interface Weight {
  /** Of all its layers as they are sent. */
  readonly bytes: number;
  /** Absent where only the sum is told. */
  readonly layers?: readonly Layer[];
}

/** Names of layers, from the lowest on: each with those below it. */
export function chainsOf(names: readonly string[]): readonly string[] {
  return names.map((_, at) => names.slice(0, at + 1).join(' '));
}

/** Of one image after the other, bytes; of one whose layers nobody tells all of it, and undefined where not even that. */
export function bytesToFetch(
  weights: readonly (Weight | undefined)[],
  held: Iterable<string>,
): readonly (number | undefined)[] {
  const there = new Set(held);
  return weights.map((weight) => {
    if (!weight?.layers) return weight?.bytes;
    const missing = weight.layers.filter(({ chain }) => !there.has(chain));
    for (const { chain } of missing) there.add(chain);
    return missing.reduce((sum, { bytes }) => sum + bytes, 0);
  });
}

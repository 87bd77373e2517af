/** Durations as scenarios and the docker CLI write them. Pure. */
const milliseconds = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** `1m30s` → 90000. Undefined for anything else. */
export function durationMs(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    total += Number(count) * milliseconds[unit as keyof typeof milliseconds];
  }
  return total;
}

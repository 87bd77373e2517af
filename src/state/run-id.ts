/** The name of one run, on labels and journals: sorts by time, and no two are equal. */

/** @param now milliseconds since 1970 @param random at least 0, below 1. It is no secret: node:crypto would take 3 ms to load. */
export function newRunId(now: number, random: () => number = Math.random): string {
  const half = (): string =>
    Math.floor(random() * 0x100000)
      .toString(16)
      .padStart(5, '0');
  return `${Math.floor(now / 1000).toString(36)}-${half()}${half()}`;
}

/** Whether the text may be a run's id: it becomes a file name and a label filter. */
export function isRunId(text: string): boolean {
  return /^[a-z0-9]+-[a-f0-9]{10}$/.test(text);
}

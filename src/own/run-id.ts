/** The name of one run, on labels and journals: sorts by time, and no two are equal. */
import { Buffer } from 'node:buffer';

/** @param now milliseconds since 1970 @param random at least 5 bytes */
export function newRunId(now: number, random: Uint8Array): string {
  return `${Math.floor(now / 1000).toString(36)}-${Buffer.from(random.subarray(0, 5)).toString('hex')}`;
}

/** Whether the text may be a run's id: it becomes a file name and a label filter. */
export function isRunId(text: string): boolean {
  return /^[a-z0-9]+-[a-f0-9]{10}$/.test(text);
}

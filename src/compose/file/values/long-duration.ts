/** Times of a compose file, in nanoseconds: as elsewhere, and in days and weeks too. */
import { readDuration } from '../../../command/values/duration.ts';

const hours: Readonly<Record<string, number>> = { d: 24, w: 7 * 24 };

/** @throws ValueError */
export function readLongDuration(written: string): number {
  const inHours = written.replace(/(\d+(?:\.\d+)?)([dw])/g, (_, number: string, unit: string) => {
    return `${String(Number(number) * (hours[unit] ?? 0))}h`;
  });
  return readDuration(inHours);
}

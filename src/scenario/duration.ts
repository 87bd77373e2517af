/** Times of a scenario: the docker CLI's own form, and not negative. Pure. */
import { parseDuration } from '../duration.ts';

/** `1m30s` → 90000. Undefined for anything else. */
export function durationMs(text: string): number | undefined {
  const read = parseDuration(text);
  return typeof read === 'number' && read >= 0 ? read / 1e6 : undefined;
}

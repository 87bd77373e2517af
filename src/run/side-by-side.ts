/** Work on several things at the same time, as far as they do not exclude each other. */
import type { Once } from './exclusion.ts';

export interface SideBySide<T> {
  /** How many at once, at least 1. */
  readonly jobs: number;
  /** What each takes that is there once. `everything`: it is worked on alone, after the others. */
  takes(item: T): readonly Once[];
  /** Asked before each: whether no more are to be begun. */
  isOver?(): boolean;
}

/**
 * @returns the results of those that were begun, in the order of the items
 * @throws the first failure, once all that were under way have ended; no more are begun after it
 */
export async function sideBySide<T, R>(
  items: readonly T[],
  { jobs, takes, isOver = () => false }: SideBySide<T>,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const isAlone = (item: T): boolean => takes(item).includes('everything');
  const waiting = [...items.filter((item) => !isAlone(item)), ...items.filter(isAlone)];
  const running = new Map<T, Promise<void>>();
  const results = new Map<T, R>();
  const failures: unknown[] = [];
  const fits = (item: T): boolean => {
    if (running.size === 0) return true;
    if (running.size >= jobs || isAlone(item)) return false;
    const taken = new Set([...running.keys()].flatMap(takes));
    return !taken.has('everything') && !takes(item).some((one) => taken.has(one));
  };
  const begin = async (item: T): Promise<void> => {
    try {
      results.set(item, await work(item));
    } catch (error) {
      failures.push(error);
      waiting.length = 0;
    } finally {
      running.delete(item);
    }
  };
  for (;;) {
    if (isOver()) waiting.length = 0;
    const next = waiting.findIndex(fits);
    const [item] = next < 0 ? [] : waiting.splice(next, 1);
    if (item !== undefined) running.set(item, begin(item));
    else if (running.size > 0) await Promise.race(running.values());
    else break;
  }
  if (failures.length > 0) throw failures[0];
  return items.flatMap((item) => (results.has(item) ? [results.get(item) as R] : []));
}

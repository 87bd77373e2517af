import { afterEach, expect, test, vi } from 'vitest';
import { stopwatch } from '../../src/stopwatch.ts';

afterEach(() => vi.restoreAllMocks());

test.each([
  [1000.25, 1000.25, 0],
  [1000.25, 1012.65, 12],
  [1000.25, 2000.9, 1001],
])('from %d to %d it says %d', (from, to, ms) => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(from);
  const elapsed = stopwatch();
  clock.mockReturnValue(to);
  expect(elapsed()).toBe(ms);
});

/** @returns how long ago it was called, in whole milliseconds, by a clock that only goes forward */
export function stopwatch(): () => number {
  const started = performance.now();
  return () => Math.round(performance.now() - started);
}

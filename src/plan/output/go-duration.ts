/** Lengths of time as Go's Duration.String writes them: `1m30s`, `1.5s`, `250ms`, `0s`. @param nanoseconds whole */
export function goDuration(nanoseconds: number): string {
  const total = Math.abs(nanoseconds);
  const sign = nanoseconds < 0 ? '-' : '';
  if (total === 0) return '0s';
  if (total < 1e3) return `${sign}${String(total)}ns`;
  if (total < 1e6) return `${sign}${String(total / 1e3)}µs`;
  if (total < 1e9) return `${sign}${String(total / 1e6)}ms`;
  const hours = Math.floor(total / 3600e9);
  const minutes = Math.floor((total % 3600e9) / 60e9);
  const seconds = `${String((total % 60e9) / 1e9)}s`;
  if (hours > 0) return `${sign}${String(hours)}h${String(minutes)}m${seconds}`;
  return minutes > 0 ? `${sign}${String(minutes)}m${seconds}` : `${sign}${seconds}`;
}

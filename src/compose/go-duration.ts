/** Lengths of time as Go prints them: `30s`, `1m30s`, `1h0m0s`, `1.5s`, `300ms`. */
export function goDuration(nanoseconds: number): string {
  if (nanoseconds === 0) return '0s';
  const sign = nanoseconds < 0 ? '-' : '';
  const total = Math.abs(nanoseconds);
  if (total < 1e3) return `${sign}${String(total)}ns`;
  if (total < 1e6) return `${sign}${String(total / 1e3)}µs`;
  if (total < 1e9) return `${sign}${String(total / 1e6)}ms`;
  const hours = Math.floor(total / 3600e9);
  const minutes = Math.floor((total % 3600e9) / 60e9);
  const seconds = `${String((total % 60e9) / 1e9)}s`;
  if (hours > 0) return `${sign}${String(hours)}h${String(minutes)}m${seconds}`;
  return minutes > 0 ? `${sign}${String(minutes)}m${seconds}` : sign + seconds;
}

/** Counts, durations and sizes in words. Pure. */
import { scaled } from '../size.ts';

/** `1 check`, `2 checks`, `0 checks`; `many` where adding an s is wrong. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${String(n)} ${n === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

/** Milliseconds to `180 ms`, `3.2 s`, `2 min 05 s`. */
export function duration(ms: number): string {
  if (ms < 999.5) return `${String(Math.round(ms))} ms`;
  if (ms < 59_950) return seconds(ms);
  const whole = Math.round(ms / 1000);
  return `${String(Math.floor(whole / 60))} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** Milliseconds to `0.3 s`, for a clock that runs. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes to `12.3 MB`; a kB is 1000 bytes, as docker counts. */
export function size(bytes: number): string {
  const { amount, power } = scaled(bytes, { step: 1000, powers: units.length - 1, limit: 999.5 });
  const digits = power === 0 || amount >= 99.95 ? 0 : 1;
  return `${amount.toFixed(digits)} ${units[power] ?? ''}`;
}

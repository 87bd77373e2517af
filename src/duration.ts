/**
 * Lengths of time as Go reads and writes them (time.ParseDuration, Duration.String), in nanoseconds. A number holds
 * every nanosecond up to 104 days; what is longer becomes the nearest one that it can hold. Pure.
 */

/** `no-unit`: a number alone. `too-long`: more than Go's 64 bits hold, 292 years. */
export type DurationFault = 'no-unit' | 'unreadable' | 'too-long';

const count = String.raw`(?:\d+(?:\.\d*)?|\.\d+)`;
// U+00B5 is the micro sign, U+03BC the Greek letter
const unit = String.raw`(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h)`;
const sum = `(?:0|(?:${count}${unit})+)`;

/** What is read as a time that is not negative, but for `too-long`. A scenario's JSON Schema has it as its pattern. */
export const notNegativeDuration = new RegExp(String.raw`^\+?${sum}$`);

const signed = new RegExp(`^([-+]?)(${sum})$`);
const bare = new RegExp(`^[-+]?${count}$`);
const part = new RegExp(`(${count})(${unit})`, 'g');

const sizes: ReadonlyMap<string, number> = new Map([
  ['ns', 1],
  ['us', 1e3],
  ['\u00b5s', 1e3],
  ['\u03bcs', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
  ['m', 60e9],
  ['h', 3600e9],
]);

const most = 2n ** 63n - 1n;

/** `1h2m3.5s`, `.5s`, `100us`, `-1s`, `0` → nanoseconds. */
export function parseDuration(text: string): number | DurationFault {
  const [, sign, written] = signed.exec(text) ?? [];
  if (written === undefined) return bare.test(text) ? 'no-unit' : 'unreadable';
  const parts = [...written.matchAll(part)].map(([, amount = '', name = '']) =>
    nanoseconds(amount, sizes.get(name) ?? 0),
  );
  const total = parts.reduce((sum, one) => sum + one, 0n);
  if (sign === '-') return total > most + 1n ? 'too-long' : Number(-total);
  return total > most ? 'too-long' : Number(total);
}

/** The fraction is cut, not rounded, and reckoned in floating point, as Go does; more than 18 digits of it change nothing. */
function nanoseconds(amount: string, size: number): bigint {
  const [whole = '', fraction = ''] = amount.split('.');
  const digits = fraction.slice(0, 18);
  return (
    BigInt(whole) * BigInt(size) + BigInt(Math.trunc(Number(digits) * (size / Number(`1e${String(digits.length)}`))))
  );
}

/** `1m30s`, `1.5s`, `250ms`, `0s`. @param nanoseconds whole */
export function formatDuration(nanoseconds: number): string {
  const total = Math.abs(nanoseconds);
  return nanoseconds < 0 ? `-${positive(total)}` : positive(total);
}

function positive(total: number): string {
  if (total === 0) return '0s';
  if (total < 1e3) return `${String(total)}ns`;
  if (total < 1e6) return `${decimal(total, 1e3)}µs`;
  if (total < 1e9) return `${decimal(total, 1e6)}ms`;
  const minutes = Math.floor(total / 60e9);
  const seconds = `${decimal(total % 60e9, 1e9)}s`;
  if (minutes >= 60) return `${String(Math.floor(minutes / 60))}h${String(minutes % 60)}m${seconds}`;
  return minutes > 0 ? `${String(minutes)}m${seconds}` : seconds;
}

/** `1.5`, `0.000000001`: without an exponent, however small the fraction. */
function decimal(value: number, size: number): string {
  const fraction = String(size + (value % size))
    .slice(1)
    .replace(/0+$/, '');
  return `${String(Math.floor(value / size))}${fraction === '' ? '' : '.'}${fraction}`;
}

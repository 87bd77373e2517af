/** Sizes as docker reads and writes them (docker/go-units, size.go), in bytes. Pure. */

const prefixes = 'kmgtp';

/** What is read as a size, but for one that is too large. A scenario's JSON Schema has it as its pattern. */
export const writtenSize = /^(\+?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?) ?(?:[bB]|([kKmMgGtTpP])(?:[iI]?[bB])?)?$/;

/**
 * `512m`, `1.5g`, `64MiB`, `10 kB`, in any case. Go's numbers in base 16 and with `_` are refused.
 * @param step 1024 for memory (RAMInBytes), 1000 for what lies on disks (FromHumanSize); the `i` of `MiB` says nothing
 * @returns undefined for what is no size, or more than 64 bits hold
 */
export function parseSize(text: string, step: 1000 | 1024): number | undefined {
  const [, amount, prefix = ''] = writtenSize.exec(text) ?? [];
  if (amount === undefined) return undefined;
  const size = Math.floor(Number(amount) * step ** (prefixes.indexOf(prefix.toLowerCase() || ' ') + 1));
  return size < 2 ** 63 ? size : undefined;
}

/** Divides by `step` until less than `limit` is left, or `powers` are used up. */
export function scaled(
  bytes: number,
  { step, powers, limit = step }: { readonly step: 1000 | 1024; readonly powers: number; readonly limit?: number },
): { readonly amount: number; readonly power: number } {
  let [amount, power] = [bytes, 0];
  for (; amount >= limit && power < powers; power += 1) amount /= step;
  return { amount, power };
}

const decimalUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];
const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB'];

/** As HumanSize writes it: `4.43MB`, `762kB`. @param digits significant ones */
export function humanSize(bytes: number, digits = 4): string {
  return general(bytes, { step: 1000, units: decimalUnits, digits });
}

/** As BytesSize writes it: `7.656MiB`. */
export function binarySize(bytes: number): string {
  return general(bytes, { step: 1024, units: binaryUnits, digits: 4 });
}

interface Writing {
  readonly step: 1000 | 1024;
  readonly units: readonly string[];
  readonly digits: number;
}

function general(bytes: number, { step, units, digits }: Writing): string {
  const { amount, power } = scaled(bytes, { step, powers: units.length - 1 });
  return `${goGeneral(amount, digits)}${units[power] ?? ''}`;
}

/** Go's %.Ng: N significant digits, trailing zeros dropped, an exponent where they do not suffice (`1e+03`). */
function goGeneral(value: number, digits: number): string {
  const exact = value.toPrecision(digits);
  if (!exact.includes('e')) return String(Number(exact));
  const [mantissa = '', exponent = ''] = exact.split('e');
  const sign = exponent.startsWith('-') ? '-' : '+';
  return `${String(Number(mantissa))}e${sign}${exponent.replace(/^[+-]/, '').padStart(2, '0')}`;
}

/** Numbers and sizes of expectations. Pure. */
import type { Amount } from '../../scenario/expectation.ts';
import { parseSize } from '../../size.ts';

export function matchesAmount(actual: number, wanted: Amount): boolean {
  if (typeof wanted === 'number') return actual === wanted;
  const [, sign, digits] = /^(>=|<=|>|<) ?(\d+)$/.exec(wanted) ?? [];
  const bound = Number(digits);
  switch (sign) {
    case '>=':
      return actual >= bound;
    case '<=':
      return actual <= bound;
    case '>':
      return actual > bound;
    case '<':
      return actual < bound;
    default:
      return false;
  }
}

/** `3`, `at least 3`, `fewer than 10` */
export function amountWords(wanted: Amount): string {
  if (typeof wanted === 'number') return String(wanted);
  const words = { '>=': 'at least', '<=': 'at most', '>': 'more than', '<': 'fewer than' };
  return wanted.replace(/^(>=|<=|>|<) ?/, (_, sign: keyof typeof words) => `${words[sign]} `);
}

/** Memory: steps of 1024, as --memory reads it. */
export function memoryBytes(size: string | number): number {
  return bytesOf(size, 1024);
}

/** Image sizes: steps of 1000, as docker images prints them; with an i (`MiB`) of 1024. */
export function imageBytes(size: string | number): number {
  return bytesOf(size, /i/i.test(String(size)) ? 1024 : 1000);
}

/** What the schema lets through is a size; one that is too large is larger than any there is. */
function bytesOf(size: string | number, step: 1000 | 1024): number {
  return typeof size === 'number' ? size : (parseSize(size, step) ?? Number.POSITIVE_INFINITY);
}

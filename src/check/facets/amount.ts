/** Numbers and sizes of expectations. Pure. */
import { readBytes } from '../../command/values/bytes.ts';
import type { Amount } from '../../scenario/expectation.ts';

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
  return typeof size === 'number' ? size : readBytes(size);
}

/** Image sizes: steps of 1000, as docker images prints them; with an i (`MiB`) of 1024. */
export function imageBytes(size: string | number): number {
  if (typeof size === 'number') return size;
  const [, digits = '', prefix = '', binary] = /^(\d+(?:\.\d+)?) ?([kmgt]?)(i?)b?$/i.exec(size) ?? [];
  return Number(digits) * (binary ? 1024 : 1000) ** ' kmgt'.indexOf(prefix.toLowerCase() || ' ');
}

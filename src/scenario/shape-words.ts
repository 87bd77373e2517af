/** The sentences for what is wrong in the shape of a scenario file. Pure. */
import { didYouMean } from '../did-you-mean.ts';
import type { Path, Problem } from '../yaml/places.ts';

/** @param keys one of them is enough. */
export function missing(keys: readonly PropertyKey[], path: Path): Problem {
  const names = keys.map((key) => `"${String(key)}"`);
  const [only] = names;
  return {
    path,
    message:
      names.length === 1 && only !== undefined
        ? `${only} is missing`
        : `one of these is missing: ${keys.map(String).join(', ')}`,
  };
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys with values',
  record: 'keys with values',
};

/** @param expected type names as zod gives them. */
export function wrongType(expected: readonly string[], value: unknown): string {
  const wanted = [...new Set(expected.map((type) => typeNames[type] ?? type))];
  const quotes =
    expected.includes('string') && (typeof value === 'number' || typeof value === 'boolean')
      ? `; put it in quotes: "${String(value)}"`
      : '';
  return `must be ${list(wanted)}, not ${typeOf(value)}${quotes}`;
}

function typeOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'a number' : String(value);
  return typeNames[typeof value] ?? typeof value;
}

export function notOneOf(values: readonly unknown[], value: unknown): string {
  const known = values.map(String);
  if (known.length === 1) return `must be ${known[0] ?? ''}`;
  const near = typeof value === 'string' ? didYouMean(value, known) : undefined;
  return `must be ${list(known)}${near === undefined ? '' : `; did you mean "${near}"?`}`;
}

export function tooSmall(origin: string, least: number): string {
  if (origin === 'string') return 'must not be empty';
  if (origin === 'array') return least === 1 ? 'needs an entry' : `needs ${String(least)} entries at least`;
  return `must be ${String(least)} or more`;
}

function list(words: readonly string[]): string {
  const [last, ...others] = [...words].reverse();
  return others.length === 0 ? (last ?? '') : `${others.reverse().join(', ')} or ${last ?? ''}`;
}

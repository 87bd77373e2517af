/**
 * How the values of a compose file are read. Each reader takes what people write and gives the one form that
 * `compose config` prints; it takes that form too, and gives it back unchanged. Null counts as not written.
 */
import { ValueError } from '../../command/kinds.ts';
import { didYouMean } from '../../did-you-mean.ts';
import { readBytes } from '../../command/values/bytes.ts';
import { readDuration } from '../../command/values/duration.ts';
import type { Json, JsonObject } from '../../api/request.ts';
import { dotted, inside, wrong } from './compose-error.ts';
import type { FilePlace } from './compose-error.ts';
import { formatDuration } from '../../duration.ts';

export type Reader<T extends Json = Json> = (value: unknown, at: FilePlace) => T | undefined;

/** A word or a number. */
export const text: Reader<string> = (value, at) => {
  if (value === null) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw wrong(at, `${dotted(at.path)} must be a string, and is ${kindOf(value)}`);
};

const truths: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  y: true,
  '1': true,
  false: false,
  no: false,
  off: false,
  n: false,
  '0': false,
};

export const bool: Reader<boolean> = (value, at) => {
  if (value === null) return undefined;
  if (typeof value === 'boolean') return value;
  const known = typeof value === 'string' ? truths[value.toLowerCase()] : undefined;
  if (known !== undefined) return known;
  throw wrong(at, `${dotted(at.path)} must be true or false, and is ${kindOf(value)}`);
};

export const decimal: Reader<number> = (value, at) => {
  if (value === null) return undefined;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw wrong(at, `${dotted(at.path)} must be a number, and is ${kindOf(value)}`);
};

export const whole: Reader<number> = (value, at) => {
  const number = decimal(value, at);
  if (number === undefined || Number.isInteger(number)) return number;
  throw wrong(at, `${dotted(at.path)} must be a whole number, and is ${String(number)}`);
};

/** A size; the bytes, as text. */
export const size: Reader<string> = (value, at) => {
  const written = text(value, at);
  return written === undefined
    ? undefined
    : worded(at, () => (written === '-1' ? written : String(readBytes(written))));
};

export const duration: Reader<string> = (value, at) => {
  const written = text(value, at);
  return written === undefined ? undefined : worded(at, () => formatDuration(readDuration(written)));
};

/** File permissions. YAML 1.2 reads 0440 as a decimal number, docker compose as an octal one: the digits are what counts. */
export const mode: Reader<string> = (value, at) => {
  const written = text(value, at);
  if (written === undefined) return undefined;
  if (/^(?:0o)?[0-7]{3,5}$/.test(written)) return written.replace(/^0o?/, '').padStart(4, '0');
  throw wrong(at, `${dotted(at.path)} must be a file mode such as 0440, and is ${kindOf(value)}`);
};

/** Several words, or one. */
export const texts: Reader<readonly string[]> = (value, at) =>
  Array.isArray(value) || value === null ? list(text)(value, at) : list(text)([value], at);

export function list<T extends Json>(item: Reader<T>): Reader<readonly T[]> {
  return (value, at) => {
    if (value === null) return undefined;
    if (!Array.isArray(value)) throw wrong(at, `${dotted(at.path)} must be a list, and is ${kindOf(value)}`);
    const found = value.map((entry: unknown, index) => item(entry, inside(at, index)));
    return found.filter((entry) => entry !== undefined);
  };
}

/** For entries that stand for several: a range of ports. */
export function spread<T extends Json>(item: (value: unknown, at: FilePlace) => readonly T[]): Reader<readonly T[]> {
  return (value, at) => {
    if (value === null) return undefined;
    if (!Array.isArray(value)) throw wrong(at, `${dotted(at.path)} must be a list, and is ${kindOf(value)}`);
    return value.flatMap((entry: unknown, index) => item(entry, inside(at, index)));
  };
}

/** Names of the author's own choosing. Keys come out sorted. */
export function map<T extends Json>(
  item: (value: unknown, at: FilePlace) => T | undefined,
): Reader<Readonly<Record<string, T | undefined>>> {
  return (value, at) => {
    if (value === null) return undefined;
    const entries = Object.entries(mapping(value, at)).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([key, entry]) => [key, item(entry, inside(at, key))]));
  };
}

/** A mapping, or a list of NAME=value. A name alone has the value null. */
export const pairs: Reader<Readonly<Record<string, string | null>>> = (value, at) => {
  if (!Array.isArray(value))
    return map<string | null>((entry, place) => text(entry, place) ?? null)(value, at) as
      Readonly<Record<string, string | null>> | undefined;
  const found: Record<string, string | null> = {};
  for (const [index, entry] of value.entries()) {
    const written = text(entry, inside(at, index)) ?? '';
    const sign = written.indexOf('=');
    found[sign === -1 ? written : written.slice(0, sign)] = sign === -1 ? null : written.slice(sign + 1);
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
};

/** As `pairs`; a name alone has an empty value. */
export const labels: Reader<Readonly<Record<string, string>>> = (value, at) => {
  const found = pairs(value, at);
  return found && Object.fromEntries(Object.entries(found).map(([key, entry]) => [key, entry ?? '']));
};

/** Anything: kept as it is. */
export const anything: Reader = (value) => (value === null ? undefined : (value as Json));

/** Known keys, in the order they are printed; `x-` keys are kept. */
export function record(fields: Readonly<Record<string, Reader>>): Reader<JsonObject> {
  return (value, at) => {
    if (value === null) return undefined;
    const written = mapping(value, at);
    for (const key of Object.keys(written))
      if (!(key in fields) && !key.startsWith('x-')) throw unknownKey(key, Object.keys(fields), at);
    const known = Object.entries(fields).flatMap(([key, reader]): [string, Json][] => {
      const read = key in written ? reader(written[key], inside(at, key)) : undefined;
      return read === undefined ? [] : [[key, read]];
    });
    const own = Object.entries(written).filter(([key]) => key.startsWith('x-'));
    return { ...Object.fromEntries(known), ...(Object.fromEntries(own) as JsonObject) };
  };
}

/** One of two shapes, told apart by whether it is a mapping. */
export function shortOr(short: (value: string, at: FilePlace) => Json | undefined, long: Reader): Reader {
  return (value, at) => {
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return long(value, at);
    const written = text(value, at);
    return written === undefined ? undefined : short(written, at);
  };
}

export function mapping(value: unknown, at: FilePlace): Readonly<Record<string, unknown>> {
  if (value !== null && typeof value === 'object' && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>;
  throw wrong(at, `${dotted(at.path) || 'the file'} must be a mapping, and is ${kindOf(value)}`);
}

function unknownKey(key: string, known: readonly string[], at: FilePlace): Error {
  const near = didYouMean(key, known);
  const whose = at.path.length === 0 ? 'a compose file' : dotted(at.path);
  return wrong(
    inside(at, key),
    `${whose} has no key "${key}"${near === undefined ? '' : `; did you mean ${near}?`}`,
    true,
  );
}

/** Gives a message of the command language its place in the file. */
export function worded<T>(at: FilePlace, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw wrong(at, `${dotted(at.path)}: ${error.message}${error.hint === undefined ? '' : `; ${error.hint}`}`);
  }
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a mapping' : JSON.stringify(value);
}

/**
 * How the values of a compose file are read. Each reader takes what people write and gives the one form that
 * `compose config` prints; it takes that form too, and gives it back unchanged.
 *
 * Each file is read by itself, then all that they say together is read once more, as a whole (`FileText.whole`). Only the
 * whole has defaults, lacks what says nothing (`privileged: false`), and must have what is needed.
 */
import { ValueError } from '../../command/kinds.ts';
import { didYouMean } from '../../did-you-mean.ts';
import { readBytes } from '../../command/values/bytes.ts';
import type { Json, JsonObject } from '../../api/request.ts';
import { readLongDuration } from './values/long-duration.ts';
import { dotted, inside, wrong } from './compose-error.ts';
import type { FilePlace } from './compose-error.ts';
import { formatDuration } from '../../duration.ts';
import { goNumber } from './values/go-number.ts';

export interface Reader<T extends Json = Json> {
  (value: unknown, at: FilePlace): T | undefined;
  /** Its value says something even where it is empty, false or 0. */
  readonly keeps?: true;
}

/** What compose tells apart from "not written" (a pointer in its Go structures). */
export function kept<T extends Json>(read: Reader<T>): Reader<T> {
  return Object.assign((value: unknown, at: FilePlace) => read(value, at), { keeps: true as const });
}

/** The contrary: a mapping that says nothing where nothing is in it. */
export function droppable<T extends Json>(read: Reader<T>): Reader<T> {
  return (value, at) => read(value, at);
}

/** Null counts as not written. Everywhere else it is refused, unless an earlier file has a value there. */
export function optional<T extends Json>(read: Reader<T>): Reader<T> {
  const reads: Reader<T> = (value, at) => (value === null ? undefined : read(value, at));
  return read.keeps ? kept(reads) : reads;
}

export const text: Reader<string> = (value, at) => {
  if (typeof value === 'string') return value;
  throw must(value, at, 'a string');
};

export function oneOf(known: readonly string[]): Reader<string> {
  return (value, at) => {
    const written = text(value, at) ?? '';
    if (known.includes(written)) return written;
    throw wrong(at, `${dotted(at.path)} must be one of the following: ${known.map((one) => `'${one}'`).join(', ')}`);
  };
}

/** A string, a number, true or false: as text. */
export const scalar: Reader<string> = (value, at) => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return goNumber(value);
  if (typeof value === 'boolean') return String(value);
  throw must(value, at, 'a string');
};

const truths: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  y: true,
  false: false,
  no: false,
  off: false,
  n: false,
};

export const bool: Reader<boolean> = (value, at) => {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') throw must(value, at, 'a boolean');
  const known = truths[value.toLowerCase()];
  if (known !== undefined) return known;
  throw wrong(at, `${dotted(at.path)}: invalid boolean: ${value}`);
};

export const decimal: Reader<number> = (value, at) => {
  const number =
    typeof value === 'string' && /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw must(value, at, 'a number');
};

export const whole: Reader<number> = (value, at) => {
  const number = typeof value === 'string' && /^[-+]?\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number)) return number;
  throw must(value, at, 'an integer');
};

/** A whole number; what is behind the point of another does not count. */
export const truncated: Reader<number> = (value, at) => Math.trunc(decimal(value, at) ?? 0);

export function between(least: number, most: number): Reader<number> {
  return (value, at) => {
    const number = whole(value, at) ?? 0;
    if (number >= least && number <= most) return number;
    throw wrong(
      at,
      `${dotted(at.path)} must be between ${String(least)} and ${String(most)}, and is ${String(number)}`,
    );
  };
}

/** A size; the bytes, as text. Nothing where it is none. */
export const size: Reader<string> = (value, at) => {
  const written = sized(value, at);
  return written === '0' && at.file.whole ? '' : written;
};

/** As `size`, and none is told too. */
export const sized: Reader<string> = (value, at) => {
  // of a number with a point, compose takes nothing
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : '0';
  const written = text(value, at) ?? '';
  return worded(at, () => (/^-\d+$/.test(written) ? written : String(readBytes(written))));
};

/** As `size`, and never a number. */
export const sizeText: Reader<string> = (value, at) => size(text(value, at), at);

/** A time, which is told even where it is none. */
export const duration: Reader<string> = kept((value, at) => {
  const written = text(value, at) ?? '';
  return worded(at, () => formatDuration(readLongDuration(written)));
});

/** File permissions: a number (0440 is one in YAML, read as octal), or its octal digits. */
export const mode: Reader<string> = kept((value, at) => {
  if (typeof value === 'number') return `0${value.toString(8)}`;
  const written = text(value, at) ?? '';
  if (/^[0-7]+$/.test(written)) return `0${Number.parseInt(written, 8).toString(8)}`;
  throw wrong(at, `${dotted(at.path)} must be a file mode such as 0440, and is ${kindOf(value)}`);
});

export function list<T extends Json>(item: Reader<T>): Reader<readonly T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw must(value, at, 'a array');
    const found = value.map((entry: unknown, index) => item(entry, inside(at, index)));
    return found.filter((entry) => entry !== undefined);
  };
}

export const texts: Reader<readonly string[]> = list(text);

/** Several words, or one. */
export const wordOrTexts: Reader<readonly string[]> = (value, at) =>
  typeof value === 'string' ? [value] : texts(value, at);

/** As if the empty ones were not written. */
export const withoutEmpty =
  (read: Reader<readonly string[]>): Reader<readonly string[]> =>
  (value, at) =>
    read(value, at)?.filter((one) => one !== '');

/** None of them twice. */
export const distinct =
  (read: Reader<readonly string[]>): Reader<readonly string[]> =>
  (value, at) => {
    const found = read(value, at) ?? [];
    const again = found.findIndex((one, index) => found.indexOf(one) < index);
    if (again === -1 || !at.file.whole) return found;
    throw wrong(
      inside(at, again),
      `${dotted(at.path)} items at ${String(found.indexOf(found[again] ?? ''))} and ${String(again)} are equal`,
    );
  };

/** For entries that stand for several: a range of ports. */
export function spread<T extends Json>(item: (value: unknown, at: FilePlace) => readonly T[]): Reader<readonly T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw must(value, at, 'a array');
    return value.flatMap((entry: unknown, index) => item(entry, inside(at, index)));
  };
}

/** Names of the author's own choosing. Keys come out sorted. */
export function map<T extends Json>(
  item: (value: unknown, at: FilePlace) => T | undefined,
): Reader<Readonly<Record<string, T | undefined>>> {
  return (value, at) => {
    const entries = Object.entries(mapping(value, at)).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(
      entries.map(([key, entry]) => [key, missing(entry, at) ? (null as T) : item(entry, inside(at, key))]),
    );
  };
}

/** A mapping, or a list of NAME=value. A name alone has the value null. */
export const pairs: Reader<Readonly<Record<string, string | null>>> = (value, at) => {
  const found: Record<string, string | null> = {};
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) {
      const written = text(entry, inside(at, index)) ?? '';
      const sign = written.indexOf('=');
      const key = sign === -1 ? written : written.slice(0, sign);
      if (/\s$/.test(key))
        throw wrong(inside(at, index), `environment variable ${key} is declared with a trailing space`);
      found[key] = sign === -1 ? null : written.slice(sign + 1);
    }
  } else
    for (const [key, entry] of Object.entries(mapping(value, at)))
      found[key] = entry === null ? null : (scalar(entry, inside(at, key)) ?? null);
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
};

/** As `pairs`; a name alone has an empty value. */
export const labels: Reader<Readonly<Record<string, string>>> = (value, at) => {
  const found = pairs(value, at) ?? {};
  return Object.fromEntries(Object.entries(found).map(([key, entry]) => [key, entry ?? '']));
};

/** A mapping only, of strings and numbers. */
export const options: Reader<Readonly<Record<string, string>>> = (value, at) => {
  for (const [key, entry] of Object.entries(mapping(value, at)))
    if (typeof entry === 'boolean') throw must(entry, inside(at, key), 'a null, number or string');
  return labels(value, at);
};

interface Needs {
  /** Keys that the whole must have. */
  readonly needs?: readonly string[];
}

/** Known keys, in the order they are printed; `x-` keys are kept. */
export function record(fields: Readonly<Record<string, Reader>>, { needs = [] }: Needs = {}): Reader<JsonObject> {
  return kept((value, at) => {
    const written = mapping(value, at);
    for (const key of Object.keys(written))
      if (!Object.hasOwn(fields, key) && !key.startsWith('x-')) throw unknownKey(key, Object.keys(fields), at);
    const lacking = needs.find((key) => !Object.hasOwn(written, key));
    if (at.file.whole && lacking !== undefined) throw wrong(at, `${dotted(at.path)} missing property '${lacking}'`);
    const known = Object.entries(fields).flatMap(([key, reader]): [string, Json][] => {
      if (!Object.hasOwn(written, key)) return [];
      if (missing(written[key], at)) return [[key, null]];
      const read = reader(written[key], inside(at, key));
      return read === undefined || (at.file.whole && !reader.keeps && saysNothing(read)) ? [] : [[key, read]];
    });
    const own = Object.entries(written).filter(([key]) => key.startsWith('x-'));
    return { ...Object.fromEntries(known), ...(Object.fromEntries(own) as JsonObject) };
  });
}

/** Left to the whole: an earlier file may have a value there, and then null says nothing. */
function missing(value: unknown, { file }: FilePlace): boolean {
  return value === null && !file.whole;
}

/** Go's `omitempty`. */
function saysNothing(value: Json): boolean {
  if (value === '' || value === false || value === 0) return true;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** One of two shapes, told apart by whether it is a mapping. */
export function shortOr(short: (value: string, at: FilePlace) => Json | undefined, long: Reader): Reader {
  return kept((value, at) => (typeof value === 'string' ? short(value, at) : long(value, at)));
}

export function mapping(value: unknown, at: FilePlace): Readonly<Record<string, unknown>> {
  if (value !== null && typeof value === 'object' && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>;
  throw must(value, at, 'a mapping');
}

function unknownKey(key: string, known: readonly string[], at: FilePlace): Error {
  const near = didYouMean(key, known);
  const whose = at.path.length === 0 ? '' : `${dotted(at.path)} `;
  return wrong(
    inside(at, key),
    `${whose}additional properties '${key}' not allowed${near === undefined ? '' : `; did you mean ${near}?`}`,
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

/** In the words of compose, and what is there instead. */
function must(value: unknown, at: FilePlace, what: string): Error {
  return wrong(at, `${dotted(at.path) || 'the file'} must be ${what}, and is ${kindOf(value)}`);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a mapping' : JSON.stringify(value);
}

/** `.env` and `env_file`: NAME=value lines as compose reads them: quotes, `export`, comments, variables in values. Pure. */
import { ComposeError } from './compose-error.ts';
import { interpolate, InterpolationError } from './interpolate.ts';
import type { Interpolated, Variables } from './interpolate.ts';

/** A name without a value is taken from around, and is undefined where it is not set there. */
export type Settings = Readonly<Record<string, string | undefined>>;

interface Reading {
  readonly text: string;
  at: number;
}

/** @throws ComposeError with the line. @param around what names in values may stand for, before earlier lines @param unset is told of names in values that stand for nothing */
export function readDotEnv(
  text: string,
  name: string,
  around: Variables,
  unset: (name: string) => void = () => undefined,
): Settings {
  const found: Record<string, string | undefined> = {};
  const reading: Reading = { text: text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'), at: 0 };
  for (;;) {
    skip(reading, /(?:\s+|#[^\n]*)*/y);
    if (reading.at >= reading.text.length) return found;
    const start = reading.at;
    try {
      readSetting(reading, found, around, unset);
    } catch (error) {
      if (!(error instanceof InterpolationError)) throw error;
      const line = reading.text.slice(0, start).split('\n').length;
      throw new ComposeError(`failed to read ${name}: line ${String(line)}: ${error.message}`);
    }
  }
}

/** A key ends at its sign, or with its line; in a line of its own it is taken from around. */
function readSetting(
  reading: Reading,
  found: Record<string, string | undefined>,
  around: Variables,
  unset: (name: string) => void,
): void {
  skip(reading, /export\s+/y);
  const key = skip(reading, /(?:[\p{L}\p{N}_.[\]-]|[^\S\n])*/uy);
  const sign = skip(reading, /[=:\n]/y);
  if (sign === '' && reading.at < reading.text.length)
    throw new InterpolationError(
      `unexpected character "${reading.text[reading.at] ?? ''}" in variable name "${key}${skip(reading, /[^\n]*/y)}"`,
    );
  const named = key.trimEnd();
  if (named === '') throw new InterpolationError('a value has no name before it');
  if (named.includes(' ')) throw new InterpolationError('key cannot contain a space');
  if (sign === '' || sign === '\n') {
    found[named] = around[named] ?? found[named];
    return;
  }
  skip(reading, /[^\S\n]*/y);
  const value = readValue(reading, { ...found, ...defined(around) });
  value.unset.forEach(unset);
  found[named] = value.text;
}

function defined(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));
}

function readValue(reading: Reading, variables: Variables): Interpolated {
  const quote = reading.text[reading.at];
  if (quote === "'" || quote === '"') return quoted(reading, quote, variables);
  const raw = skip(reading, /[^\n]*/y);
  return interpolate((raw.split(' #')[0] ?? '').trimEnd(), variables);
}

/** What stands behind the closing quote begins the next setting, as compose has it. */
function quoted(reading: Reading, quote: string, variables: Variables): Interpolated {
  const whole = skip(reading, quote === "'" ? /'(?:[^'\\]|\\[^])*'/y : /"(?:[^"\\]|\\[^])*"/y);
  if (whole === '') throw new InterpolationError(`unterminated quoted value ${skip(reading, /[^\n]*/y)}`);
  const inner = whole.slice(1, -1).replaceAll(`\\${quote}`, quote);
  return quote === "'" ? { text: inner, unset: [] } : interpolate(unescaped(inner), variables);
}

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '"': '"',
  '\\': '\\',
  $: '$$',
};

function unescaped(text: string): string {
  return text.replace(/\\([^])/g, (all, letter: string) => escapes[letter] ?? all);
}

function skip(reading: Reading, pattern: RegExp): string {
  pattern.lastIndex = reading.at;
  const found = pattern.exec(reading.text)?.[0] ?? '';
  reading.at += found.length;
  return found;
}

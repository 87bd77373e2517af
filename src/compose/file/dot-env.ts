/** `.env` and `env_file`: NAME=value lines as compose reads them: quotes, `export`, comments, variables in values. Pure. */
import { ComposeError } from './compose-error.ts';
import { interpolate, InterpolationError } from './interpolate.ts';
import type { Variables } from './interpolate.ts';

/** A name without a value is taken from around, and is undefined where it is not set there. */
export type Settings = Readonly<Record<string, string | undefined>>;

interface Reading {
  readonly text: string;
  at: number;
}

/** @throws ComposeError with the line. @param around what names in values may stand for besides earlier lines */
export function readDotEnv(text: string, name: string, around: Variables): Settings {
  const found: Record<string, string | undefined> = {};
  const reading: Reading = { text: text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'), at: 0 };
  for (;;) {
    skip(reading, /(?:\s+|#[^\n]*)*/y);
    if (reading.at >= reading.text.length) return found;
    const start = reading.at;
    try {
      readSetting(reading, found, around);
    } catch (error) {
      if (!(error instanceof InterpolationError)) throw error;
      const line = reading.text.slice(0, start).split('\n').length;
      throw new ComposeError(`${name}:${String(line)}: ${error.message}`);
    }
  }
}

function readSetting(reading: Reading, found: Record<string, string | undefined>, around: Variables): void {
  skip(reading, /export[ \t]+/y);
  const key = skip(reading, /[A-Za-z0-9_.[\]-]+/y);
  if (key === '') throw new InterpolationError(`"${skip(reading, /[^\n]*/y)}" has no name before its value`);
  skip(reading, /[ \t]*/y);
  const sign = skip(reading, /[=:]/y);
  if (sign === '') {
    const rest = skip(reading, /[^\n]*/y);
    if (rest !== '' && !rest.startsWith('#'))
      throw new InterpolationError(`the name "${key} ${rest}" has a blank in it`);
    found[key] = found[key] ?? around[key];
    return;
  }
  skip(reading, /[ \t]*/y);
  found[key] = readValue(reading, { ...found, ...defined(around) });
}

function defined(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));
}

function readValue(reading: Reading, variables: Variables): string {
  const quote = reading.text[reading.at];
  if (quote === "'" || quote === '"') return quoted(reading, quote, variables);
  const raw = skip(reading, /[^\n]*/y);
  return interpolate(raw.replace(/(?:^|[ \t]+)#.*$/, '').trimEnd(), variables).text;
}

function quoted(reading: Reading, quote: string, variables: Variables): string {
  const whole = skip(reading, quote === "'" ? /'(?:[^'\\]|\\[^])*'/y : /"(?:[^"\\]|\\[^])*"/y);
  if (whole === '') throw new InterpolationError(`a ${quote} is never closed`);
  skip(reading, /[ \t]*(?:#[^\n]*)?/y);
  const inner = whole.slice(1, -1);
  return quote === "'" ? inner.replaceAll("\\'", "'") : interpolate(unescaped(inner), variables).text;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$$' };

function unescaped(text: string): string {
  return text.replace(/\\([^])/g, (all, letter: string) => escapes[letter] ?? all);
}

function skip(reading: Reading, pattern: RegExp): string {
  pattern.lastIndex = reading.at;
  const found = pattern.exec(reading.text)?.[0] ?? '';
  reading.at += found.length;
  return found;
}

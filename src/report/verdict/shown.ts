/**
 * A verdict whose texts may be written: what drives a terminal or turns the direction of reading is out of them, and none is
 * longer than somebody reads. Each format escapes what its own syntax asks for. Pure.
 */
import type { Verdict } from '../../events/verdict/verdict.ts';
import { cleanLine, cleanText } from '../../terminal/clean-text.ts';

/** UTF-16 units of a text of several lines. */
const most = 4_000;

/** Of a name, a title, a sentence. */
const mostOfLine = 400;

export function shown(verdict: Verdict): Verdict {
  return shownIn(verdict) as Verdict;
}

function shownIn(value: unknown): unknown {
  if (typeof value === 'string') return cut(value, most, cleanText);
  if (Array.isArray(value)) return value.map(shownIn);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shownIn(inner)]));
}

/** On one line. @param limit UTF-16 units of it */
export function line(text: string, limit = mostOfLine): string {
  return cut(text, limit, cleanLine);
}

/** What is far longer is not looked at to its end. */
function cut(text: string, limit: number, clean: (text: string) => string): string {
  const whole = clean(readable(text.slice(0, 4 * limit)));
  if (whole.length <= limit && text.length <= 4 * limit) return whole;
  return `${readable(whole.slice(0, limit))} … (cut: ${String(text.length)} characters in all)`;
}

/** Half of a pair of surrogates is no sign. */
function readable(text: string): string {
  return text.replace(/[\ud800-\udfff]/gu, '\ufffd');
}

/** Whether a text is what an expectation says. Pure, but for the clock that ends a pattern. */
import { isFound } from './pattern.ts';
import type { TextMatch } from '../../scenario/expectation.ts';

/** Every part must hold; ^ and $ match at each line. */
export function matchesText(text: string, { equals, contains, matches }: TextMatch): boolean {
  if (equals !== undefined && text.trim() !== String(equals).trim()) return false;
  if (!listOf(contains).every((piece) => text.includes(piece))) return false;
  return listOf(matches).every((pattern) => isFound(pattern, 'm', text));
}

/** `says “Hello”`, `matches /^v\d/`; undefined where nothing is asked of the text. */
export function textWords({ equals, contains, matches }: TextMatch): string | undefined {
  const words = [
    ...(equals === undefined ? [] : [`is “${brief(String(equals))}”`]),
    ...listOf(contains).map((piece) => `says “${brief(piece)}”`),
    ...listOf(matches).map((pattern) => `matches /${brief(pattern)}/`),
  ];
  return words.length === 0 ? undefined : words.join(' and ');
}

/** The lines that made it match, each once; where it asks nothing of single lines, what was there. */
export function evidence(text: string, { contains, matches }: TextMatch): string {
  const lines = text.split('\n');
  const first = [
    ...listOf(contains).map((piece) => lines.find((line) => line.includes(piece))),
    ...listOf(matches).map((pattern) => lines.find((line) => isFound(pattern, '', line))),
  ].filter((line) => line !== undefined);
  const found = [...new Set(first.map((line) => line.trim().replace(/\s{2,}/g, '  ')))];
  return found.length > 0 ? found.map((line) => `“${brief(line)}”`).join(', ') : quoted(text);
}

/** Where it matches, what made it match; else what was there. */
export function seenText(text: string, match: TextMatch): string {
  return matchesText(text, match) ? evidence(text, match) : quoted(text);
}

/** `in none of 3 lines`: for what must not be there. */
export function absence(text: string): string {
  const count = text.trim() === '' ? 0 : text.trim().split('\n').length;
  return count === 0
    ? 'nothing was printed'
    : count === 1
      ? 'not in the one line there is'
      : `in none of ${String(count)} lines`;
}

/** What was there, short enough for a line: its last lines where it is long, since errors stand at the end. */
export function quoted(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return 'nothing';
  const lines = trimmed.split('\n');
  const shown = lines.length > 3 ? ['…', ...lines.slice(-3)] : lines;
  return `“${shown.map(brief).join('\n')}”`;
}

export function brief(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

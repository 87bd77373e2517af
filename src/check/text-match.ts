/** Whether a text is what an expectation says. Pure. */
import type { TextMatch } from '../scenario/expectation.ts';

/** Every part must hold; ^ and $ match at each line. */
export function matchesText(text: string, { equals, contains, matches }: TextMatch): boolean {
  if (equals !== undefined && text.trim() !== String(equals).trim()) return false;
  if (!listOf(contains).every((piece) => text.includes(piece))) return false;
  return listOf(matches).every((pattern) => new RegExp(pattern, 'm').test(text));
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

/** What was there, short enough for a line: its last lines where it is long, since errors stand at the end. */
export function quoted(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return 'nothing';
  const lines = trimmed.split('\n');
  const shown = lines.length > 3 ? ['…', ...lines.slice(-3)] : lines;
  return `“${shown.map(brief).join('\n')}”`;
}

export function brief(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

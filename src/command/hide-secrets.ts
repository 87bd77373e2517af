/**
 * A command line as it may be shown, logged and reported: without the passwords and tokens that were written into it.
 * Works on the text alone, so that a line that cannot be parsed is no exception. Pure.
 */
import type { Span } from './command.ts';

/** What stands in a secret's place. */
const placeholder = '…';

const quoted = String.raw`"(?:\\[\s\S]|[^"\\])*(?:"|$)|'[^']*(?:'|$)`;
/** One word as the shell has them. What only stands for a secret may be read: `$PASSWORD`, `<password>`. */
const word = String.raw`(?!["']?[$<])(?:${quoted}|\\[\s\S]|[^\s"'\\;&|<>()])+`;
/** Anything up to the end of the command. */
const before = String.raw`(?:${quoted}|\\[\s\S]|[^"'\\;&|\n])*?(?:\s|\\\n)`;
const docker = String.raw`(?:^|[;&|(\n${'`'}]\s*|docker\s+(?:-\S+\s+(?:[^-\s]\S*\s+)?)*?)`;

/** The secret is what the group `secret` holds. A pattern is compiled, which takes long, only where the line has its word. */
const patterns: readonly (readonly [needed: string, pattern: string])[] = [
  // docker login -p x, -px, -p=x, --password x, --password=x
  ['login', String.raw`${docker}login\b${before}(?:-p(?:=|\s+)?|--password(?:=|\s+))(?<secret>${word})`],
  // docker swarm join --token x
  ['join', String.raw`\bswarm\s+join\b${before}--token(?:=|\s+)(?<secret>${word})`],
  // echo x | docker login --password-stdin, docker login --password-stdin <<< x
  [
    '--password-stdin',
    String.raw`\b(?:echo|printf)\s+(?:-\w+\s+)*(?<secret>${word})\s*\|\s*(?:sudo\s+)?docker\s[^|;&\n]*--password-stdin`,
  ],
  ['--password-stdin', String.raw`--password-stdin\b[^|;&\n]*<<<\s*(?<secret>${word})`],
  // wherever it stands
  ['SWM', String.raw`(?<secret>SWM(?:TKN|KEY)-[\w-]+)`],
];

export function hideSecrets(text: string): string {
  return hidden(text, { start: 0, end: 0 }).line;
}

/** The same, and where a part of the line is then. */
export function hidden(text: string, { start, end }: Span): Span & { readonly line: string } {
  let line = text;
  const now = { start, end };
  for (const secret of secretsIn(text).reverse()) {
    line = `${line.slice(0, secret.start)}${placeholder}${line.slice(secret.end)}`;
    for (const side of ['start', 'end'] as const)
      if (now[side] >= secret.end) now[side] -= secret.end - secret.start - placeholder.length;
      else if (now[side] > secret.start) now[side] = secret.start + (side === 'end' ? placeholder.length : 0);
  }
  return { line, ...now };
}

/** From the first to the last, none twice. */
function secretsIn(text: string): Span[] {
  const found: Span[] = [];
  for (const [needed, pattern] of patterns) {
    if (!text.includes(needed)) continue;
    for (const { indices } of text.matchAll(new RegExp(pattern, 'dg'))) {
      const [start, end] = indices?.groups?.['secret'] ?? [0, 0];
      if (!found.some((other) => start < other.end && other.start < end)) found.push({ start, end });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/**
 * A command line as it may be shown, logged and reported: without the passwords and tokens that were written into it.
 * What is secret, secret.ts says; where it stands, the words of the shell and the parts of the parsed command say. A line
 * that cannot be read is searched as a text. Pure.
 */
import {
  inItsPlace,
  isSecretFlag,
  isSecretName,
  isSecretValue,
  isStandIn,
  mayHoldSecret,
  merged,
  secretsIn,
  without,
} from '../secret.ts';
import type { Command, Span } from './command.ts';
import { CommandError } from './errors.ts';
import { commandsIn, parseLine } from './shell/script.ts';
import { readLine } from './shell/words.ts';
import type { Line, Word } from './shell/words.ts';
import { flagRowOf } from './rows.ts';

export function hideSecrets(text: string): string {
  return without(secretsOf(text), text);
}

/** Whether a line must not be kept as it is. */
export function holdsSecret(line: string): boolean {
  return secretsOf(line).length > 0;
}

/** The line without its secrets, and where a part of it is then. */
export function hidden(text: string, { start, end }: Span): Span & { readonly line: string } {
  const spans = secretsOf(text);
  const now = { start, end };
  for (const secret of [...spans].reverse())
    for (const side of ['start', 'end'] as const)
      if (now[side] >= secret.end) now[side] -= secret.end - secret.start - inItsPlace.length;
      else if (now[side] > secret.start) now[side] = secret.start + (side === 'end' ? inItsPlace.length : 0);
  return { line: without(spans, text), ...now };
}

function secretsOf(text: string): readonly Span[] {
  if (!mayHoldSecret(text) && !text.includes('login')) return [];
  return merged([...secretsIn(text), ...typed(text), ...inWords(text), ...inCommands(text)]);
}

const quoted = String.raw`"(?:\\[\s\S]|[^"\\])*(?:"|$)|'[^']*(?:'|$)`;
/** One word as the shell has them. */
const word = String.raw`(?:${quoted}|\$\([^()]*\)|\\[\s\S]|[^\s"'\\;&|<>()])+`;
/** Anything up to the end of the command. */
const before = String.raw`(?:${quoted}|\\[\s\S]|[^"'\\;&|\n])*?(?:\s|\\\n)`;
const docker = String.raw`(?:^|[;&|(\n${'`'}]\s*|docker\s+(?:-\S+\s+(?:[^-\s]\S*\s+)?)*?)`;

/** What docker reads a password from, also in a line that is wrong. Compiled, which takes long, only where the line has its word. */
const passwords: readonly (readonly [needed: string, pattern: string])[] = [
  // docker login -p x, -px, -p=x
  ['login', String.raw`${docker}login\b${before}-p(?:=|\s+)?(?<secret>${word})`],
  // echo x | docker login --password-stdin, printf '%s' x | …
  [
    '--password-stdin',
    String.raw`\b(?:echo|printf)\s+(?:-\w+\s+)*(?:(?<format>['"]?)%s(?:\\n)?\k<format>\s+)?(?<secret>${word}(?:[ \t]+${word})*)\s*\|\s*(?:sudo\s+)?docker\s[^|;&\n]*--password-stdin`,
  ],
  // docker login --password-stdin <<< x, wherever that stands; what is quoted is passed over
  ['--password-stdin', String.raw`"(?:\\[\s\S]|[^"\\])*"|'[^']*'|\\[\s\S]|<<<\s*(?<secret>${word})`],
  // docker login --password-stdin << EOF
  [
    '--password-stdin',
    String.raw`<<-?\s*(?<mark>['"]?)(?<end>\w+)\k<mark>[^\n]*\n(?<secret>[\s\S]*?)(?:\n\s*\k<end>|$)`,
  ],
];

function typed(text: string): readonly Span[] {
  return passwords.flatMap(([needed, pattern]) =>
    text.includes(needed)
      ? [...text.matchAll(new RegExp(pattern, 'dg'))].flatMap(({ indices }) => {
          const [start, end] = indices?.groups?.['secret'] ?? [0, 0];
          return start === end || isStandIn(text.slice(start, end)) ? [] : [{ start, end }];
        })
      : [],
  );
}

/** `DB_PASSWORD=x` in any word, whatever its quotes, and the word after `--password`. */
function inWords(text: string): readonly Span[] {
  const lines = read(() => wordsOf(readLine(text))) ?? [];
  return lines.flatMap((words) =>
    words.flatMap((one, i) => [...pairIn(one, text), ...(followsSecretFlag(words[i - 1], one, text) ? [one] : [])]),
  );
}

/** The words of each command, those of nested ones too. */
function wordsOf({ commands }: Line): readonly (readonly Word[])[] {
  return commands.flatMap(({ words }) => [
    words,
    ...words.flatMap(({ pieces }) => pieces.flatMap((piece) => (piece.is === 'nested' ? wordsOf(piece.line) : []))),
  ]);
}

/** What stands in a nested command is its own affair. */
function pairIn({ start, end, pieces }: Word, text: string): readonly Span[] {
  const written = text.slice(start, end);
  const isNested = (at: number): boolean =>
    pieces.some((piece) => piece.is === 'nested' && at > piece.start && at < piece.end);
  for (const { 0: match, 1: name = '', index } of written.matchAll(/([\w.-]+)=/g)) {
    const at = index + match.length;
    // `--secret=id=…` says where one is
    if (isNested(start + index) || (name === '--secret' && /^(?:id|type|src|source)=/.test(written.slice(at))))
      continue;
    const to = isOpen(written.slice(0, at), written.at(-1)) ? written.length - 1 : written.length;
    if (isSecretName(name) && isSecretValue(written.slice(at, to))) return [{ start: start + at, end: start + to }];
  }
  return [];
}

/** Whether this quote is open at the end of what is written. */
function isOpen(written: string, quote: string | undefined): boolean {
  let open: string | undefined;
  for (let i = 0; i < written.length; i++) {
    const sign = written.charAt(i);
    if (sign === '\\' && open !== "'") i++;
    else if (open === undefined && (sign === '"' || sign === "'")) open = sign;
    else if (sign === open) open = undefined;
  }
  return open !== undefined && open === quote;
}

function followsSecretFlag(flag: Span | undefined, { start, end }: Span, text: string): boolean {
  const written = text.slice(start, end);
  return !!flag && isSecretFlag(text.slice(flag.start, flag.end)) && !written.startsWith('-') && isSecretValue(written);
}

/** Values of the flags whose rows say that they are secret. */
function inCommands(text: string): readonly Span[] {
  const commands = read(() => commandsIn(parseLine(text))) ?? [];
  return commands.flatMap((command) => command.parts.flatMap((part) => secretValue(part, command, text)));
}

function secretValue(part: Command['parts'][number], command: Command, text: string): readonly Span[] {
  if (part.is !== 'flag' || !part.at || !flagRowOf(part, command)?.secret) return [];
  return isStandIn(text.slice(part.at.start, part.at.end)) ? [] : [part.at];
}

function read<T>(how: () => T): T | undefined {
  try {
    return how();
  } catch (error) {
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}

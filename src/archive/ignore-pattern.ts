/**
 * One pattern of .dockerignore, as moby/patternmatcher reads it: Go's filepath.Match says whether it is well-formed; what
 * it then means is a regular expression of moby's own, with `**` for any number of folders. It is matched here without
 * going back, in time that grows with pattern and path only, as Go's regular expressions are. Pure.
 */

export interface IgnorePattern {
  /** Written with `!`: what fits is sent after all. */
  readonly exception: boolean;
  /** Without the `!`. */
  readonly text: string;
  /** @throws BadPattern where the pattern turns out to be none when it is first needed, as in moby */
  fits(path: string): boolean;
}

export class BadPattern extends Error {}

/** @param line with its `!`, cleaned. @throws BadPattern */
export function ignorePattern(line: string): IgnorePattern {
  const exception = line.startsWith('!');
  if (line === '!') throw new BadPattern('illegal exclusion pattern: "!"');
  const text = exception ? line.slice(1) : line;
  if (!wellFormed.test(text)) throw broken();
  let compiled: ((path: string) => boolean) | undefined;
  return { exception, text, fits: (path) => (compiled ??= compile(text))(path) };
}

const broken = (): BadPattern => new BadPattern('syntax error in pattern');

/** What filepath.Match of Go takes. A member of a class is no bare `-` or `]`. */
const member = String.raw`(?:\\[^]|[^\]\\-])`;
const wellFormed = new RegExp(String.raw`^(?:\\[^]|\[(?:\^|(?!\^))(?:${member}(?:-${member})?)+\]|[^\\[])*$`, 'u');

/** What has neither wildcard nor class is compared as text, beside a `**` at its begin or end too. */
function compile(text: string): (path: string) => boolean {
  const [ending, beginning] = [text.replace(/^\*\*/, ''), text.replace(/\*\*$/, '')];
  if (isPlain(text)) return (path) => path === text;
  if (isPlain(ending)) return (path) => path.endsWith(ending) || `/${path}` === ending;
  if (isPlain(beginning)) return (path) => path.startsWith(beginning);
  const steps = stepsOf(text);
  return (path) => walks(steps, path);
}

function isPlain(text: string): boolean {
  return !/[*?\\[\]]/.test(text);
}

type Step =
  /** One character, or any number of them. */
  | { readonly is: 'one' | 'many'; takes(character: string): boolean }
  /** The next step or the one after the next two. */
  | { readonly is: 'fork' };

/** Whether some way through all steps takes the whole path. */
function walks(steps: readonly Step[], path: string): boolean {
  let at = reached(steps, [0]);
  for (const character of path) {
    const next: number[] = [];
    for (const index of at) {
      const step = steps[index];
      if (step && step.is !== 'fork' && step.takes(character)) next.push(step.is === 'many' ? index : index + 1);
    }
    at = reached(steps, next);
  }
  return at.has(steps.length);
}

/** With all that can be come to from there without taking a character. */
function reached(steps: readonly Step[], from: readonly number[]): ReadonlySet<number> {
  const found = new Set(from);
  // a set is gone through with what is added meanwhile
  for (const index of found) {
    const is = steps[index]?.is;
    if (is === 'many' || is === 'fork') found.add(index + 1);
    if (is === 'fork') found.add(index + 3);
  }
  return found;
}

const any = (): boolean => true;
const never = (): boolean => false;
const withinFolder = (character: string): boolean => character !== '/';

const parts = /\*\*\/?|\[\^?(?:\\[^]|[^\]\\])*\]|\\?[^]/gu;

function stepsOf(text: string): readonly Step[] {
  return [...text.matchAll(parts)].flatMap(({ 0: part, index }): readonly Step[] => {
    if (part.startsWith('**')) return index + part.length === text.length ? [{ is: 'many', takes: any }] : manyFolders;
    if (part === '*') return [{ is: 'many', takes: withinFolder }];
    if (part === '?') return [{ is: 'one', takes: withinFolder }];
    // moby leaves it the begin of a line
    if (part === '^') return index === 0 ? [] : [{ is: 'one', takes: never }];
    if (part.length > 1 && part.startsWith('[')) return [{ is: 'one', takes: inClass(part) }];
    return [{ is: 'one', takes: part.startsWith('\\') ? escaped(part.slice(1)) : (character) => character === part }];
  });
}

/** `(.*\/)?` */
const manyFolders: readonly Step[] = [
  { is: 'fork' },
  { is: 'many', takes: any },
  { is: 'one', takes: (character) => character === '/' },
];

function inClass(written: string): (character: string) => boolean {
  const source = written.replace(/(?<=.)\[/gu, '\\[').replace(/\\-/gu, '\\x2d');
  try {
    const one = new RegExp(`^${source}$`, 'u');
    return (character) => one.test(character);
  } catch {
    throw broken();
  }
}

/** Letters and digits have a meaning after `\` in Go's regular expressions, or are a mistake. */
function escaped(character: string): (found: string) => boolean {
  if (/^[dswDSW]$/.test(character)) {
    const kind = new RegExp(`^\\${character}$`, 'u');
    return (found) => kind.test(found);
  }
  const control = { a: '\x07', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }[character];
  if (control !== undefined) return (found) => found === control;
  if (/^[AzbB]$/.test(character)) return never;
  if (/^[^\0-\x7f]|^[0-9A-Za-z]/u.test(character)) throw broken();
  return (found) => found === character;
}

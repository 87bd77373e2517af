/** Words to the strings a program would be given. What is not known yet stays as written, marked as such. */
import type { Span, Unknown } from '../command.ts';
import { quote, quoteAlways } from './quote.ts';
import type { Line, Piece, Word } from './words.ts';

export interface ShellContext {
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** The variables are all there are: any other one gives nothing, as in a shell. */
  readonly wholeEnv?: true;
  readonly cwd?: string | undefined;
  readonly home?: string | undefined;
  /** What nested commands printed, by the offset at which their `$(` or backtick starts. */
  readonly outputs?: ReadonlyMap<number, string> | undefined;
}

/** A stretch of a field: the same text in the line (`exact`), or the result of an expansion. */
export interface Segment extends Span {
  readonly text: string;
  readonly quoted: boolean;
  readonly exact: boolean;
  readonly unknown?: Unknown['why'];
}

/** One argument as the program gets it. */
export interface Field extends Span {
  readonly text: string;
  readonly segments: readonly Segment[];
}

/** None where unquoted expansions gave nothing; several where they gave several. */
export function expandWord(word: Word, context: ShellContext): readonly Field[] {
  const fields: Segment[][] = [];
  let open: Segment[] | undefined;
  for (const piece of word.pieces) {
    const value = valueOf(piece, context);
    const segment = segmentOf(piece, value);
    if (piece.is === 'text' || segment.quoted || segment.unknown) {
      if (open === undefined) fields.push((open = []));
      open.push(segment);
      continue;
    }
    const words = segment.text.split(/[ \t\n]+/);
    for (const [index, text] of words.entries()) {
      if (index > 0) open = undefined;
      if (text === '') continue;
      if (open === undefined) fields.push((open = []));
      open.push({ ...segment, text });
    }
  }
  return fields.map((segments) => ({
    text: segments.map((segment) => segment.text).join(''),
    segments,
    start: word.start,
    end: word.end,
  }));
}

/** A field made of plain text that stands at this place of the line. */
export function plainField(text: string, span: Span): Field {
  return {
    text,
    start: span.start,
    end: span.end,
    segments: [{ text, quoted: true, exact: false, start: span.start, end: span.end }],
  };
}

/** Where the character at this index of the field stands in the line; the field's own end where that is not known. */
export function placeOf(field: Field, index: number): number {
  let passed = 0;
  for (const segment of field.segments) {
    if (index < passed + segment.text.length) return segment.exact ? segment.start + index - passed : segment.start;
    passed += segment.text.length;
  }
  return field.end;
}

/** What is not known in the field from this index on. */
export function unknownsOf(field: Field, from = 0): readonly Unknown[] {
  let passed = 0;
  const found: Unknown[] = [];
  for (const segment of field.segments) {
    passed += segment.text.length;
    if (segment.unknown && passed > from)
      found.push({ text: segment.text, why: segment.unknown, start: segment.start, end: segment.end });
  }
  return found;
}

/** The field from this index on as shell text: unknown parts as they were written, the rest quoted where it must be. */
export function sourceOf(field: Field, from = 0): string {
  let passed = 0;
  let source = '';
  let before: Segment | undefined;
  for (const segment of field.segments) {
    const text = segment.text.slice(Math.max(0, from - passed));
    passed += segment.text.length;
    if (text === '') continue;
    source += segment.unknown ? unknownSource(segment, text) : literalSource(text, before);
    before = segment;
  }
  return source;
}

/** The field from this index on, quoted only where it was: what stands for something keeps doing so. */
export function writtenSource(field: Field, from = 0): string {
  let passed = 0;
  let source = '';
  for (const { text: whole, quoted } of field.segments) {
    const text = whole.slice(Math.max(0, from - passed));
    passed += whole.length;
    if (text !== '') source += quoted ? quoteAlways(text) : /^[\w.:@/[\]|…-]+$/u.test(text) ? text : quote(text);
  }
  return source;
}

function unknownSource(segment: Segment, text: string): string {
  const bare = segment.unknown === 'placeholder' || text === '~' || !segment.quoted;
  return bare ? text : `"${text}"`;
}

/** After a bare `$A` or `<id>`, quotes keep the next letters from becoming part of it; a `~` needs its slash bare. */
function literalSource(text: string, before: Segment | undefined): string {
  if (!before?.unknown) return quote(text);
  if (before.text !== '~') return quoteAlways(text);
  return text === '/' ? text : `/${quote(text.slice(1))}`;
}

function segmentOf(piece: Piece, value: string | undefined): Segment {
  const { start, end } = piece;
  if (piece.is === 'text') {
    // Quotes stand outside the text they hold; only a run of equal length can be pointed into.
    const inset = piece.quoted && end - start === piece.text.length + 2 ? 1 : 0;
    return {
      text: piece.text,
      quoted: piece.quoted,
      exact: end - start - 2 * inset === piece.text.length,
      start: start + inset,
      end: end - inset,
    };
  }
  const quoted = piece.is === 'home' || piece.is === 'placeholder' || piece.quoted;
  if (value !== undefined) return { text: value, quoted, exact: false, start, end };
  return { text: piece.source, quoted, exact: true, unknown: whyUnknown(piece), start, end };
}

function whyUnknown(piece: Piece): Unknown['why'] {
  if (piece.is === 'placeholder') return 'placeholder';
  if (piece.is !== 'nested') return 'unset';
  return isDocker(piece.line) ? 'nested' : 'shell';
}

function isDocker(line: Line): boolean {
  const words = line.commands.at(0)?.words.map(onlyText) ?? [];
  const first = words[0] === 'sudo' ? words[1] : words[0];
  return first === 'docker' || first === 'docker-compose';
}

function onlyText(word: Word): string {
  return word.pieces.map((piece) => (piece.is === 'text' ? piece.text : '')).join('');
}

/** The text of a piece, or undefined where only a shell could tell. */
function valueOf(piece: Piece, context: ShellContext): string | undefined {
  switch (piece.is) {
    case 'text':
      return piece.text;
    case 'placeholder':
      return undefined;
    case 'home':
      return context.home ?? context.env?.['HOME'];
    case 'nested': {
      const output = context.outputs?.get(piece.start);
      if (output !== undefined) return output.replace(/\n+$/, '');
      return isWorkingFolder(piece.line) ? context.cwd : undefined;
    }
    case 'variable':
      return variable(piece, context);
  }
}

function isWorkingFolder(line: Line): boolean {
  const [only, ...rest] = line.commands;
  return rest.length === 0 && only?.words.length === 1 && only.words.map(onlyText).join() === 'pwd';
}

function variable(piece: Extract<Piece, { is: 'variable' }>, context: ShellContext): string | undefined {
  if (piece.operator === 'other') return undefined;
  const value = lookUp(piece.name, context);
  if (piece.operator === undefined) return value;
  const set = piece.operator.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
  // A fallback that holds another expansion is left to the shell.
  const fallback = /[$`"'\\]/.test(piece.fallback ?? '') ? undefined : piece.fallback;
  if (piece.operator.endsWith('+')) return set ? fallback : '';
  if (set) return value;
  return piece.operator.endsWith('?') ? undefined : fallback;
}

function lookUp(name: string, context: ShellContext): string | undefined {
  const { env, cwd, home } = context;
  // Only names of its own: `$constructor` must not find Object's.
  const own = env && Object.hasOwn(env, name) ? env[name] : undefined;
  if (name === 'PWD') return cwd ?? own;
  if (name === 'HOME') return own ?? home;
  return own ?? (context.wholeEnv ? '' : undefined);
}

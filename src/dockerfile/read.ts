/**
 * A Dockerfile's text cut into directives and instructions with their places, as the builder cuts it (moby/buildkit,
 * frontend/dockerfile/parser). Lenient: what the builder would refuse is handed on as it is. Pure.
 */
import { hereDocumentsIn, type HereDocument } from './here-documents.ts';
import { joinLines, linesOf, type Joined, type Line } from './lines.ts';
import { readFlags, type Flag } from './flags.ts';

export interface Dockerfile {
  readonly directives: readonly Directive[];
  readonly instructions: readonly Instruction[];
}

export interface InstructionPlace {
  /** UTF-16 offsets in the file. */
  readonly start: number;
  readonly end: number;
  /** Counted from 1. */
  readonly line: number;
  readonly endLine: number;
}

/** A line `# name=value` at the very top. Anywhere else it is a comment. */
export interface Directive extends InstructionPlace {
  readonly name: DirectiveName;
  readonly value: string;
}

export type DirectiveName = 'syntax' | 'escape' | 'check';

export interface Statement {
  /** In capitals: `RUN`. */
  readonly word: string;
  readonly flags: readonly Flag[];
  /** What follows the flags, its lines joined at the escape sign with nothing between them: it is what the builder runs. */
  readonly rest: string;
  /** `rest` a line each. */
  readonly lines: readonly string[];
  /** Where the instruction takes a JSON list of strings (the exec form), and `rest` is one. */
  readonly list?: readonly string[];
}

export interface Instruction extends Statement, InstructionPlace {
  readonly documents: readonly HereDocument[];
  /** What ONBUILD keeps for those who build on the image. */
  readonly onbuild?: Statement;
}

const directiveNames: Readonly<Record<string, DirectiveName>> = { syntax: 'syntax', escape: 'escape', check: 'check' };
const takesList: ReadonlySet<string> = new Set(['ADD', 'CMD', 'COPY', 'ENTRYPOINT', 'RUN', 'SHELL', 'VOLUME']);
const takesDocuments: ReadonlySet<string> = new Set(['ADD', 'COPY', 'RUN']);

export function readDockerfile(text: string): Dockerfile {
  const lines = linesOf(text);
  const directives = directivesIn(lines);
  const escape = directives.find(({ name, value }) => name === 'escape' && value === '`') ? '`' : '\\';
  const instructions: Instruction[] = [];
  for (let at = directives.length; at < lines.length;) {
    const { joined, next } = joinLines(lines, at, escape);
    if (joined === undefined) at = next;
    else {
      const { instruction, after } = instructionOf(joined, lines, at, next);
      instructions.push(instruction);
      at = after;
    }
  }
  return { directives, instructions };
}

/** The first line that is none, be it empty or another comment, ends them; so does one that is there a second time. */
function directivesIn(lines: readonly Line[]): readonly Directive[] {
  const found: Directive[] = [];
  for (const { text, start } of lines) {
    const [, word = '', written = ''] = /^\s*#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=(.*)$/s.exec(text) ?? [];
    const [name, value] = [directiveNames[word.toLowerCase()], written.trim()];
    if (name === undefined || value === '' || found.some((other) => other.name === name)) break;
    const line = found.length + 1;
    found.push({ name, value, start, end: start + text.length, line, endLine: line });
  }
  return found;
}

/** @param next the line after those that are joined; here-documents begin there */
function instructionOf(
  joined: Joined,
  lines: readonly Line[],
  first: number,
  next: number,
): { readonly instruction: Instruction; readonly after: number } {
  const { statement, restAt } = statementAt(joined, 0);
  const onbuild =
    statement.word === 'ONBUILD' && statement.rest !== '' ? statementAt(joined, restAt).statement : undefined;
  const { documents, after } = takesDocument(onbuild ?? statement)
    ? readDocuments(joined.text, lines, next)
    : { documents: [], after: next };
  const [begin, last] = [lines[first], lines[after - 1]] as [Line, Line];
  const place = {
    start: begin.start + begin.text.length - begin.text.trimStart().length,
    end: last.start + last.text.trimEnd().length,
    line: first + 1,
    endLine: after,
  };
  return { instruction: { ...statement, documents, ...(onbuild && { onbuild }), ...place }, after };
}

function takesDocument({ word, list }: Statement): boolean {
  return takesDocuments.has(word) && list === undefined;
}

/** One after the other. What is not ended takes all that follows. */
function readDocuments(
  text: string,
  lines: readonly Line[],
  next: number,
): { readonly documents: readonly HereDocument[]; readonly after: number } {
  let after = next;
  const documents = hereDocumentsIn(text).map((announced): HereDocument => {
    const found = lines.findIndex((line, index) => index >= after && isEnd(line.text, announced));
    const end = found === -1 ? lines.length : found;
    const body = lines.slice(after, end).map((line) => `${line.text}\n`);
    after = Math.min(end + 1, lines.length);
    return { ...announced, body: body.join('') };
  });
  return { documents, after };
}

function isEnd(line: string, { name, chomp }: Pick<HereDocument, 'name' | 'chomp'>): boolean {
  return (chomp ? line.replace(/^\t+/, '') : line) === name;
}

/** @param from where in the joined text it begins */
function statementAt(joined: Joined, from: number): { readonly statement: Statement; readonly restAt: number } {
  const [head, written = ''] = /^\s*([^\t\v\f\r ]*)[\t\v\f\r ]*/.exec(joined.text.slice(from)) ?? [''];
  const word = written.toUpperCase();
  const { flags, end: restAt } = readFlags(joined, from + head.length);
  const rest = joined.text.slice(restAt).trim();
  const list = takesList.has(word) ? listIn(rest) : undefined;
  return { statement: { word, flags, rest, lines: joined.linesFrom(restAt), ...(list && { list }) }, restAt };
}

/** Undefined where it is not a JSON list of strings: then it is taken as it stands. */
function listIn(text: string): readonly string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
  } catch {
    // shell form: `[ -f x ] && y`
    return undefined;
  }
}

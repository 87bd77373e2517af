/** A Dockerfile or a compose file, understood line by line. Pure. */
import type { Span } from '../../command/command.ts';
import { didYouMean } from '../../did-you-mean.ts';
import { composeFaults, composeParts, composePitfalls, readComposeKeys } from './compose-file.ts';
import { directives, instructions as table } from './dockerfile-instructions.ts';
import { faultsOf } from './dockerfile-faults.ts';
import { pitfallsOf } from './dockerfile-pitfalls.ts';
import type { Pitfall } from './dockerfile-pitfalls.ts';
import { outlineOf } from '../../dockerfile/outline.ts';
import { readDockerfile, type Directive, type Instruction, type InstructionPlace } from '../../dockerfile/read.ts';
import type { Need } from '../needs.ts';

/** `explain --file … --format json` prints this, with an exit code in place of `wrong`: field names are a contract. */
export interface FileExplanation {
  readonly file: string;
  readonly kind: 'dockerfile' | 'compose';
  /** In the order written. */
  readonly parts: readonly FilePart[];
  /** `line 3: …`, or without a line where the whole file is meant. */
  readonly warnings: readonly string[];
  /** Whether docker would not take the file: what it stops at is among the warnings. */
  readonly wrong: boolean;
  readonly needs: readonly Need[];
}

export interface FilePart extends Span {
  readonly kind: 'instruction' | 'flag' | 'directive' | 'key';
  /** Counted from 1. */
  readonly line: number;
  readonly endLine: number;
  readonly text: string;
  /** `RUN`, `--from`, `services.web.ports`. */
  readonly name: string;
  readonly value: string | null;
  readonly means: string;
}

/** Which of the two a file is, by its name, or by what stands in it. */
export function kindOfFile(file: string, text: string): FileExplanation['kind'] {
  if (/\.ya?ml$/i.test(file)) return 'compose';
  if (/dockerfile|containerfile/i.test(file)) return 'dockerfile';
  return /^services:/m.test(text) ? 'compose' : 'dockerfile';
}

export function explainFile(file: string, text: string): FileExplanation {
  return kindOfFile(file, text) === 'compose' ? explainCompose(file, text) : explainDockerfile(file, text);
}

function explainDockerfile(file: string, text: string): FileExplanation {
  const { directives: found, instructions } = readDockerfile(text);
  const faults = faultsOf(instructions);
  return {
    file,
    kind: 'dockerfile',
    parts: [
      ...found.map((directive) => directivePart(directive, text)),
      ...instructions.flatMap((instruction) => instructionParts(instruction, text)),
    ],
    warnings: [...faults, ...pitfallsOf(instructions)].sort((a, b) => a.line - b.line).map(withLine),
    wrong: faults.length > 0 || !instructions.some(({ word }) => word === 'FROM'),
    needs: imagesUsed(text),
  };
}

function withLine({ line, text }: Pitfall): string {
  return line === 0 ? text : `line ${String(line)}: ${text}`;
}

function directivePart(directive: Directive, text: string): FilePart {
  const { name, value } = directive;
  return { kind: 'directive', ...placed(directive, text), name, value, means: directives[name] };
}

function placed(
  { line, endLine, start, end }: InstructionPlace,
  text: string,
): InstructionPlace & { readonly text: string } {
  return { line, endLine, start, end, text: text.slice(start, end) };
}

function instructionParts(instruction: Instruction, text: string): readonly FilePart[] {
  const { word, flags, list, line } = instruction;
  const value = onOneLine(instruction.lines);
  const row = table[word];
  const near = row ? undefined : didYouMean(word, Object.keys(table));
  const unknown = `not an instruction of a Dockerfile${near === undefined ? '' : `: did you mean ${near}?`}`;
  const means = row
    ? `${row.says && value !== '' ? row.says(value, list) : row.means}${row.leaves === 'a layer' ? ', as a layer' : ''}`
    : unknown;
  return [
    { kind: 'instruction', ...placed(instruction, text), name: word, value, means },
    ...flags.map(({ name, value: given, start, end }): FilePart => ({
      kind: 'flag',
      ...placed({ line, endLine: line, start, end }, text),
      name: `--${name}`,
      value: given,
      means: row?.flags?.[name] ?? `${word} has no flag --${name}`,
    })),
  ];
}

/** Of the blanks around a joint one stays; where there is none, none comes. */
function onOneLine(lines: readonly string[]): string {
  const isParted = (line: string, next: string): boolean => /\s$/.test(line) || /^\s/.test(next);
  return lines
    .map((line, i) => line.trim() + (isParted(line, lines[i + 1] ?? '') ? ' ' : ''))
    .join('')
    .trim();
}

/** Images that the build starts from or takes files out of. */
function imagesUsed(text: string): readonly Need[] {
  const images = outlineOf(text).flatMap((stage) => stage.images.map(({ written }) => written));
  return [...new Set(images)].map((name) => ({ kind: 'image', name, means: 'here, or pulled from its registry' }));
}

function explainCompose(file: string, text: string): FileExplanation {
  const keys = readComposeKeys(text);
  const faults = composeFaults(keys);
  return {
    file,
    kind: 'compose',
    parts: composeParts(keys, text),
    warnings: [...faults, ...composePitfalls(keys)].sort((a, b) => a.line - b.line).map(withLine),
    wrong: faults.length > 0 || !keys.some(({ path }) => path[0] === 'services'),
    needs: keys
      .filter(({ path }) => path.length === 3 && path[0] === 'services' && path[2] === 'image')
      .map(({ value }) => ({ kind: 'image', name: value, means: 'here, or pulled from its registry' })),
  };
}

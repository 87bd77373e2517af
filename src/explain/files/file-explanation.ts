/** A Dockerfile or a compose file, understood line by line. Pure. */
import type { Span } from '../../command/command.ts';
import { didYouMean } from '../../did-you-mean.ts';
import { composeParts, composePitfalls, readComposeKeys } from './compose-file.ts';
import { directives, instructions as table } from './dockerfile-instructions.ts';
import { pitfallsOf } from './dockerfile-pitfalls.ts';
import type { Pitfall } from './dockerfile-pitfalls.ts';
import { readDockerfile } from '../../dockerfile/instructions.ts';
import type { Instruction } from '../../dockerfile/instructions.ts';
import type { Need } from '../needs.ts';

/** `explain --file … --format json` prints this: field names are a contract. */
export interface FileExplanation {
  readonly file: string;
  readonly kind: 'dockerfile' | 'compose';
  /** In the order written. */
  readonly parts: readonly FilePart[];
  /** `line 3: …`, or without a line where the whole file is meant. */
  readonly warnings: readonly string[];
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
  const read = readDockerfile(text);
  return {
    file,
    kind: 'dockerfile',
    parts: read.flatMap((instruction) => instructionParts(instruction, text)),
    warnings: pitfallsOf(read).map(withLine),
    needs: baseImages(read),
  };
}

function withLine({ line, text }: Pitfall): string {
  return line === 0 ? text : `line ${String(line)}: ${text}`;
}

function instructionParts(instruction: Instruction, text: string): readonly FilePart[] {
  const { word, directive, flags, rest, start, end, line, endLine } = instruction;
  const place = { line, endLine, start, end, text: text.slice(start, end) };
  if (directive !== undefined)
    return [{ kind: 'directive', ...place, name: directive, value: rest, means: directives[directive] ?? '' }];
  const row = table[word];
  const near = row ? undefined : didYouMean(word, Object.keys(table));
  const unknown = `not an instruction of a Dockerfile${near === undefined ? '' : `: did you mean ${near}?`}`;
  const means = row
    ? `${row.says && rest !== '' ? row.says(rest) : row.means}${row.leaves === 'a layer' ? ', as a layer' : ''}`
    : unknown;
  return [
    { kind: 'instruction', ...place, name: word, value: rest, means },
    ...flags.map((flag): FilePart => ({
      kind: 'flag',
      line,
      endLine: line,
      start: flag.start,
      end: flag.end,
      text: text.slice(flag.start, flag.end),
      name: `--${flag.name}`,
      value: flag.value,
      means: row?.flags?.[flag.name] ?? `${word} has no flag --${flag.name}`,
    })),
  ];
}

/** Images that the build starts from or copies out of. */
function baseImages(read: readonly Instruction[]): readonly Need[] {
  const stages = new Set(
    read.filter(({ word }) => word === 'FROM').map(({ rest }) => rest.split(/\s+/)[2]?.toLowerCase() ?? ''),
  );
  const sources = read.flatMap(({ word, rest, flags }) => {
    if (word === 'FROM') return [rest.split(/\s+/)[0] ?? ''];
    return flags.filter(({ name }) => name === 'from').map(({ value }) => value);
  });
  return [...new Set(sources)]
    .filter((image) => image !== '' && image !== 'scratch' && !/^\d+$/.test(image) && !stages.has(image.toLowerCase()))
    .map((name) => ({ kind: 'image', name, means: 'here, or pulled from its registry' }));
}

function explainCompose(file: string, text: string): FileExplanation {
  const keys = readComposeKeys(text);
  return {
    file,
    kind: 'compose',
    parts: composeParts(keys, text),
    warnings: composePitfalls(keys).map(withLine),
    needs: keys
      .filter(({ path }) => path.length === 3 && path[0] === 'services' && path[2] === 'image')
      .map(({ value }) => ({ kind: 'image', name: value, means: 'here, or pulled from its registry' })),
  };
}

/** Compose YAML: text to a value with places, and a value to text. `<<` merges; `!reset` and `!override` are compose's own. */
import { CORE_SCHEMA, defineMappingTag, defineScalarTag, defineSequenceTag, dump, mergeTag } from 'js-yaml';
import { readDocuments, type Source } from '../../yaml/source.ts';
import type { Path } from '../../yaml/places.ts';
import { wrong } from './compose-error.ts';
import type { FileText } from './compose-error.ts';
import { numberTags } from './values/yaml-numbers.ts';

/** `!reset`: forget what earlier files say here. `!override`: put this in the place of what earlier files say. */
class Replacing {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

const replacing = ['!reset', '!override'].flatMap((tag) => [
  defineScalarTag<Replacing>(tag, {
    resolve: (source) => new Replacing(tag === '!reset' || source === 'null' ? undefined : source),
    identify: () => false,
  }),
  defineSequenceTag<unknown[], Replacing>(tag, {
    create: () => [],
    addItem: (carrier, item) => void carrier.push(item),
    finalize: (carrier) => new Replacing(tag === '!reset' ? undefined : carrier),
    identify: () => false,
  }),
  defineMappingTag<Map<unknown, unknown>, Replacing>(tag, {
    create: () => new Map(),
    addPair: (carrier, key, value) => (carrier.set(key, value), ''),
    has: (carrier, key) => carrier.has(key),
    keys: () => [],
    get: () => undefined,
    finalize: (carrier) => new Replacing(tag === '!reset' ? undefined : Object.fromEntries(carrier)),
    identify: () => false,
  }),
]);

const schema = CORE_SCHEMA.withTags(mergeTag, numberTags, replacing);

export interface ComposeText extends FileText {
  readonly value: unknown;
  /** Paths where what earlier files say is dropped. */
  readonly replaced: readonly Path[];
}

/** Each document of a file; none where it is empty. @throws ComposeError with line and column where it is no YAML */
export function readComposeText(text: string, name: string, folder: string): readonly ComposeText[] {
  return documentsIn(text).map((source) => {
    const file: FileText = { name, folder, text, locate: source.locate };
    const [problem] = source.problems;
    if (problem) {
      if (problem.at === undefined) throw wrong({ file, path: problem.path }, problem.message, problem.key);
      throw wrong({ file: { ...file, locate: () => problem.at ?? 0 }, path: [] }, problem.message);
    }
    const replaced: Path[] = [];
    return { ...file, value: withoutTags(source.value, [], replaced), replaced };
  });
}

/**
 * Between brackets Compose takes lines that stand no deeper than the key, which YAML forbids. Such a line is drawn up to the
 * one before: blanks take the place of the line break, so that all places stay the same.
 */
function documentsIn(text: string): readonly Source[] {
  let read = text;
  for (let lines = 0; ; lines++) {
    const documents = readDocuments(read, schema);
    const shallow = documents.at(-1)?.problems.find(({ message }) => message === 'deficient indentation');
    const drawn = lines < mostShallow && shallow?.at !== undefined ? drawnUp(read, shallow.at) : undefined;
    if (drawn === undefined) return documents;
    read = drawn;
  }
}

/** Lines that stand so in one file; each is found by reading it again. */
const mostShallow = 200;

/** @param at where its line has its first sign @returns undefined where it is the first line */
function drawnUp(text: string, at: number): string | undefined {
  const end = text.lastIndexOf('\n', at - 1);
  if (end < 0 || text.slice(end + 1, at).trim() !== '') return undefined;
  const start = text.lastIndexOf('\n', end - 1) + 1;
  const kept = withoutComment(text.slice(start, end)).trimEnd();
  return text.slice(0, start) + kept.padEnd(end + 1 - start) + text.slice(end + 1);
}

function withoutComment(line: string): string {
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const [before, sign = ''] = [line[i - 1] ?? ' ', line[i]];
    if (quote !== '') {
      if (sign === '\\' && quote === '"') i++;
      else if (sign === quote) quote = '';
    } else if (/["']/.test(sign) && /[\s[{,:]/.test(before)) quote = sign;
    else if (sign === '#' && /\s/.test(before)) return line.slice(0, i);
  }
  return line;
}

function withoutTags(value: unknown, path: Path, replaced: Path[]): unknown {
  if (value instanceof Replacing) {
    replaced.push(path);
    return withoutTags(value.value, path, replaced);
  }
  if (Array.isArray(value)) return value.map((item, index) => withoutTags(item, [...path, index], replaced));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(
    ([key, item]) => [key, withoutTags(item, [...path, key], replaced)] as const,
  );
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

/** As docker compose writes it: two blanks, double quotes where quotes are needed, no references. */
export function writeYaml(value: unknown): string {
  return dump(value, { noRefs: true, quoteStyle: 'double', lineWidth: -1 });
}

/** Compose YAML: text to a value with places, and a value to text. `<<` merges; `!reset` and `!override` are compose's own. */
import { CORE_SCHEMA, defineMappingTag, defineScalarTag, defineSequenceTag, dump, mergeTag } from 'js-yaml';
import { readDocuments } from '../../yaml/source.ts';
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
  return readDocuments(withClosings(text), schema).map((source) => {
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
 * Compose takes a closing bracket that stands no deeper than its key, which YAML forbids. It is drawn up to the line
 * before: blanks take the place of the line break, so that all places stay the same.
 */
function withClosings(text: string): string {
  return text.replace(/(?:[ \t]#[^\n]*)?\r?\n(?=[ \t]*[\]}][ \t]*(?:,[ \t]*)?(?:#.*)?$)/gm, (lineBreak) =>
    ' '.repeat(lineBreak.length),
  );
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

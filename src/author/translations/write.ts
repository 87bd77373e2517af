/** The file of a translation as `author translate` writes it: what is there, and what is still to be done. Pure. */
import type { Scenario } from '../../scenario/schema.ts';
import type { TranslationFile } from '../../scenario/translation/schema.ts';
import { textsOf } from '../../scenario/translation/texts.ts';
import { textAt, textDigest, translatedText } from '../../scenario/translation/translation.ts';

/** One text of the file. */
interface Leaf {
  readonly text: string;
  /** Of the English that it was made from; '' where it is not translated. */
  readonly digest: string;
  /** What is to be translated, line by line; empty where nothing is to be done. */
  readonly english: readonly string[];
}
/** By key, or by index from 0. */
type Tree = Map<PropertyKey, Tree | Leaf>;

/**
 * Every text in the order of the lesson. One that is missing or stale has the English above it.
 * @param before the file as it was; undefined where there is none
 * @param accepted what is translated fits the English as it is now
 */
export function translationText(
  scenario: Scenario,
  language: string,
  before: TranslationFile | undefined,
  accepted = false,
): string {
  const tree: Tree = new Map();
  for (const { place, text: english } of textsOf(scenario)) {
    const found = translatedText(before ?? { language }, place, english);
    const { state, text } = found.state === 'missing' && isCode(english) ? { state: 'told', text: english } : found;
    const isDone = state === 'told' || (accepted && state === 'stale');
    const kept = state === 'missing' ? '' : (textAt(before?.from, place) ?? '');
    put(tree, place, { text, digest: isDone ? textDigest(english) : kept, english: isDone ? [] : linesOf(english) });
  }
  const from = [...tree].flatMap(([key, below]) => fromLines(String(key), below));
  return [
    `# What a learner reads of the lesson ${scenario.id}, in another language. What is empty is told in English.`,
    `language: ${language}`,
    ...blockLines(tree, ''),
    '',
    '# The English that each text was made from, as digests. docker-tutor author translate writes them.',
    '# prettier-ignore',
    ...(from.length > 0 ? ['from:', ...from] : ['from: {}']),
    '',
  ].join('\n');
}

/** It is the same in every language. */
function isCode(text: string): boolean {
  return /^`[^`]+`$|^[\d.]+$/.test(text.trim());
}

function put(tree: Tree, [key = '', ...rest]: readonly PropertyKey[], leaf: Leaf): void {
  if (rest.length === 0) return void tree.set(key, leaf);
  const below = tree.get(key);
  const next: Tree = below instanceof Map ? below : new Map<PropertyKey, Tree | Leaf>();
  tree.set(key, next);
  put(next, rest, leaf);
}

function linesOf(text: string): readonly string[] {
  return text.trimEnd().split('\n');
}

function blockLines(tree: Tree, indent: string): string[] {
  return [...tree].flatMap(([key, node]) => {
    const lead = `${indent}${typeof key === 'number' ? '-' : `${scalar(String(key))}:`}`;
    if (node instanceof Map) {
      const isLaterStep = indent === '  ' && key !== [...tree.keys()][0];
      return [...(isLaterStep || key === 'steps' ? [''] : []), lead, ...blockLines(node, `${indent}  `)];
    }
    const comments = node.english.map((line) => `${indent}# ${line}`.trimEnd());
    return [...comments, ...leafLines(lead, node.text, indent)];
  });
}

function leafLines(lead: string, text: string, indent: string): string[] {
  // a block tells its indentation by its first line
  if (!text.includes('\n') || /^\s/.test(text)) return [`${lead} ${scalar(text)}`];
  const lines = text.replace(/\n+$/, '').split('\n');
  return [
    `${lead} ${text.endsWith('\n') ? '|' : '|-'}`,
    ...lines.map((line) => (line === '' ? '' : `${indent}  ${line}`)),
  ];
}

/** Of one line, in YAML. */
function scalar(text: string): string {
  const isPlain =
    /^[\p{L}][\p{L}\p{N} .,;/()?!…–„“-]*$/u.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text);
  if (isPlain && !text.endsWith(' ')) return text;
  if (/\s/.test(text.replaceAll(' ', '')) || (text.includes("'") && !/["\\]/.test(text))) return JSON.stringify(text);
  return `'${text.replaceAll("'", "''")}'`;
}

/** A line a step. */
function fromLines(key: string, node: Tree | Leaf): string[] {
  if (key === 'steps' && node instanceof Map)
    return [...node]
      .flatMap(([id, step]) => flow(step).map((text) => `    ${String(id)}: ${text}`))
      .flatMap((line, i) => (i === 0 ? ['  steps:', line] : [line]));
  return flow(node).map((text) => `  ${key}: ${text}`);
}

/** None where nothing of it is translated. In a list an empty one holds its place. */
function flow(node: Tree | Leaf): string[] {
  if (!(node instanceof Map)) return node.digest === '' ? [] : [node.digest];
  const entries = [...node].map(([key, below]) => ({ key, text: flow(below).join('') }));
  if (entries.every(({ text }) => text === '')) return [];
  if (typeof entries[0]?.key === 'number') return [`[${entries.map(({ text }) => text || "''").join(', ')}]`];
  const there = entries.filter(({ text }) => text !== '');
  return [`{ ${there.map(({ key, text }) => `${scalar(String(key))}: ${text}`).join(', ')} }`];
}

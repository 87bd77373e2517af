/** What the end of a docker command line may become: commands, flags, values, names. Pure. */
import { operandAt } from './parse.ts';
import { commandsOf, findRow, flagsOf, spellings, type FoundFlag } from './rows.ts';
import type { CommandRow, FlagRow, Operand } from './table.ts';
import { globalFlags } from './tables/globals.ts';

export interface Candidate {
  readonly value: string;
  /** From the row: starts in lower case, no full stop. */
  readonly means: string;
}

export interface Completion {
  /** Where the word that is being written starts; the candidates stand in its place. */
  readonly start: number;
  /** What is written of it. */
  readonly written: string;
  readonly candidates: readonly Candidate[];
  /** Names that the engine knows fit here as well. */
  readonly names?: NonNullable<Operand['names']>;
}

interface Written {
  readonly text: string;
  readonly start: number;
}

/**
 * @param text the line up to the cursor; of a sequence the last command counts
 * @param bare commands may stand without `docker`
 */
export function completeDocker(text: string, { bare = false }: { readonly bare?: boolean } = {}): Completion {
  const words = lastCommand(text);
  const last = words.at(-1) ?? { text: '', start: text.length };
  const before = words.slice(0, -1).map((word) => word.text);
  if (before[0] === 'sudo') before.shift();
  const { candidates, names, skip = 0 } = offerFor(before, last.text, bare);
  const written = last.text.slice(skip);
  const fitting = candidates.filter(({ value }) => value.startsWith(written));
  return { start: last.start + skip, written, candidates: fitting, ...(names && { names }) };
}

interface Offer {
  readonly candidates: readonly Candidate[];
  readonly names?: Completion['names'];
  /** Of the word, the part before what is completed: `--network=` */
  readonly skip?: number;
}

const nothing: Offer = { candidates: [] };

function offerFor(before: readonly string[], last: string, bare: boolean): Offer {
  if (before[0] === 'docker') return inside(before.slice(1), last);
  const start = { value: 'docker', means: 'a docker command' };
  if (before.length === 0)
    return { candidates: bare && !last.startsWith('-') ? [start, ...commandWords([])] : [start] };
  return bare ? inside(before, last) : nothing;
}

function inside(words: readonly string[], last: string): Offer {
  const rest = words.slice(globalsIn(words));
  const found = rowOf(rest);
  if (!found) return { candidates: last.startsWith('-') ? flagWords(globalFlags, last) : commandWords(rest) };
  const { row, used } = found;
  const deeper = used === rest.length ? commandWords(rest) : [];
  const offer = ofRow(row, rest.slice(used), last);
  return { ...offer, candidates: [...offer.candidates, ...(last.startsWith('-') ? [] : deeper)] };
}

/** How many words the options of docker itself take. */
function globalsIn(words: readonly string[]): number {
  let at = 0;
  while (words[at]?.startsWith('-')) at += awaited(words[at] ?? '', globalFlags) ? 2 : 1;
  return at;
}

function rowOf(words: readonly string[]): { row: CommandRow; used: number } | undefined {
  for (let used = Math.min(3, words.length); used > 0; used--) {
    const row = findRow(words.slice(0, used).join(' '));
    if (row) return { row, used };
  }
  return undefined;
}

/** The next words of commands that start with these: `container` leads to `run`, `ls`… */
function commandWords(words: readonly string[]): readonly Candidate[] {
  const known = words.length === 0 ? spellings() : commandsOf(words.join(' '));
  const found = new Map<string, string>();
  for (const [spelling, row] of known) {
    const [first = '', further] = spelling.split(' ');
    if (further === undefined) found.set(first, row.means);
    else if (!found.has(first)) found.set(first, `commands for ${first}`);
  }
  return [...found].map(([value, means]) => ({ value, means })).sort((a, b) => (a.value < b.value ? -1 : 1));
}

function ofRow(row: CommandRow, words: readonly string[], last: string): Offer {
  let operands = 0;
  let waiting: FlagRow | undefined;
  let name = '';
  let flagsOver = false;
  for (const word of words) {
    if (waiting) waiting = undefined;
    else if (word === '--' && !flagsOver) flagsOver = true;
    else if (word.startsWith('-') && word !== '-' && !flagsOver) {
      const flag = awaited(word, row.flags);
      waiting = flag?.row;
      name = flag?.name ?? '';
    } else {
      operands += 1;
      if (row.flagsEndAtOperand) flagsOver = true;
    }
  }
  if (waiting) return valueOffer(name, waiting);
  if (!flagsOver && last.startsWith('-')) return flagOffer(row, last);
  return operandOffer(row, operands);
}

function flagOffer(row: CommandRow, last: string): Offer {
  const [, name, equals] = /^--([^=]+)(=?)/.exec(last) ?? [];
  const flag = equals ? flagsOf(row.flags).long.get(name ?? '') : undefined;
  if (flag) return { ...valueOffer(flag.name, flag.row), skip: last.indexOf('=') + 1 };
  return equals ? nothing : { candidates: flagWords(row.flags, last) };
}

function flagWords(rows: CommandRow['flags'], last: string): readonly Candidate[] {
  const said = Object.entries(rows).sort(([a], [b]) => (a < b ? -1 : 1));
  const long = said.map(([name, { means }]) => ({ value: `--${name}`, means }));
  if (last.startsWith('--')) return long;
  return [
    ...said.flatMap(([, { short, means }]) => (short === undefined ? [] : [{ value: `-${short}`, means }])),
    ...long,
  ];
}

/** The flag of this word, where its value is the next word. */
function awaited(word: string, rows: CommandRow['flags']): FoundFlag | undefined {
  const { long, short } = flagsOf(rows);
  if (word.startsWith('--')) {
    const flag = word.includes('=') ? undefined : long.get(word.slice(2));
    return flag && flag.row.kind.arity !== 'switch' ? flag : undefined;
  }
  for (let i = 1; i < word.length; i++) {
    const flag = short.get(word.charAt(i));
    if (!flag) return undefined;
    if (flag.row.kind.arity !== 'switch') return i === word.length - 1 ? flag : undefined;
  }
  return undefined;
}

/** What the values of these flags name on the engine. */
const named: Readonly<Record<string, Completion['names']>> = {
  network: 'network',
  'network-add': 'network',
  'network-rm': 'network',
  'volumes-from': 'container',
  volume: 'volume',
  link: 'container',
  'cache-from': 'image',
};

function valueOffer(name: string, { kind, means }: FlagRow): Offer {
  const words = (kind.words ?? []).filter((word) => word !== '');
  const names = Object.hasOwn(named, name) ? named[name] : undefined;
  return { candidates: words.map((value) => ({ value, means })), ...(names && { names }) };
}

function operandOffer(row: CommandRow, before: number): Offer {
  if (row.operands.length === 0) return nothing;
  const operand = row.operands[operandAt(row, before, before + 1)];
  const fits = before === 0 || operand?.arity === 'many' || operand?.arity === 'any' || before < row.operands.length;
  if (!operand || !fits) return nothing;
  const words = (operand.kind?.words ?? []).filter((word) => word !== '');
  return {
    candidates: words.map((value) => ({ value, means: operand.means })),
    ...(operand.names && { names: operand.names }),
  };
}

/** The words of the last command, the last of them perhaps empty; quotes and escapes taken off. */
function lastCommand(text: string): readonly Written[] {
  let words: Written[] = [];
  let word: { text: string; start: number } | undefined;
  let quoted = '';
  const add = (sign: string, at: number): void => {
    word ??= { text: '', start: at };
    word.text += sign;
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (quoted !== '') {
      if (sign === quoted) quoted = '';
      else add(sign, at);
    } else if (sign === '"' || sign === "'") {
      add('', at);
      quoted = sign;
    } else if (sign === '\\') {
      add(text.charAt(++at), at - 1);
    } else if (/[\s;|&()`\n]/.test(sign)) {
      if (word) words.push(word);
      word = undefined;
      // a new command begins
      if (!/[ \t]/.test(sign)) words = [];
    } else add(sign, at);
  }
  return [...words, word ?? { text: '', start: text.length }];
}

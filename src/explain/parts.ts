/** What each part of a docker command means. */
import type { Command, Part, Span } from '../command/command.ts';
import type { Recognised } from '../command/parse.ts';
import { commandsOf, flagRowOf, flagsOf, usageOf } from '../command/rows.ts';
import { hideInValue, hideSecretsIn, inItsPlace } from '../secret.ts';
import type { ParsedItem } from '../command/shell/script.ts';
import type { FlagRow, Operand } from '../command/table.ts';
import { globalFlags } from '../command/tables/globals.ts';
import { imagePart } from './image-words.ts';
import { unknownWords } from './unknown-words.ts';

export interface ExplainedPart extends Span {
  readonly kind: 'program' | 'command' | 'flag' | 'operand' | 'shell';
  /** As it is written. */
  readonly text: string;
  /** `--publish`, `IMAGE`, `container run`. */
  readonly name: string;
  /** Of a flag or operand, after the shell's expansion; null where there is none. */
  readonly value: string | null;
  readonly means: string;
}

/** Of a command, and of what only looks like one: a question for help, a usage line. */
export function partsOf(what: ParsedItem['what'], text: string): readonly ExplainedPart[] {
  if (what.is === 'command') return commandParts(what.command, text);
  if (what.is === 'help' || what.is === 'usage') return [helpPart(what, text), ...usageFlags(what, text)];
  return [];
}

function commandParts(command: Command, text: string): readonly ExplainedPart[] {
  const parts = command.parts.map((part) => ({
    ...base(part, text),
    ...withUnknowns(wordsOf(part, command), part, command, text),
  }));
  return joinArguments(parts);
}

function base({ start, end }: Span, text: string): { start: number; end: number; text: string } {
  return { start, end, text: text.slice(start, end) };
}

/** Says of `$TAG`, `<id>` or `$(…)` in a part what takes its place. */
function withUnknowns(words: Words, part: Part, command: Command, text: string): Words {
  if (part.is !== 'flag' && part.is !== 'operand') return words;
  const more = unknownWords(part, command, text);
  return more === '' ? words : { ...words, means: `${words.means}; ${more}` };
}

type Words = Pick<ExplainedPart, 'kind' | 'name' | 'value' | 'means'>;

function wordsOf(part: Part, command: Command): Words {
  const { row } = command;
  switch (part.is) {
    case 'program':
      return {
        kind: 'program',
        name: 'docker',
        value: null,
        means: 'the client: it asks the engine, which does the work',
      };
    case 'command':
      if (part.group)
        return {
          kind: 'command',
          name: row.name.split(' ')[0] ?? '',
          value: null,
          means: 'a group of commands, with options of its own',
        };
      return { kind: 'command', name: row.name, value: null, means: withReason(row.means, row.refused) };
    case 'end-of-flags':
      return {
        kind: 'flag',
        name: '--',
        value: null,
        means: 'ends the flags: what follows is no flag, even with a dash in front',
      };
    case 'flag':
      return flagWords(part, command);
    case 'operand':
      return operandWords(part, command);
  }
}

function flagWords(part: Extract<Part, { is: 'flag' }>, command: Command): Words {
  const { row } = command;
  const flag = flagRowOf(part, command);
  const value = part.source ?? part.raw ?? null;
  const name = part.name.length === 1 ? `-${part.name}` : `--${part.name}`;
  if (!flag)
    return {
      kind: 'flag',
      name,
      value: value === null ? null : hideInValue(value),
      means: `a flag of docker ${row.name}, which is a plugin with flags of its own`,
    };
  // a variable that is known here was filled in
  const shown = part.source === undefined && value !== null ? shownValue(value, flag) : value;
  return { kind: 'flag', name, value: shown, means: withReason(saidOf(flag, part), flag.refused) };
}

function shownValue(value: string, flag: FlagRow): string {
  return flag.secret ? inItsPlace : hideInValue(value);
}

/** The row's words for this very value; its general ones where the value is not known or says no more. */
function saidOf(flag: FlagRow, part: Extract<Part, { is: 'flag' }>): string {
  if (part.source !== undefined) return flag.means;
  if (flag.kind.arity === 'switch' && part.raw !== undefined && flag.kind.parse(part.raw) === false)
    return `not this: ${flag.means}`;
  if (!flag.says || part.raw === undefined) return flag.means;
  const shown = shownValue(part.raw, flag);
  const values = flag.kind.split ? flag.kind.split(shown) : [shown];
  return values.map((value) => flag.says?.(flag.kind.parse(value)) ?? flag.means).join('; ');
}

function operandWords(part: Extract<Part, { is: 'operand' }>, command: Command): Words {
  const { row } = command;
  const operand = row.operands[part.operand];
  const name = operand?.name ?? 'ARG';
  const general = operand?.means ?? 'handed on as it is';
  const means = part.source === undefined && operand ? operandSays(operand, hideInValue(part.value), command) : general;
  return { kind: 'operand', name, value: part.source ?? hideInValue(part.value), means };
}

function operandSays(operand: Operand, value: string, { row, flags }: Command): string {
  const program = flags['entrypoint'];
  if (operand.name === 'COMMAND' && typeof program === 'string' && program !== '')
    return `what ${hideInValue(program)} is started with: its arguments`;
  if (operand.says) return operand.says(value);
  return operand.names === 'image' ? imagePart(row.name, value, flags['all-tags'] === true) : operand.means;
}

/** The container's own command is one thing: its first word and what follows. */
function joinArguments(parts: readonly ExplainedPart[]): readonly ExplainedPart[] {
  const at = parts.findIndex(({ kind, name }) => kind === 'operand' && name === 'COMMAND');
  const first = parts[at];
  const last = parts.at(-1);
  if (!first || !last || last === first) return parts;
  const rest = parts.slice(at);
  const joined = {
    ...first,
    end: last.end,
    text: rest.map(({ text }) => text).join(' '),
    value: hideSecretsIn(rest.map(({ value }) => value ?? '').join(' ')),
  };
  return [...parts.slice(0, at), joined];
}

function withReason(means: string, refused: string | undefined): string {
  return refused === undefined ? means : `${means} (explained here, not performed: ${refused})`;
}

function helpPart(what: Extract<Recognised, { is: 'help' | 'usage' }>, text: string): ExplainedPart {
  const name = what.of === '' ? 'docker' : `docker ${what.of}`;
  return {
    ...base(what.span, text),
    kind: 'command',
    name: what.of,
    value: null,
    means: what.row ? `${what.row.means}. Usage: ${usageOf(what.row)}` : groupWords(what.of, name),
  };
}

/** Flags that stand in a usage line or beside --help: named, though nothing is performed. */
function usageFlags(
  { row, span }: Extract<Recognised, { is: 'help' | 'usage' }>,
  text: string,
): readonly ExplainedPart[] {
  const found = text.slice(span.start, span.end).matchAll(/(?<=[\s[|(])(--?)([A-Za-z][\w-]*)/g);
  return [...found].flatMap(({ 1: dashes = '', 2: written = '', index }): readonly ExplainedPart[] => {
    const start = span.start + index;
    const part = {
      kind: 'flag',
      start,
      end: start + dashes.length + written.length,
      text: `${dashes}${written}`,
      value: null,
    } as const;
    if (/^(?:h|help)$/.test(written))
      return [{ ...part, name: '--help', means: 'prints how the command is written, and does nothing else' }];
    const rows = row?.flags[written] || dashes === '-' ? row?.flags : undefined;
    const known =
      flagsOf(rows ?? globalFlags)[dashes === '--' ? 'long' : 'short'].get(written) ??
      flagsOf(globalFlags)[dashes === '--' ? 'long' : 'short'].get(written);
    return known ? [{ ...part, name: `--${known.name}`, means: withReason(known.row.means, known.row.refused) }] : [];
  });
}

function groupWords(group: string, name: string): string {
  if (group === '')
    return 'the client alone: it prints its commands. Most used: run, ps, images, pull, build, exec, logs, stop, rm';
  return `a group of commands: ${[...commandsOf(group).keys()].join(', ')}. Each is written ${name} and its name`;
}

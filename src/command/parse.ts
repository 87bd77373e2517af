/** Words to a typed Command, as the docker CLI would understand them. Pure; throws CommandError and nothing else. */
import type { Command, Part, Span, Unknown } from './command.ts';
import {
  calledAs,
  calledGroup,
  countFault,
  deprecations,
  dockerItself,
  flagFault,
  operandFault,
  isPlugin,
  toldFirst,
  unknownCommandFault,
  unknownTopicFault,
  valueFault,
  type Called,
} from './dockers-words.ts';
import { didYouMean } from '../did-you-mean.ts';
import { CommandError } from './errors.ts';
import {
  expandWord,
  plainField,
  sourceOf,
  unknownsOf,
  writtenSource,
  type Field,
  type ShellContext,
} from './shell/expand.ts';
import { ValueError, type Kind } from './kinds.ts';
import { isForeignPlaceholder, isNoName, isPlaceholder, isUsageWord } from './shell/placeholders.ts';
import { quote } from './shell/quote.ts';
import { beginsGroup, commandsOf, findRow, spellingOf, spellings, usageOf } from './rows.ts';
import { scan, type Scanned, type WrittenFlag } from './scan.ts';
import type { CommandRow, FlagRows, Operand } from './table.ts';
import { globalFlags } from './tables/globals.ts';
import { readLine } from './shell/words.ts';

/** What a line that starts with `docker` can be. */
export type Recognised =
  | { readonly is: 'command'; readonly command: Command }
  /** `docker`, `docker --help`, `docker container`, `docker run --help`: `of` is what help is asked for, '' for docker itself. */
  | {
      readonly is: 'help';
      readonly of: string;
      readonly row?: CommandRow;
      readonly span: Span;
      /** Nobody asked: `docker`, `docker container`. Docker writes its help to stderr then. */
      readonly unasked?: true;
    }
  /** A usage line of the documentation: `docker run [OPTIONS] IMAGE`. */
  | { readonly is: 'usage'; readonly of: string; readonly row?: CommandRow; readonly span: Span };

/**
 * One docker command. Text is read as a shell would read it; words are taken as they are, and spans then point into
 * the words joined by blanks. Throws CommandError, also (`not-a-command`) where the text asks for help or is several commands.
 */
export function parseCommand(input: string | readonly string[], context: ShellContext = {}): Command {
  const found = recognise(typeof input === 'string' ? fieldsOf(input, context) : fieldsOfWords(input));
  if (found.is === 'command') return found.command;
  const name = ['docker', found.of].join(' ').trim();
  const message =
    found.is === 'help'
      ? `this asks for help on ${name}; there is nothing to perform`
      : `this is the usage line of ${name}, not a command`;
  throw new CommandError('not-a-command', message, found.span);
}

function fieldsOf(text: string, context: ShellContext): readonly Field[] {
  const { commands } = readLine(text);
  const [first, second] = commands;
  if (first === undefined)
    throw new CommandError('no-command', 'there is no command here', { start: 0, end: text.length });
  if (second)
    throw new CommandError('not-a-command', 'this is more than one command', second, {
      hint: 'give one docker command at a time',
    });
  const redirected = first.redirections[0];
  if (redirected)
    throw new CommandError('not-a-command', `${redirected.operator} is for a shell, not for docker`, redirected, {
      hint: 'leave it out',
    });
  return withoutSudo(first.words.flatMap((word) => expandWord(word, context)));
}

function fieldsOfWords(words: readonly string[]): readonly Field[] {
  let at = 0;
  return words.map((text) => {
    const start = at;
    at += quote(text).length + 1;
    return plainField(text, { start, end: at - 1 });
  });
}

const sudoWithValue = /^-[ugpCRTDhr]$|^--(?:user|group|prompt|chdir|host|role)$/;

/** Drops `sudo`, its flags and assignments. */
export function withoutSudo(fields: readonly Field[]): readonly Field[] {
  if (fields[0]?.text !== 'sudo') return fields;
  let at = 1;
  while (at < fields.length) {
    const text = fields[at]?.text ?? '';
    if (text === '--') return fields.slice(at + 1);
    if (text.startsWith('-')) at += sudoWithValue.test(text) ? 2 : 1;
    else if (/^\w+=/.test(text)) at++;
    else break;
  }
  return fields.slice(at);
}

/** Fields that start with `docker` or `docker-compose`. */
export function recognise(fields: readonly Field[]): Recognised {
  const program = fields[0];
  if (program === undefined) throw new CommandError('no-command', 'there is no command here', { start: 0, end: 0 });
  const name = program.text.replace(/^.*[\\/]/, '').replace(/\.exe$/i, '');
  if (name !== 'docker' && name !== 'docker-compose') throw notDocker(program);
  const rest = fields.slice(1);
  const compose = name === 'docker-compose' ? [{ ...program, text: 'compose' }, ...rest] : rest;
  return afterProgram(program, compose);
}

function notDocker(program: Field): CommandError {
  const near = didYouMean(program.text, ['docker']);
  const hint = near
    ? 'did you mean docker?'
    : findRow(program.text)
      ? `did you mean docker ${program.text}?`
      : 'a line starts with docker';
  return new CommandError('not-docker', `${program.text || 'an empty word'} is not a docker command`, program, {
    hint,
  });
}

function afterProgram(program: Field, fields: readonly Field[]): Recognised {
  const first = scan(fields, {
    flags: globalFlags,
    stopAtOperand: true,
    keepElided: true,
    command: 'docker',
    called: dockerItself,
  });
  const last = fields.at(-1) ?? program;
  const span = { start: program.start, end: last.end };
  if (first.operands.some((field) => isUsageWord(field)) && !findRow(first.operands[0]?.text ?? '')) {
    const named = first.operands
      .filter((field) => !isUsageWord(field) && !isPlaceholder(field))
      .map((field) => field.text);
    const row = findRow(named.slice(0, 2).join(' ')) ?? findRow(named[0] ?? '');
    return { is: 'usage', of: row?.name ?? named.join(' '), ...(row && { row }), span };
  }
  const words = first.operands[0]?.text === 'help' ? first.operands.slice(1) : first.operands;
  const version = first.flags.find((flag) => flag.name === 'version');
  if (version && words.length === 0) return versionAsCommand(program, version);
  const asked = first.help !== undefined || words !== first.operands;
  if (words.length === 0) return { is: 'help', of: '', span, ...(!asked && { unasked: true }) };
  const { row, used, group, options, help } = resolved(words, words !== first.operands);
  if (row === undefined) {
    const isBare = !asked && words.length === group.split(' ').length && !isPlugin(group);
    return { is: 'help', of: group, span, ...(isBare && { unasked: true }) };
  }
  if (asked || help) return { is: 'help', of: row.name, row, span };
  return parseRow(row, {
    program,
    span,
    globals: first.flags,
    group: options?.flags ?? [],
    ...(options ?? { words: words.slice(0, used), rest: words.slice(used) }),
  });
}

/** `docker --version` prints one line; `docker version` says the same and more. */
function versionAsCommand(program: Field, flag: WrittenFlag): Recognised {
  return {
    is: 'help',
    of: 'version',
    ...(findRow('version') && { row: findRow('version') as CommandRow }),
    span: { start: program.start, end: flag.end },
  };
}

interface Resolved {
  readonly row?: CommandRow;
  readonly used: number;
  /** `compose help up`: help on the row is asked for. */
  readonly help?: true;
  /** Where the words name a management command alone. */
  readonly group: string;
  /** Where options of the group stand between its name and the command's. */
  readonly options?: GroupOptions;
}

interface GroupOptions {
  readonly flags: readonly WrittenFlag[];
  readonly words: readonly Field[];
  readonly rest: readonly Field[];
}

/** @param isTopic the words follow `docker help` */
function resolved(words: readonly Field[], isTopic: boolean): Resolved {
  try {
    return resolve(words);
  } catch (error) {
    if (!isTopic || !(error instanceof CommandError)) throw error;
    const { code, message, span, hint } = error;
    throw new CommandError(code, message, span, { hint, docker: unknownTopicFault(words.map(({ text }) => text)) });
  }
}

/** The longest spelling the words begin with. */
function resolve(words: readonly Field[]): Resolved {
  const most = beginsGroup(words[0]?.text ?? '') ? Math.min(3, words.length) : 1;
  for (let used = most; used > 0; used--) {
    const spelling = words
      .slice(0, used)
      .map((word) => word.text)
      .join(' ');
    const row = findRow(spelling);
    if (row) return { row, used, group: '' };
    const inside = commandsOf(spelling);
    if (inside.size === 0) continue;
    const next = words[used];
    if (next?.text === 'help') {
      const about = inside.get(words[used + 1]?.text ?? '');
      return about ? { row: about, used, group: '', help: true } : { used, group: spelling };
    }
    const rows = [...inside.values()][0]?.groupFlags?.();
    if (rows && next?.text.startsWith('-')) return afterGroupOptions(words, used, spelling, rows);
    if (next === undefined || next.text === '--help' || next.text === '-h' || isUsageWord(next) || isPlaceholder(next))
      return { used, group: spelling };
    throw unknownCommand(next, spelling, inside.keys());
  }
  const first = words[0] as Field;
  const tops = [...spellings().keys()].map((name) => name.split(' ')[0] ?? '');
  throw unknownCommand(first, '', new Set(tops));
}

/** `compose -f x up`: the group's options end at the command's name. */
function afterGroupOptions(words: readonly Field[], used: number, group: string, rows: FlagRows): Resolved {
  const scanned = scan(words.slice(used), {
    flags: rows,
    stopAtOperand: true,
    keepElided: true,
    command: `docker ${group}`,
    called: calledGroup(group),
  });
  const [next, ...rest] = scanned.operands;
  const version = scanned.flags.some(({ name }) => name === 'version') ? commandsOf(group).get('version') : undefined;
  if (version && next === undefined)
    return { row: version, used, group, options: { flags: [], words: words.slice(0, used), rest: [] } };
  if (next === undefined || scanned.help || isUsageWord(next) || isPlaceholder(next)) return { used, group };
  const row = commandsOf(group).get(next.text);
  if (!row) throw unknownCommand(next, group, commandsOf(group).keys());
  return { row, used, group, options: { flags: scanned.flags, words: [...words.slice(0, used), next], rest } };
}

function unknownCommand(word: Field, group: string, known: Iterable<string>): CommandError {
  const program = group === '' ? 'docker' : `docker ${group}`;
  if (word.text.startsWith('-'))
    return new CommandError('unknown-flag', `${program} has no flag ${word.text}`, word, {
      hint: `a command follows ${program}`,
      docker: flagFault(`unknown flag: ${word.text}`, calledGroup(group)),
    });
  const near = didYouMean(word.text, known);
  const hint = near === undefined ? `${program} --help lists the commands` : `did you mean ${program} ${near}?`;
  const name = [group, word.text].join(' ').trim();
  const docker = unknownCommandFault(name, group);
  return new CommandError('unknown-command', `docker has no command ${name}`, word, { hint, docker });
}

interface Pieces {
  readonly program: Field;
  readonly span: Span;
  readonly globals: readonly WrittenFlag[];
  /** Options of the group, between its name and the command's. */
  readonly group: readonly WrittenFlag[];
  readonly words: readonly Field[];
  readonly rest: readonly Field[];
}

function parseRow(row: CommandRow, pieces: Pieces): Recognised {
  const { span } = pieces;
  // In the container's own command, brackets are its business.
  const ours = row.flagsEndAtOperand ? pieces.rest.slice(0, 4) : pieces.rest;
  if (ours.some((field) => isUsageWord(field))) return { is: 'usage', of: row.name, row, span };
  const command = pieces.words.map((word) => word.text).join(' ');
  const called = calledAs(row, command);
  const options = {
    called,
    flags: row.flags,
    stopAtOperand: row.flagsEndAtOperand === true,
    anyFlags: row.anyFlags === true,
    command: `docker ${command}`,
    check: (flag: WrittenFlag) => {
      if (isTaken(flag)) return;
      const fault = faultOf(() => readFlag(flag, { command: row.name, called }));
      if (fault?.docker?.when === 'flags are read') throw fault;
    },
  };
  const scanned = scan(pieces.rest, options);
  if (scanned.help) return { is: 'help', of: row.name, row, span };
  checkCount(row, scanned, span, called);
  return { is: 'command', command: assemble(row, pieces, scanned, called) };
}

function checkCount(row: CommandRow, scanned: Scanned, span: Span, called: Called | undefined): void {
  const least = row.operands.filter((operand) => operand.arity === 'one' || operand.arity === 'many').length;
  const open = row.operands.some((operand) => operand.arity === 'many' || operand.arity === 'any');
  const most = open ? Number.POSITIVE_INFINITY : row.operands.length;
  const count = scanned.operands.length;
  const hint = `usage: ${usageOf(row)}`;
  const name = `docker ${spellingOf(row)}`;
  const given = scanned.operands.map(({ text }) => text);
  const fault = countFault(least, most, given, called);
  const docker = fault && { ...fault, stdout: deprecations(scanned.flags) };
  if (count < least && scanned.elided.length === 0 && !row.anyFlags) {
    const missing = row.operands.filter((operand) => operand.arity === 'one' || operand.arity === 'many')[count];
    throw new CommandError(
      'too-few-operands',
      `${name} needs ${missing?.name ?? 'more'}`,
      { start: span.end, end: span.end },
      { hint: missing?.forgotten ?? hint, command: row.name, docker },
    );
  }
  const extra = scanned.operands[most];
  if (extra === undefined) return;
  const takes = most === 0 ? 'takes nothing after its flags' : `takes ${String(most)} at most`;
  throw new CommandError('too-many-operands', `${name} ${takes}, and "${extra.text}" is one more`, extra, {
    hint,
    command: row.name,
    docker,
  });
}

function assemble(row: CommandRow, pieces: Pieces, scanned: Scanned, called: Called | undefined): Command {
  const parts: Part[] = [{ is: 'program', start: pieces.program.start, end: pieces.program.end }];
  const unknowns: Unknown[] = scanned.elided.map((field) => ({
    text: field.text,
    why: 'placeholder',
    start: field.start,
    end: field.end,
  }));
  const globals: Record<string, string> = {};
  for (const flag of pieces.globals) {
    const { part } = readFlag(flag, { command: 'docker', unknowns, called: dockerItself });
    globals[flag.name] = flag.raw;
    parts.push({ ...part, global: true });
  }
  const group = new Map<string, unknown>();
  for (const flag of pieces.group) {
    const { values, part } = readFlag(flag, { command: row.name, unknowns, called: calledGroup('compose') });
    addValue(group, flag, values);
    parts.push({ ...part, group: true });
  }
  parts.push(...commandParts(pieces));
  const flags = new Map<string, unknown>();
  const on = new Set(scanned.flags.filter(({ raw }) => raw !== 'false').map(({ name }) => name));
  const faults: CommandError[] = [];
  const reading = (read: () => void): void => {
    const fault = faultOf(read);
    if (fault) faults.push(fault);
  };
  for (const flag of scanned.flags)
    reading(() => {
      const { values, part } = readFlag(flag, { command: row.name, unknowns, called, on });
      addValue(flags, flag, values);
      parts.push(part);
    });
  if (scanned.endOfFlags)
    parts.push({ is: 'end-of-flags', start: scanned.endOfFlags.start, end: scanned.endOfFlags.end });
  for (const [index, field] of scanned.operands.entries())
    reading(() => parts.push(operandPart(row, index, scanned.operands, field, unknowns, called)));
  const fault = toldFirst(faults);
  if (fault) throw toldAfter(fault, saidBeforeAsking(row.name, scanned.operands, on));
  const warnings = deprecations(scanned.flags);
  parts.sort((a, b) => a.start - b.start);
  return {
    row,
    flags: Object.fromEntries(flags),
    group: Object.fromEntries(group),
    globals,
    operands: scanned.operands.map((field) => field.text),
    parts,
    ...(warnings !== '' && { deprecations: warnings }),
    unknowns: unknowns.sort((a, b) => a.start - b.start),
  };
}

/** @param stdout what docker has printed by the time that the engine refuses */
function toldAfter(fault: CommandError, stdout: string): CommandError {
  const { docker, message, span, hint, command } = fault;
  if (stdout === '' || docker?.when !== 'the engine is asked') return fault;
  return new CommandError(fault.code, message, span, {
    hint,
    ...(command !== undefined && { command }),
    docker: { ...docker, stdout },
  });
}

/** docker pull says which tag it takes where none is written. */
function saidBeforeAsking(name: string, [image]: readonly Field[], on: ReadonlySet<string>): string {
  const said = name === 'image pull' && !on.has('quiet') && !on.has('all-tags');
  return said && image && !/[:@][^/]*$/.test(image.text) ? 'Using default tag: latest\n' : '';
}

/** One part, or two where options of the group stand between its words. */
function commandParts({ words, group }: Pieces): readonly Part[] {
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last) return [];
  if (group.length === 0) return [{ is: 'command', start: first.start, end: last.end }];
  return [
    { is: 'command', group: true, start: first.start, end: words.at(-2)?.end ?? first.end },
    { is: 'command', start: last.start, end: last.end },
  ];
}

type FlagPart = Extract<Part, { is: 'flag' }>;

function isTaken({ row: { kind }, raw }: WrittenFlag): boolean {
  try {
    valuesOf(kind, raw);
    return true;
  } catch (error) {
    if (error instanceof ValueError) return false;
    throw error;
  }
}

function valuesOf(kind: Kind<unknown>, raw: string): readonly unknown[] {
  return kind.split ? kind.split(raw).map((text) => kind.parse(text)) : [kind.parse(raw)];
}

interface Reading {
  readonly command: string;
  readonly called: Called | undefined;
  /** Added to, where the value is not known yet. */
  readonly unknowns?: Unknown[];
  /** The flags of the line that are switched on. */
  readonly on?: ReadonlySet<string>;
}

/** The value or values of one written flag, none where its text is not known yet, and its part of the line. */
function readFlag(
  flag: WrittenFlag,
  { command, called, unknowns = [], on = new Set() }: Reading,
): { values: readonly unknown[]; part: FlagPart } {
  const { field, index } = flag.from ?? {};
  const found = field ? unknownsOf(field, index) : [];
  unknowns.push(...found);
  const part: FlagPart = {
    is: 'flag',
    name: flag.name,
    ...(flag.from && { raw: flag.raw, at: { start: flag.value.start, end: flag.value.end } }),
    start: flag.start,
    end: flag.end,
  };
  const open = field && found.length > 0 ? { ...part, source: sourceOf(field, index) } : part;
  try {
    return { values: valuesOf(flag.row.kind, flag.raw), part: open };
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    if (found.length > 0) return { values: [], part: open };
    if (field && isPlaceholder({ ...field, text: flag.raw })) {
      unknowns.push({ text: flag.raw, why: 'placeholder', start: flag.value.start, end: flag.value.end });
      return { values: [], part: { ...part, source: writtenSource(field, index) } };
    }
    const shown = flag.row.short === undefined ? `--${flag.name}` : `-${flag.row.short}, --${flag.name}`;
    const docker = valueFault(error.docker, flag, called, on);
    throw new CommandError('bad-value', `${shown}: ${error.message}`, flag.value, {
      hint: error.hint,
      command,
      docker,
    });
  }
}

function addValue(flags: Map<string, unknown>, flag: WrittenFlag, values: readonly unknown[]): void {
  if (flag.row.kind.arity === 'many') {
    const known = flags.get(flag.name) as unknown[] | undefined;
    if (known) known.push(...values);
    else flags.set(flag.name, [...values]);
  } else if (values.length > 0) flags.set(flag.name, values.at(-1));
  else flags.delete(flag.name);
}

function operandPart(
  row: CommandRow,
  position: number,
  all: readonly Field[],
  field: Field,
  unknowns: Unknown[],
  called: Called | undefined,
): Part {
  const operand = row.operands.length === 0 ? 0 : operandAt(row, position, all.length);
  const definition = row.operands[operand];
  const open = unknownsOf(field);
  const placeholder = open.length === 0 && isPlaceholderFor(definition, field);
  unknowns.push(...open);
  const check = (): void => {
    if (definition?.kind) checkOperand(row, definition.name, definition.kind.parse, field, called);
  };
  if (placeholder)
    unknowns.push({
      text: field.text,
      why: 'placeholder',
      start: field.start,
      end: field.end,
      docker: faultOf(check)?.docker,
    });
  const part: Part = { is: 'operand', operand, value: field.text, start: field.start, end: field.end };
  if (open.length > 0) return { ...part, source: sourceOf(field) };
  if (placeholder) return { ...part, source: writtenSource(field) };
  const fault = faultOf(check);
  if (!fault) return part;
  if (definition?.names !== 'image' || !isForeignPlaceholder(field)) throw fault;
  unknowns.push({ text: field.text, why: 'placeholder', start: field.start, end: field.end, docker: fault.docker });
  return { ...part, source: writtenSource(field) };
}

function faultOf(check: () => void): CommandError | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
}

function isPlaceholderFor(definition: Operand | undefined, field: Field): boolean {
  if (definition?.names === undefined) return false;
  return isPlaceholder(field) || (definition.names !== 'path' && isNoName(field));
}

function checkOperand(
  row: CommandRow,
  name: string,
  parse: (raw: string) => unknown,
  field: Field,
  called: Called | undefined,
): void {
  try {
    parse(field.text);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const docker = operandFault(error.docker, field.text, called);
    throw new CommandError('bad-value', `${name}: ${error.message}`, field, {
      hint: error.hint,
      command: row.name,
      docker,
    });
  }
}

/** Which of the row's operands the word at this position is, from the left, leaving enough for those that must follow. */
export function operandAt(row: CommandRow, position: number, count: number): number {
  let taken = 0;
  for (const [index, operand] of row.operands.entries()) {
    const later = row.operands.slice(index + 1).filter(({ arity }) => arity === 'one' || arity === 'many').length;
    const free = count - taken - later;
    const takes =
      operand.arity === 'one' ? 1 : operand.arity === 'optional' ? Math.min(1, Math.max(0, free)) : Math.max(0, free);
    if (position < taken + takes) return index;
    taken += takes;
  }
  return row.operands.length - 1;
}

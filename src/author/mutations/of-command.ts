/** A command done wrong in one place: a flag left out, another value, another thing. Made from its parts and its row. Pure. */
import type { Command, Part } from '../../command/command.ts';
import { format } from '../../command/format.ts';
import { operandAt } from '../../command/parse.ts';
import { flagRowOf, isCommand } from '../../command/rows.ts';
import { containerExec, containerRestart, containerRun, containerStart } from '../../command/tables/container.ts';
import { sameCommand } from '../../practice/same-command.ts';
import { changedValues, otherTag, otherText, type Others, type ThingKind } from './changed-value.ts';

/** Lines in place of one. */
export interface ChangedLine {
  /** What is wrong with it, as an author writes it: `without --detach`, `--publish 8080`, `CONTAINER other`. */
  readonly change: string;
  readonly lines: readonly string[];
  /** Puts right what the lines did, where removing what they made does not. */
  readonly restore?: string;
}

export interface Known extends Others {
  /** Reads a line as the lesson's own are read. @throws where docker would not take it */
  read(line: string): Command;
  /** It is to end with an exit code other than 0. */
  readonly fails: boolean;
}

/** Each of them is another command than the given, and one that docker takes. */
export function changedLines(command: Command, known: Known): readonly ChangedLine[] {
  const line = format(command);
  const found = [
    ...command.parts.flatMap((part, at) =>
      part.is === 'flag' && !part.global ? flagChanges(part, at, command, known) : [],
    ),
    ...operandChanges(command, known),
    ...programChanges(command),
  ].map(({ change, parts }) => ({ change, lines: [format({ ...command, parts })] }));
  return distinct([
    ...found.filter(({ lines }) => lines.every((text) => isOther(text, command, known))),
    ...stoppedAfter(command).map((stop) => ({ change: `then ${stop}`, lines: [line, stop] })),
    ...pausedBefore(command, known).map(({ pause, unpause }) => ({
      change: `after ${pause}`,
      lines: [pause, line],
      restore: unpause,
    })),
  ]);
}

interface Changed {
  readonly change: string;
  readonly parts: readonly Part[];
}

type FlagPart = Extract<Part, { is: 'flag' }>;

function flagChanges(part: FlagPart, at: number, command: Command, known: Known): readonly Changed[] {
  const row = flagRowOf(part, command);
  if (row === undefined) return [];
  const { parts } = command;
  const several = parts.filter((one) => one.is === 'flag' && one.name === part.name).length > 1;
  const written = several && part.raw !== undefined ? ` ${part.raw}` : '';
  return [
    { change: `without --${part.name}${written}`, parts: parts.toSpliced(at, 1) },
    ...(part.raw === undefined ? [] : valuesOf(row, part.raw, known)).map((raw) => ({
      change: `--${part.name} ${raw}`,
      parts: parts.with(at, flagWith(part, raw)),
    })),
  ];
}

function valuesOf(row: NonNullable<ReturnType<typeof flagRowOf>>, raw: string, known: Known): readonly string[] {
  try {
    return changedValues(row.kind, raw, known);
  } catch {
    // part of a line that is not known before it is performed
    return [];
  }
}

function flagWith({ is, name, global, group, start, end }: FlagPart, raw: string): FlagPart {
  return { is, name, raw, start, end, ...(global && { global }), ...(group && { group }) };
}

/** Operands by their place in `parts`, up to where a program of the container begins. */
function operandsOf(
  command: Command,
): readonly { readonly at: number; readonly value: string; readonly index: number }[] {
  const found = command.parts.flatMap((part, at) => (part.is === 'operand' ? [{ at, value: part.value }] : []));
  return found
    .map((one, position) => ({ ...one, index: operandAt(command.row, position, found.length) }))
    .filter(({ index }) => index < programIndex(command));
}

/** Of the operand that is a program for the container. */
function programIndex({ row }: Command): number {
  const at = row.operands.findIndex(({ name }) => name === 'COMMAND');
  return at === -1 ? row.operands.length : at;
}

function operandChanges(command: Command, known: Known): readonly Changed[] {
  const { row, parts } = command;
  return operandsOf(command).flatMap(({ at, value, index }) => {
    const operand = row.operands[index];
    if (operand === undefined) return [];
    const mayGo = operand.arity !== 'one';
    return [
      ...(mayGo ? [{ change: `without ${value}`, parts: parts.toSpliced(at, 1) }] : []),
      ...otherOperands(operand, value, command, known).map((text) => ({
        change: `${operand.name} ${text}`,
        parts: parts.with(at, { is: 'operand', operand: index, value: text, start: 0, end: 0 }),
      })),
    ];
  });
}

const things: ReadonlySet<string> = new Set<ThingKind>(['container', 'image', 'network', 'volume']);

function otherOperands(
  { names, kind, name }: Command['row']['operands'][number],
  value: string,
  { row }: Command,
  { other }: Known,
): readonly string[] {
  // the folder of the lesson: there is no other
  if (value === '.' || value === '-') return [];
  if (names !== undefined && things.has(names) && !makes(row)) {
    const there = other(names as ThingKind, value);
    // what is not there is refused, whatever the step claims
    return there === undefined ? [] : [there];
  }
  if (names === 'image' || /IMAGE/.test(name)) return [otherTag(value)];
  const word = kind?.words?.find((one) => one !== value && one !== '');
  return word === undefined ? otherText(value) : [word];
}

/** Its operands name what it makes. */
function makes({ name }: Command['row']): boolean {
  return /(?:^| )(?:create|tag|rename|commit|import)$/.test(name) && name !== 'container create';
}

/** Another program in the container: one that does nothing. */
function programChanges(command: Command): readonly Changed[] {
  const { row, parts } = command;
  const index = programIndex(command);
  const operand = row.operands[index];
  if (operand === undefined || row.flagsEndAtOperand !== true) return [];
  const before = operandsOf(command).length;
  const operands = parts.filter((part) => part.is === 'operand');
  const rest = parts.filter((part) => part.is !== 'operand');
  const kept = [...rest, ...operands.slice(0, before)];
  const idle: Part = { is: 'operand', operand: index, value: idleProgram, start: 0, end: 0 };
  return [{ change: `${operand.name} ${idleProgram}`, parts: [...kept, idle] }];
}

/** Does nothing, and ends with exit code 0. */
export const idleProgram = 'true';

/** What was started has ended again: what is claimed of it is to be seen, not only that it was started. */
function stoppedAfter(command: Command): readonly string[] {
  const { row, operands } = command;
  if (isCommand(command, containerRun))
    return command.flags.detach === true && command.flags.name !== undefined
      ? [`docker kill ${command.flags.name}`]
      : [];
  if (row === (containerStart as unknown) || row === (containerRestart as unknown))
    return operands.map((name) => `docker kill ${name}`);
  if (
    /^compose (?:up|start|restart)$/.test(row.name) &&
    (row.name !== 'compose up' || command.flags['detach'] === true)
  ) {
    const group = command.parts.filter((part) => part.is === 'flag' && part.group === true);
    return [format({ ...command, parts: group }).replace(/(?:up|start|restart)$/, 'kill')];
  }
  return [];
}

/** What is to be refused is refused for another reason, too: the container does not run. */
function pausedBefore(
  command: Command,
  { fails }: Known,
): readonly { readonly pause: string; readonly unpause: string }[] {
  const [name] = command.operands;
  if (!fails || name === undefined || !isCommand(command, containerExec)) return [];
  return [{ pause: `docker pause ${name}`, unpause: `docker unpause ${name}` }];
}

/** Whether the line is one that docker takes, and means something else. */
function isOther(line: string, command: Command, { read }: Known): boolean {
  try {
    return !sameCommand(read(line), command);
  } catch {
    return false;
  }
}

function distinct(found: readonly ChangedLine[]): readonly ChangedLine[] {
  return [...new Map(found.map((one) => [one.lines.join('\n'), one])).values()];
}

/** Whether two command lines are the same Command, however they are written. Pure. */
import type { Command } from '../command/command.ts';
import { operandAt } from '../command/parse.ts';
import { canonical } from '../image-name.ts';

/** `docker run -p 80:80 -d web` and `docker container run --detach --publish=80:80 web:latest` are. */
export function sameCommand(one: Command, other: Command): boolean {
  return (
    one.row === other.row &&
    sameFlags(one, other) &&
    sameValue(one.group, other.group) &&
    sameValue(one.globals, other.globals) &&
    one.operands.length === other.operands.length &&
    one.operands.every((_, i) => sameOperand(one, other, i))
  );
}

/** What a flag of a command is set to: undefined where it is not written, or written as what it is anyway. */
export function flagOf({ flags, row }: Command, name: string): unknown {
  const value: unknown = flags[name];
  if (value === undefined || value === false) return undefined;
  return typeof value !== 'object' && `${value as string | number | true}` === row.flags[name]?.default
    ? undefined
    : value;
}

export function namesOfFlags(...commands: readonly Command[]): readonly string[] {
  return [...new Set(commands.flatMap(({ flags }) => Object.keys(flags)))];
}

function sameFlags(one: Command, other: Command): boolean {
  return namesOfFlags(one, other).every((name) => sameValue(flagOf(one, name), flagOf(other, name)));
}

/** What may be repeated may be written in any order. */
export function sameValue(one: unknown, other: unknown): boolean {
  return sorted(one) === sorted(other);
}

function sorted(value: unknown): string {
  return Array.isArray(value) ? JSON.stringify(value.map(meant).sort()) : meant(value);
}

/** Of an image its whole name: `demo` and `demo:latest` are one. */
function meant(value: unknown): string {
  const isImageName = typeof value === 'object' && value !== null && 'familiar' in value;
  return JSON.stringify(isImageName ? canonical(String(value.familiar)) : value) ?? '';
}

export function sameOperand(one: Command, other: Command, at: number): boolean {
  const [mine = '', theirs = ''] = [one.operands[at], other.operands[at]];
  return mine === theirs || (isImage(one, at) && canonical(mine) === canonical(theirs));
}

function isImage({ row, operands }: Command, at: number): boolean {
  return row.operands[operandAt(row, at, operands.length)]?.names === 'image';
}

/** What the rows of flags have to say of their mistakes, where a line makes them. */
import type { Command, Part } from '../command/command.ts';
import { flagRowOf } from '../command/rows.ts';
import type { FlagLine, FlagRow } from '../command/table.ts';

type FlagPart = Extract<Part, { is: 'flag' }>;

/** @param text that the parts of the command point into */
export function flagPitfalls(command: Command, text: string): readonly string[] {
  const flags = command.parts.filter((part) => part.is === 'flag');
  return flags.flatMap((part) => {
    const row = flagRowOf(part, command);
    if (!row || isOff(row, part)) return [];
    return [
      ...(row.pitfall === undefined ? [] : [`--${part.name}: ${row.pitfall}`]),
      ...minded(row, part, flags, text),
    ];
  });
}

/** `--rm=false` */
function isOff({ kind }: FlagRow, { raw }: FlagPart): boolean {
  return kind.arity === 'switch' && raw !== undefined && !/^(?:1|t|true)$/i.test(raw);
}

/** Nothing is minded of a value that is not known yet. */
function minded(row: FlagRow, part: FlagPart, flags: readonly FlagPart[], text: string): readonly string[] {
  if (!row.minds || part.source !== undefined) return [];
  const { raw = 'true' } = part;
  const line = lineOf(part, flags, text);
  const values = row.kind.split ? row.kind.split(raw) : [raw];
  return values.flatMap((value) => row.minds?.(row.kind.parse(value), line) ?? []);
}

/** The flags that stand beside this one: docker's own, a group's and a command's are apart. */
function lineOf({ global, group, start, end }: FlagPart, flags: readonly FlagPart[], text: string): FlagLine {
  const beside = flags.filter((other) => other.global === global && other.group === group);
  return {
    written: text.slice(start, end),
    has: (name, value) =>
      beside.some(
        (other) =>
          other.name === name &&
          (value === undefined ? !/^(?:0|f|false)$/i.test(other.raw ?? '') : other.raw === value),
      ),
  };
}

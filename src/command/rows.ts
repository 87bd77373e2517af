/** Finding the row of a command by any of its spellings. */
import type { Command, Part } from './command.ts';
import { once } from '../once.ts';
import type { CommandRow, FlagRow, FlagRows } from './table.ts';
import { globalFlags } from './tables/globals.ts';
import { tables } from './tables/tables.ts';
import type { Table } from './tables/tables.ts';

export function allRows(): readonly CommandRow[] {
  return tables.flatMap((table) => table.rows());
}

/** By name or alias, without `docker`: `run`, `container run`, `image remove`. */
export function findRow(spelling: string): CommandRow | undefined {
  const blank = spelling.indexOf(' ');
  for (const table of blank < 0 ? tables : tablesOf(spelling.slice(0, blank))) {
    const row = table.spellings().get(spelling);
    if (row) return row;
  }
  return undefined;
}

/** Every spelling of every command. */
export const spellings = once(
  (): ReadonlyMap<string, CommandRow> => new Map(tables.flatMap((table) => [...table.spellings()])),
);

/** Whether longer spellings begin with this word: `container`, `compose`, `buildx`. */
export function beginsGroup(word: string): boolean {
  return tablesOf(word).length > 0;
}

function tablesOf(group: string): readonly Table[] {
  return tables.filter(({ groups }) => groups.includes(group));
}

/** The commands of a management group (`container`, `trust key`): their last words, with their rows. Empty where there is no such group. */
export function commandsOf(group: string): ReadonlyMap<string, CommandRow> {
  const prefix = `${group} `;
  const named = tablesOf(group.split(' ')[0] ?? '').flatMap((table) => [...table.spellings()]);
  const inside = named.filter(([name]) => name.startsWith(prefix));
  return new Map(inside.map(([name, row]) => [name.slice(prefix.length), row]));
}

/** Narrows a command to the row of its table, so that its flags are typed. */
export function isCommand<F extends FlagRows>(command: Command, row: CommandRow<F>): command is Command<F> {
  return (command.row as unknown) === row;
}

/** `docker run [OPTIONS] IMAGE [COMMAND] [ARG...]` */
export function usageOf(row: CommandRow): string {
  if (row.usage !== undefined) return ['docker', spellingOf(row), row.usage].join(' ').trim();
  const operands = row.operands.map(({ name, arity }) => {
    if (arity === 'one') return name;
    if (arity === 'many') return `${name} [${name}...]`;
    return arity === 'optional' ? `[${name}]` : `[${name}...]`;
  });
  const options = Object.keys(row.flags).length > 0 || row.anyFlags ? ['[OPTIONS]'] : [];
  return ['docker', spellingOf(row), ...options, ...operands].join(' ');
}

/** The spelling people write: the short one (`run`) where there is one, else the name. */
export function spellingOf(row: CommandRow): string {
  const first = row.aliases[0];
  return first !== undefined && !first.includes(' ') ? first : row.name;
}

export interface FoundFlag {
  readonly name: string;
  readonly row: FlagRow;
  /** The older spelling that it was found by. */
  readonly alias?: string;
}

interface FlagIndex {
  readonly long: ReadonlyMap<string, FoundFlag>;
  readonly short: ReadonlyMap<string, FoundFlag>;
}

const flagIndexes = new WeakMap<FlagRows, FlagIndex>();

/** A command's flags by long name (older spellings too) and by letter. */
export function flagsOf(rows: FlagRows): FlagIndex {
  const known = flagIndexes.get(rows);
  if (known) return known;
  const found = Object.entries(rows).map(([name, row]) => ({ name, row }));
  const long = new Map<string, FoundFlag>(
    found.flatMap((flag) => [
      [flag.name, flag] as const,
      ...(flag.row.aliases ?? []).map((alias) => [alias, { ...flag, alias }] as const),
    ]),
  );
  const short = new Map(
    found.flatMap((flag) => (flag.row.short === undefined ? [] : [[flag.row.short, flag] as const])),
  );
  const made = { long, short };
  flagIndexes.set(rows, made);
  return made;
}

/** The row of a flag that was written; undefined for one of a plugin that has flags of its own. */
export function flagRowOf(part: Extract<Part, { is: 'flag' }>, { row }: Command): FlagRow | undefined {
  const rows: FlagRows | undefined = part.global ? globalFlags : part.group ? row.groupFlags?.() : row.flags;
  return rows?.[part.name];
}

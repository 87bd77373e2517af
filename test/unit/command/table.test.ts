/** A row is what its table wrote of it, and every field of it. */
import { expect, test, vi } from 'vitest';
import { commandRow, flag } from '../../../src/command/table.ts';
import type { CommandRow, WrittenRow } from '../../../src/command/table.ts';
import { bool, string } from '../../../src/command/values/basic.ts';

const flags = { quiet: flag({ kind: bool, short: 'q', lands: 'client', means: 'print ids only' }) };
const groupFlags = () => ({ file: flag({ kind: string, lands: 'client', means: 'the file' }) });

/** One with a value for every field there is: a new field is missing here until it is given one. */
const written: Required<WrittenRow> = {
  name: 'thing ls',
  aliases: ['things'],
  means: 'list the things',
  usage: 'THING|-',
  operands: [{ name: 'THING', means: 'the thing', arity: 'any' }],
  flagsEndAtOperand: true,
  flags: () => flags,
  groupFlags,
  anyFlags: true,
  refused: 'there are none',
};

test('every field of a row arrives', () => {
  const expected: Required<CommandRow> = { ...written, flags };
  expect(commandRow(written)).toEqual(expected);
});

test('a row that is written without aliases has none', () => {
  const { aliases, ...rest } = written;
  expect(aliases).not.toEqual([]);
  expect(commandRow(rest).aliases).toEqual([]);
});

test('flags are made when they are asked for, and once', () => {
  const making = vi.fn(() => flags);
  const row = commandRow({ ...written, flags: making });
  expect(making).not.toHaveBeenCalled();
  expect(row.flags).toBe(row.flags);
  expect(making).toHaveBeenCalledTimes(1);
});

import { expect, test } from 'vitest';
import { tables } from '../../../../src/command/tables/tables.ts';

test.each(tables.map((table) => [table.rows()[0]?.name, table] as const))(
  'the table of %s has the groups of its rows, and no spelling twice',
  (_, { groups, rows, spellings }) => {
    const names = rows().flatMap((row) => [row.name, ...row.aliases]);
    const first = names.filter((name) => name.includes(' ')).map((name) => name.slice(0, name.indexOf(' ')));
    expect([...new Set(first)].sort()).toEqual([...groups].sort());
    expect(spellings().size).toBe(names.length);
  },
);

test('no spelling is in two tables', () => {
  const all = tables.flatMap(({ spellings }) => [...spellings().keys()]);
  expect(new Set(all).size).toBe(all.length);
});

import { expect, test } from 'vitest';
import { families } from '../../../src/command/tables/families.ts';

test.each(families.map((family) => [family.rows()[0]?.name, family] as const))(
  'the family of %s has the groups of its rows, and no spelling twice',
  (_, { groups, rows, spellings }) => {
    const names = rows().flatMap((row) => [row.name, ...row.aliases]);
    const first = names.filter((name) => name.includes(' ')).map((name) => name.slice(0, name.indexOf(' ')));
    expect([...new Set(first)].sort()).toEqual([...groups].sort());
    expect(spellings().size).toBe(names.length);
  },
);

test('no spelling is in two families', () => {
  const all = families.flatMap(({ spellings }) => [...spellings().keys()]);
  expect(new Set(all).size).toBe(all.length);
});

/** Every command that is performed has its plan, in the family that is loaded for it. */
import { expect, test } from 'vitest';
import { allRows } from '../../../src/command/rows.ts';
import { loadFamily } from '../../../src/perform/load-family.ts';
import { familyOf } from '../../../src/plan/families/family.ts';

const performed = allRows().filter(({ refused }) => refused === undefined);

test.each(performed.map((row) => ({ name: row.name, family: familyOf(row) })))(
  'docker $name: $family',
  async ({ name, family }) => {
    expect([...(await loadFamily(family)).keys()]).toContain(name);
  },
);

test('no plan lies in another family, where it would never be found', async () => {
  const names = new Set(performed.map((row) => familyOf(row)));
  for (const family of names)
    for (const name of (await loadFamily(family)).keys())
      expect(`${name}: ${familyOf({ name })}`).toBe(`${name}: ${family}`);
});

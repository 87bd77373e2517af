/** Every command that is performed has its plan, and every plan is that of a command. */
import { expect, test } from 'vitest';
import { allRows } from '../../../src/command/rows.ts';
import { hasPlan, plannerFor } from '../../../src/plans/plan-of.ts';
import { plans } from '../../../src/plans/plans.ts';

const [performed, refused] = [true, false].map((wanted) => allRows().filter((row) => hasPlan(row) === wanted));

test('the map has the commands that are performed, and no other', () => {
  expect(Object.keys(plans).sort()).toEqual(performed?.map(({ name }) => name).sort());
});

test.each(performed ?? [])('the file of docker $name has what performs it', async (row) => {
  expect(await plannerFor(row)).toBeTypeOf('function');
});

test.each(refused ?? [])('docker $name has no plan', async (row) => {
  await expect(plannerFor(row)).rejects.toThrow(`docker ${row.name} has no plan`);
});

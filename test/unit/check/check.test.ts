import { expect, test } from 'vitest';
import { checkAll } from '../../../src/check/check.ts';
import type { CheckResult } from '../../../src/check/check.ts';
import type { Expectation } from '../../../src/scenario/expectation.ts';
import type { Answers } from './told-engine.ts';
import { contextOf } from './told-engine.ts';

const web = (running: boolean): object => ({
  Id: '1',
  Name: '/web',
  State: { Status: running ? 'running' : 'created', Running: running },
  Config: { Labels: {} },
});
const runs: Expectation = { container: { name: 'web', state: 'running' } };
const isGone: Expectation = { container: { name: 'old', exists: false } };
const answers = (set: Answers): Answers => ({ 'GET /version': {}, ...set });

async function results(
  expectations: readonly Expectation[],
  set: Answers,
): Promise<[CheckResult[], readonly string[]]> {
  const context = contextOf(answers(set), { within: 300 });
  const found: CheckResult[] = [];
  for await (const result of checkAll(expectations, context)) found.push(result);
  return [found, (context.engine as unknown as { asked: readonly string[] }).asked];
}

test('each is told in its turn, and asks once where it holds', async () => {
  const [found, asked] = await results([runs, isGone], { 'GET /containers/web/json': web(true) });
  expect(found.map(({ status, tries }) => [status, tries])).toEqual([
    ['passed', 1],
    ['passed', 1],
  ]);
  expect(asked).toEqual(['GET /containers/web/json', 'GET /containers/old/json']);
});

test('what comes after one that had to wait is looked at when that one holds', async () => {
  const [found, asked] = await results([runs, isGone], {
    'GET /containers/web/json': (times: number) => web(times === 2),
    'GET /containers/old/json': (times: number) => (times === 1 ? undefined : web(true)),
  });
  expect(found.map(({ status }) => status)).toEqual(['passed', 'failed']);
  expect(asked.filter((one) => one.endsWith('/old/json')).length).toBeGreaterThan(1);
});

test('nothing that comes after a command is looked at before it', async () => {
  const [found, asked] = await results([{ exec: { container: 'web', command: ['true'] } }, { not: isGone }], {
    'GET /containers/old/json': web(true),
  });
  expect(found[0]?.status).toBe('failed');
  expect(asked.findIndex((one) => one.endsWith('/old/json'))).toBe(asked.length - 1);
});

test('what has waited in vain has waited for those after it too, which are looked at all the same', async () => {
  const [found, asked] = await results([runs, { container: { name: 'db', state: 'running' } }], {});
  expect(found.map(({ status }) => status)).toEqual(['failed', 'failed']);
  expect(found[0]?.ms).toBeGreaterThanOrEqual(300);
  expect(found[1]?.ms).toBeLessThan(300);
  expect(asked).toContain('GET /containers/db/json');
});

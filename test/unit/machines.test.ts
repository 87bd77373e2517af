/** What was seen of docker-tutor on machines: the record, its page, and how a run is judged. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { root } from '../../build/paths.mjs';
import { catalogue } from '../../src/causes/catalogue.ts';
import { namedFor } from '../lessons/named-for.ts';
import { outcomeOf } from '../machines/outcome.ts';
import { page, type MachineSeen } from '../machines/page.ts';

const machines = JSON.parse(readFileSync(`${root}/test/fixtures/machines.json`, 'utf8')) as readonly MachineSeen[];

test('docs/machines.md is made from the record', async () => {
  await expect(page(machines)).toMatchFileSnapshot(`${root}/docs/machines.md`);
});

test.each(machines)('on $name each lesson passes, or names a cause and what to do before its first step', (machine) => {
  expect(Object.keys(machine.lessons)).toEqual(expect.arrayContaining([...namedFor, 'install-docker']));
  for (const [lesson, outcome] of Object.entries(machine.lessons)) {
    expect(outcome.is, lesson).toMatch(/^(?:passed|told)$/);
    if (outcome.is === 'told' && outcome.code !== undefined) expect(Object.keys(catalogue)).toContain(outcome.code);
  }
});

const lines = (...events: object[]): string => events.map((event) => `${JSON.stringify(event)}\n`).join('');
const step = { type: 'step-started', step: 'pull' };
const problem = { type: 'problem', code: 'E-REMOTE-BIND', message: 'It does not see the folder', hints: ['copy it'] };
const finished = (status: string) => ({ type: 'scenario-finished', status, steps: { passed: 3 } });

test.each([
  [0, lines(step, finished('passed')), '', { is: 'passed', steps: 3 }],
  [4, lines(problem, finished('blocked')), '', { is: 'told', code: 'E-REMOTE-BIND', mend: 'copy it' }],
  [4, '', 'docker-tutor needs Node 20.17: get one\n', { is: 'told', message: 'docker-tutor needs Node 20.17' }],
  [4, lines(step, problem, finished('failed')), '', { is: 'wrong', why: 'at step pull: E-REMOTE-BIND' }],
  [4, lines({ ...problem, hints: [] }, finished('blocked')), '', { is: 'wrong' }],
  [1, lines(problem, finished('blocked')), '', { is: 'wrong' }],
  [1, '', 'SyntaxError: Unexpected token\n', { is: 'wrong' }],
  [null, lines(step), '', { is: 'wrong', why: 'at step pull: it did not end' }],
])('exit code %s, %s%s: %j', (code, stdout, stderr, outcome) => {
  expect(outcomeOf({ code, stdout, stderr })).toMatchObject(outcome);
});

/** A task is its steps as one, where they are practised. */
import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../../src/scenario/load.ts';
import { holding, tasksIn, withTasks } from '../../../src/scenario/tasks.ts';
import { withSteps } from './samples.ts';

const step = (id: string, more = ''): string =>
  `- id: ${id}\n  title: ${id}\n  do: docker network create ${id}\n  expect:\n    - network: { name: ${id} }\n  after: after ${id}\n  hints: [the hint of ${id}]\n${more}`;
const task = '  task: { title: Three, goal: Make them., through: d, hints: [think] }\n';
const lesson = parseScenario(withSteps(step('a') + step('b', task) + step('c') + step('d') + step('e')), 'sample.yaml');

describe('three steps of five', () => {
  test('are found', () => {
    expect(tasksIn(lesson.steps)).toMatchObject([{ from: 1, to: 3 }]);
  });

  test('are one, with all their commands and checks, and the hints of the task', () => {
    const { steps } = withTasks(lesson);
    expect(steps.map(({ id }) => id)).toEqual(['a', 'b', 'e']);
    expect(steps[1]).toMatchObject({
      title: 'Three',
      goal: 'Make them.',
      do: ['b', 'c', 'd'].map((name) => `docker network create ${name}`),
      expect: ['b', 'c', 'd'].map((name) => ({ network: { name } })),
      after: 'after b\n\nafter c\n\nafter d',
      hints: ['think'],
    });
    expect(steps[1]).not.toHaveProperty('task');
    expect(steps[1]).not.toHaveProperty('blanks');
  });

  test('tell of wrong turns by what a command has printed, not by how things stand half-way', () => {
    const mistakes = `  mistakes:
    - { when: { network: { name: e } }, say: How things stand. }
    - { when: { output: { contains: taken } }, say: The name is taken. }
    - { when: { all: [{ output: { exitCode: 1 } }, { network: { name: b } }] }, say: It failed. }
    - { when: { not: { output: { contains: b } } }, say: Not said. }
`;
    const text = step('b', task) + step('c', mistakes) + step('d');
    const { steps } = withTasks(parseScenario(withSteps(text), 'sample.yaml'));
    expect(steps[0]?.mistakes.map(({ say }) => say)).toEqual(['The name is taken.', 'It failed.']);
  });

  test('have their blanks together, where each has its own', () => {
    const blanks = (name: string): string => `  blanks: docker network ___ ${name}\n`;
    const text = step('b', task + blanks('b')) + step('c', blanks('c')) + step('d', blanks('d'));
    const { steps } = withTasks(parseScenario(withSteps(text), 'sample.yaml'));
    expect(steps[0]).toHaveProperty(
      'blanks',
      ['b', 'c', 'd'].map((name) => `docker network ___ ${name}`),
    );
  });
});

test.each([
  ['a', 'a'],
  ['b', 'b'],
  ['d', 'b'],
  ['e', 'e'],
  ['nothing', 'nothing'],
])('where tasks are one step, %s is found at %s', (id, at) => {
  expect(holding(lesson.steps, id)).toBe(at);
});

test('a lesson without a task is the same', () => {
  const none = parseScenario(withSteps(step('a')), 'sample.yaml');
  expect(withTasks(none)).toBe(none);
});

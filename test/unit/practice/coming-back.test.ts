/** Questions of earlier lessons: what was answered wrong comes back first, then what was not seen for longest. */
import { describe, expect, test } from 'vitest';
import { comingBack, questionOf } from '../../../src/practice/coming-back.ts';
import type { EarlierQuestion } from '../../../src/practice/coming-back.ts';
import { parseScenario } from '../../../src/scenario/load.ts';
import { withSteps } from '../scenario/samples.ts';

const question = { ask: 'Which?', options: ['this', 'that'], answer: 1, because: 'It is.', wrong: {} };
/** Seen on a day of one month. */
const seen = (step: string, day: number, wrong = false): EarlierQuestion => ({
  lesson: 'sample',
  step,
  question,
  seen: `2026-01-${String(day).padStart(2, '0')}T10:00:00.000Z`,
  wrong,
});

describe('what comes back', () => {
  test.each<[string, readonly EarlierQuestion[], readonly string[]]>([
    ['nothing, where there is nothing', [], []],
    ['one, where there is one', [seen('a', 1)], ['a']],
    ['those not seen for longest', [seen('a', 3), seen('b', 1), seen('c', 2)], ['b', 'c']],
    ['one that was answered wrong, before others', [seen('a', 1), seen('b', 2), seen('c', 9, true)], ['c', 'a']],
    ['of several wrong ones the oldest', [seen('a', 3, true), seen('b', 1), seen('c', 2, true)], ['c', 'a']],
    ['in the order of the list, where all were seen at once', [seen('a', 1), seen('b', 1), seen('c', 1)], ['a', 'b']],
  ])('is %s', (_, questions, steps) => {
    expect(comingBack(questions, 2).map(({ step }) => step)).toEqual(steps);
  });
});

test('a step asks by its quiz, or by what it has predicted', () => {
  const quiz = '{ ask: Which?, options: [this, that], answer: 2, because: It is. }';
  const { steps } = parseScenario(
    withSteps(
      `- { id: a, quiz: ${quiz} }\n- { id: b, title: B, do: docker ps, predict: ${quiz} }\n- { id: c, title: C, read: x }`,
    ),
    'sample.yaml',
  );
  expect(steps.map((step) => questionOf(step)?.answer)).toEqual([2, 2, undefined]);
});

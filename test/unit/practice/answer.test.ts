import { expect, test } from 'vitest';
import { isAnswer } from '../../../src/practice/answer.ts';

test.each([
  ['1.51', '1.51'],
  [' "1.51" ', '1.51'],
  ['Exited', 'exited'],
  ['1,024', '1024'],
  ['127.', '127'],
])('%s answers what is %s', (typed, right) => {
  expect(isAnswer(typed, right)).toBe(true);
});

test.each([
  ['', '0'],
  ['1.5', '1.51'],
  ['1,2', '12'],
])('%j does not answer what is %s', (typed, right) => {
  expect(isAnswer(typed, right)).toBe(false);
});

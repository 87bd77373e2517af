/** What is said of images that nothing fetches ahead. */
import { expect, test } from 'vitest';
import { pulledThenText } from '../../../../src/report/answers/transfer.ts';
import { imagesOf, imagesUsedBy } from '../../../../src/scenario/images-of.ts';
import { shippedScenarios } from '../../../../src/scenario/catalogue.ts';

test('each is named, cleaned; where there are none nothing is said', () => {
  expect(pulledThenText([])).toBe('');
  expect(pulledThenText(['a:1', 'b\u001b[2J'])).toMatch(/^Pulled by its lesson .*: a:1 and b\S*\.\n$/);
  expect(pulledThenText(['b\u001b[2J'])).not.toContain('\u001b');
});

test('the lab provides what a lesson pulls by itself, and it is not fetched ahead', () => {
  const lessons = shippedScenarios().map((scenario) => ({ scenario }));
  expect(imagesUsedBy(lessons)).toContain('hello-world:linux');
  expect(imagesOf(lessons)).not.toContain('hello-world:linux');
});

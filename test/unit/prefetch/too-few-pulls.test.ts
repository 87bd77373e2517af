/** A fetch that Docker Hub would refuse half-way is refused before. */
import { expect, test } from 'vitest';
import { cutImageName } from '../../../src/image-name.ts';
import { tooFewPulls } from '../../../src/prefetch/too-few-pulls.ts';

const needed = [0, 1, 1].map((pulls, at) => ({
  name: cutImageName(`image-${String(at)}`),
  here: false,
  pulls: pulls as 0 | 1,
}));

test.each([
  [{ left: 1 }, '1 is left, and 2 are needed.'],
  [{ left: 0 }, 'None is left, and 2 are needed.'],
  [{ left: 2 }, undefined],
  [undefined, undefined],
])('%j left for two', (left, says) => {
  const failure = tooFewPulls({ images: needed, ...(left && { left }) });
  expect(failure?.args['left']).toBe(says);
  if (says !== undefined) expect([failure?.code, failure?.exitCode]).toEqual(['E-RATE-LIMIT', 4]);
});

import { expect, test } from 'vitest';
import { isBefore, versionOrder } from '../../src/version-order.ts';

test.each([
  ['1.9', '1.41', -1],
  ['1.41', '1.41', 0],
  ['1.51', '1.41', 1],
  ['2.0', '1.44', 1],
  ['1', '1.41', -1],
  ['20.10.24+dfsg1', '20.10.24', 0],
  ['27.0.0-rc.1', '27.0', 0],
  ['29.1', '29', 0],
  ['29', '29.1', -1],
  ['unknown', '1.41', -1],
])('%s beside %s: %d', (version, bound, order) => {
  expect(Math.sign(versionOrder(version, bound))).toBe(order);
  expect(isBefore(version, bound)).toBe(order < 0);
});

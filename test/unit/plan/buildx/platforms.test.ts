import { expect, test } from 'vitest';
import { platformsShort } from '../../../../src/plan/buildx/platforms.ts';

test.each([
  [['linux/amd64', 'linux/amd64/v2', 'linux/amd64/v3', 'linux/amd64/v4'], 'linux/amd64 (+4)'],
  [['linux/amd64', 'linux/386'], 'linux/amd64, linux/386'],
  [[], ''],
])('%j is shown as %s', (platforms, shown) => {
  expect(platformsShort(platforms)).toBe(shown);
});

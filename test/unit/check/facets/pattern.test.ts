/** An author's pattern is tried for so long, and no longer. */
import { expect, test } from 'vitest';
import { isFound } from '../../../../src/check/facets/pattern.ts';

test.each([
  ['^b', 'm', 'a\nb', true],
  ['^b', '', 'a\nb', false],
])('/%s/%s in %j: %s', (pattern, flags, text, found) => {
  expect(isFound(pattern, flags, text)).toBe(found);
});

test('one that would take for ever is ended, and the next is tried', () => {
  expect(() => isFound('^(a+)+$', '', `${'a'.repeat(60)}!`)).toThrow(
    expect.objectContaining({ code: 'endless-pattern', exitCode: 2 }) as Error,
  );
  expect(isFound('a', '', 'a')).toBe(true);
});

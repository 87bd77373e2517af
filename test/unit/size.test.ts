/** What docker 28.2.2 made of `--memory`, and what docker/go-units writes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binarySize, humanSize, parseSize, scaled, writtenSize } from '../../src/size.ts';

describe('a size of memory is read as docker reads it', () => {
  test.each([
    ['512m', 536_870_912],
    ['1.5g', 1_610_612_736],
    ['5.m', 5_242_880],
    ['.5m', 524_288],
    ['+5m', 5_242_880],
    ['1e3', 1000],
    ['1E3', 1000],
    ['1e3k', 1_024_000],
    ['5kib', 5120],
    ['5KB', 5120],
    ['5B', 5],
    ['5 ', 5],
    ['5 m', 5_242_880],
    ['1pb', 1_125_899_906_842_624],
    ['1.', 1],
    ['1.0009k', 1024],
    ['9e18', 9e18],
  ])('%j', (text, bytes) => {
    expect(parseSize(text, 1024)).toBe(bytes);
  });

  test.each([
    ...['', '.', 'm', '-5m', '0x10', '5ib', '5ki', '5x', '5bb', '5  m', ' 5m', '1.2.3', 'inf', 'NaN', '1,5g'],
    ...['1e400', '1e19', '99999p', '512 megabytes', '5m\n'],
  ])('%j is no size', (text) => {
    expect(parseSize(text, 1024)).toBeUndefined();
  });
});

test.each([
  ['32kB', 32_000],
  ['32.5 kB', 32_500],
  ['60MB', 60_000_000],
  ['1TB', 1e12],
])('on a disk %s is %d bytes', (text, bytes) => {
  expect(parseSize(text, 1000)).toBe(bytes);
});

test('the pattern lets through all that is read', () => {
  const pieces = ['0', '12', '.', 'e', '+', '-', ' ', 'k', 'M', 'i', 'b', 'B'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 7 }), (parts) => {
      const text = parts.join('');
      if (parseSize(text, 1024) !== undefined) expect(text).toMatch(writtenSize);
      else if (writtenSize.test(text)) expect(Number(/^[\d.e+-]+/i.exec(text)?.[0])).toBeGreaterThan(1e6);
    }),
    { numRuns: 2000 },
  );
});

describe('sizes are written as docker writes them', () => {
  test.each([
    [0, '0B'],
    [999, '999B'],
    [1000, '1kB'],
    [1024, '1.024kB'],
    [4_430_000, '4.43MB'],
    [999_960, '1000kB'],
    [1e24, '1YB'],
    [1e28, '1e+04YB'],
  ])('%d', (bytes, text) => {
    expect(humanSize(bytes)).toBe(text);
  });

  test('with three digits, as in lists', () => {
    expect([4_434_000, 999_900].map((bytes) => humanSize(bytes, 3))).toEqual(['4.43MB', '1e+03kB']);
  });

  test.each([
    [1024, '1KiB'],
    [8_027_996, '7.656MiB'],
    [2 ** 60, '1EiB'],
  ])('%d in steps of 1024', (bytes, text) => {
    expect(binarySize(bytes)).toBe(text);
  });

  test('what is written is read as nearly the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e15 }), (bytes) => {
        const read = parseSize(humanSize(bytes), 1000) ?? Number.NaN;
        expect(Math.abs(read - bytes)).toBeLessThanOrEqual(bytes * 0.0006 + 1);
      }),
    );
  });
});

test('the units end before the size does', () => {
  expect(scaled(5e9, { step: 1000, powers: 2 })).toEqual({ amount: 5000, power: 2 });
  expect(scaled(999.6, { step: 1000, powers: 2, limit: 999.5 })).toEqual({ amount: 0.9996, power: 1 });
});

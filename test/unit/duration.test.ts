/** What docker 28.2.2 made of `--health-interval`, and what Go's Duration.String prints. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDuration, notNegativeDuration, parseDuration } from '../../src/duration.ts';

describe('a length of time is read as Go reads it', () => {
  test.each([
    ['.5s', 500_000_000],
    ['100us', 100_000],
    ['500\u00b5s', 500_000],
    ['500\u03bcs', 500_000],
    ['1h2m3.5s', 3_723_500_000_000],
    ['1.1h', 3_960_000_000_000],
    ['1.s', 1e9],
    ['+5s', 5e9],
    ['-1s', -1e9],
    ['-.5s', -5e8],
    ['0', 0],
    ['-0', 0],
    ['+0', 0],
    ['0.3ms', 300_000],
    ['0.000001001s', 1001],
    ['1m1m', 120e9],
  ])('%s', (text, nanoseconds) => {
    expect(parseDuration(text)).toBe(nanoseconds);
  });

  test.each([
    ['1.0000000005s', 1_000_000_000],
    ['0.9999999999s', 999_999_999],
    ['2.9999999999ns', 2],
    ['1.00000000000000000000000001s', 1_000_000_000],
    ['0.000000000000000000000001h', 0],
  ])('%s: parts of a nanosecond are cut', (text, nanoseconds) => {
    expect(parseDuration(text)).toBe(nanoseconds);
  });

  test.each(['', '.', '.s', 's', '+', '1d', '1S', '5 s', '1h 30m', '1_0s', '1h30', '--1s', '1,5s', '0s0', '\u0661s'])(
    '%j is no time',
    (text) => {
      expect(parseDuration(text)).toBe('unreadable');
    },
  );

  test.each(['30', '1.5', '-5', '00'])('%s has no unit', (text) => {
    expect(parseDuration(text)).toBe('no-unit');
  });

  test.each([
    ['9223372036854775807ns', Number(2n ** 63n - 1n)],
    ['2562047h47m16.854775807s', Number(2n ** 63n - 1n)],
    ['-9223372036854775808ns', -(2 ** 63)],
    ['9223372036854775808ns', 'too-long'],
    ['2562047h47m16.854775808s', 'too-long'],
    ['-2562047h47m16.854775809s', 'too-long'],
    [`${'9'.repeat(400)}h`, 'too-long'],
  ])('%s: 64 bits hold no more', (text, read) => {
    expect(parseDuration(text)).toBe(read);
  });

  test('a text of many digits takes no longer than it is long', () => {
    expect(parseDuration('1'.repeat(200_000))).toBe('no-unit');
    expect(parseDuration(`${'1'.repeat(200_000)}x`)).toBe('unreadable');
  });
});

describe('a length of time is written as Go writes it', () => {
  test.each([
    [0, '0s'],
    [1, '1ns'],
    [1100, '1.1\u00b5s'],
    [2_200_000, '2.2ms'],
    [3_300_000_000, '3.3s'],
    [245_000_000_000, '4m5s'],
    [245_001_000_000, '4m5.001s'],
    [18_367_001_000_000, '5h6m7.001s'],
    [480_000_000_001, '8m0.000000001s'],
    [3_600_000_000_001, '1h0m0.000000001s'],
    [3_600_000_000_000, '1h0m0s'],
    [-1_500_000_000, '-1.5s'],
    [31_536_000_000_000_000, '8760h0m0s'],
  ])('%d', (nanoseconds, text) => {
    expect(formatDuration(nanoseconds)).toBe(text);
  });
});

const whole = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });

test('what is written is read as the same', () => {
  fc.assert(
    fc.property(fc.oneof(whole, fc.integer({ min: -1e10, max: 1e10 })), (nanoseconds) => {
      expect(parseDuration(formatDuration(nanoseconds))).toBe(nanoseconds);
    }),
  );
});

test('the pattern lets through what is read as not negative, and nothing else', () => {
  const pieces = ['0', '1', '.5', '7.', '-', '+', 's', 'ms', '\u00b5s', 'h', 'x', ' ', '\n'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 6 }), (parts) => {
      const text = parts.join('');
      const read = parseDuration(text);
      const positive = typeof read === 'number' && !text.startsWith('-');
      expect(notNegativeDuration.test(text)).toBe(positive);
    }),
    { numRuns: 2000 },
  );
});

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDotEnv } from '../../../src/compose/file/dot-env.ts';
import { interpolate, InterpolationError } from '../../../src/compose/file/interpolate.ts';
import { sha256 } from '../../../src/sha256.ts';
import { readDuration } from '../../../src/command/values/duration.ts';
import { formatDuration } from '../../../src/duration.ts';

const variables = { A: 'one', EMPTY: '', B_2: 'two' };

describe('variables in a compose file', () => {
  test.each([
    ['plain', 'plain'],
    ['$A-$B_2', 'one-two'],
    ['${A}b', 'oneb'],
    ['$$A $$$A', '$A $one'],
    ['${A:-x}', 'one'],
    ['${EMPTY:-x}', 'x'],
    ['${EMPTY-x}', ''],
    ['${NONE-x}', 'x'],
    ['${NONE:-${ALSO:-${A}}}', 'one'],
    ['${NONE:-a}b}', 'ab}'],
    ['${A:+yes}${EMPTY:+no}${EMPTY+set}${NONE+no}', 'yesset'],
    ['${A:?must}', 'one'],
    ['${EMPTY?fine}', ''],
    ['$(date) costs $5', '$(date) costs $5'],
    ['a$', 'a$'],
    ['${NONE:-$$x}', '$x'],
  ])('%s is %s', (text, filled) => {
    expect(interpolate(text, variables).text).toBe(filled);
  });

  test('one that is not set is named, once it counts', () => {
    expect(interpolate('$NONE ${GONE} ${DEFAULT:-x}', variables)).toEqual({ text: '  x', unset: ['NONE', 'GONE'] });
  });

  test.each([
    ['${NONE:?set it}', /^required variable NONE is missing a value: set it$/],
    ['${EMPTY:?}', /^required variable EMPTY is missing a value$/],
    ['${NONE?why}', /^required variable NONE is missing a value: why$/],
    ['${A', /never closed/],
    ['${}', /no variable/],
    ['${A!b}', /no variable/],
    ['${1A}', /no variable/],
  ])('%s is refused', (text, message) => {
    expect(() => interpolate(text, variables)).toThrow(InterpolationError);
    expect(() => interpolate(text, variables)).toThrow(message);
  });

  test('no text makes anything but its own error', () => {
    const pieces = fc.constantFrom('$', '{', '}', '${', ':-', '?', '+', ':', 'A', 'NONE', '$$', ' ', '-');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces, { maxLength: 200 }).map((all) => all.join('')),
        ),
        (text) => {
          try {
            interpolate(text, variables);
          } catch (error) {
            expect(error).toBeInstanceOf(InterpolationError);
          }
        },
      ),
    );
  });

  test('text without a dollar stays as it is', () => {
    fc.assert(
      fc.property(
        fc.string().map((text) => text.replaceAll('$', '')),
        (text) => interpolate(text, {}).text === text,
      ),
    );
  });

  test('doubling every dollar gives the text back', () => {
    fc.assert(fc.property(fc.string(), (text) => interpolate(text.replaceAll('$', '$$$$'), {}).text === text));
  });

  test('ten thousand open braces take no time', () => {
    const started = performance.now();
    expect(() => interpolate('${A:-'.repeat(10_000), {})).toThrow(InterpolationError);
    expect(() => interpolate(`${'${Z:-'.repeat(10_000)}${'}'.repeat(10_000)}`, {})).toThrow(/deeply/);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('.env', () => {
  test.each([
    ['A=1\nB = two words # note\n\n# comment\nexport C=3', { A: '1', B: 'two words', C: '3' }],
    ['A="a\\nb # no comment" # comment', { A: 'a\nb # no comment' }],
    ["A='$B \\n'", { A: '$B \\n' }],
    ['A="x\ny"\nB=z', { A: 'x\ny', B: 'z' }],
    ['A=1\nB=${A}2\nC="$A-${D:-d}"', { A: '1', B: '12', C: '1-d' }],
    ['A=\r\nB=#none\r\nC=a#b', { A: '', B: '#none', C: 'a#b' }],
    ['\uFEFFA=1\nHOME\nGONE', { A: '1', HOME: '/me', GONE: undefined }],
    ['A=1 # one\nB=2\t# tab\nC="\\$x" D=4', { A: '1', B: '2\t# tab', C: '$x', D: '4' }],
    ['A: yaml\nJSON={"a": "b"}', { A: 'yaml', JSON: '{"a": "b"}' }],
  ])('%j', (text, expected) => {
    expect(readDotEnv(text, '.env', { HOME: '/me' })).toEqual(expected);
  });

  test.each([
    ['A=1\n=2', /\.env: line 2: .*no name/],
    ['A B', /\.env: line 1: key cannot contain a space/],
    ['A=1\n\nB="open', /\.env: line 3: unterminated quoted value "open/],
    ['A=${B:?say}', /\.env: line 1: required variable B/],
  ])('%j is refused, with its line', (text, message) => {
    expect(() => readDotEnv(text, '.env', {})).toThrow(message);
  });
});

test('sha256 is that of node:crypto', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300, unit: 'grapheme' }), (text) => {
      expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
    }),
  );
});

test.each([
  ['90s', '1m30s'],
  ['1h', '1h0m0s'],
  ['1500ms', '1.5s'],
  ['300ms', '300ms'],
  ['0', '0s'],
  ['10us', '10µs'],
  ['.5s', '500ms'],
  ['100us', '100µs'],
  ['500µs', '500µs'],
  ['60.000000001s', '1m0.000000001s'],
])('%s is printed as %s', (written, printed) => {
  expect(formatDuration(readDuration(written))).toBe(printed);
});

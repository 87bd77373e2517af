/** Wide output on a narrow screen: nothing is lost, words stay whole, the columns of a table stay below their titles. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brokenLine, lineBreaker } from '../../../src/terminal/broken-lines.ts';
import { width } from '../../../src/terminal/width.ts';

const broken = (text: string, columns: number): string => {
  const next = lineBreaker(columns);
  return text
    .split('\n')
    .flatMap((line) => next(line))
    .join('\n');
};

const ps = `CONTAINER ID   IMAGE     COMMAND       CREATED        STATUS         PORTS                                   NAMES
084507b7a85e   busybox   "sleep 100"   1 second ago   Up 1 second    0.0.0.0:8080->80/tcp, [::]:8080->80/tcp   first
a3d2e1f00b12   busybox   "sleep 200"   2 hours ago    Up 2 hours                                             second-one`;

describe('a table', () => {
  test('that fits is as it is', () => {
    expect(broken(ps, 120)).toBe(ps);
  });

  test('is broken between its columns, in each row at the same ones', () => {
    expect(broken(ps.replace('                   second', '                     second'), 75)).toBe(
      `CONTAINER ID   IMAGE     COMMAND       CREATED        STATUS
  PORTS                                   NAMES
084507b7a85e   busybox   "sleep 100"   1 second ago   Up 1 second
  0.0.0.0:8080->80/tcp, [::]:8080->80/tcp   first
a3d2e1f00b12   busybox   "sleep 200"   2 hours ago    Up 2 hours
                                            second-one`,
    );
  });

  test('ends where a line does not keep to its columns', () => {
    const after = 'a sentence that has nothing to do with what stands above it, and is long';
    expect(broken(`${ps.split('\n')[0] ?? ''}\n${after}`, 40)).toContain(
      'a sentence that has nothing to do with\n  what stands above it, and is long',
    );
  });
});

test.each([
  [
    'a picture of words',
    'docker  →  REST API  →  dockerd  →  image  →  container',
    36,
    'docker  →  REST API  →  dockerd  →\n  image  →  container',
  ],
  [
    'what is further in',
    '    command: python -m http.server --directory /srv',
    30,
    '    command: python -m\n      http.server --directory\n      /srv',
  ],
  [
    'a word that is too long, after a sign of its own',
    'registry.example.com/team/image:1.2',
    24,
    'registry.example.com/\n  team/image:1.2',
  ],
])('%s', (_, line, columns, expected) => {
  expect(brokenLine(line, columns).join('\n')).toBe(expected);
});

test('no line is wider than the screen, and nothing but blanks is lost', () => {
  const word = fc.string({ minLength: 1, maxLength: 60 }).filter((text) => !/\s/.test(text));
  const line = fc.array(fc.tuple(word, fc.integer({ min: 1, max: 9 })), { maxLength: 12 });
  fc.assert(
    fc.property(line, fc.integer({ min: 12, max: 100 }), fc.integer({ min: 0, max: 20 }), (words, columns, own) => {
      const text = ' '.repeat(own) + words.map(([one, blanks]) => one + ' '.repeat(blanks)).join('');
      const pieces = lineBreaker(columns)(text);
      for (const piece of pieces) expect(width(piece)).toBeLessThanOrEqual(columns);
      expect(pieces.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }),
  );
});

test('words that have room on a line of their own stay whole', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(words, fc.integer({ min: 24, max: 60 }), (list, columns) => {
      const pieces = brokenLine(list.join(' '), columns);
      expect(pieces.join(' ').split(/ +/).filter(Boolean)).toEqual(list);
    }),
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine, cleanOutputLine, cleanText } from '../../../src/terminal/clean-text.ts';

/* eslint-disable no-control-regex */
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

describe('text from outside', () => {
  it.each([
    ['colour', '\u001b[31mred\u001b[0m', 'red'],
    ['a colour in 8 bits', '\u009b31mred\u009b0m', 'red'],
    ['a window title', '\u001b]0;owned\u0007text', 'text'],
    ['a title that ends with ST', '\u001b]2;owned\u001b\\text', 'text'],
    ['a hyperlink', '\u001b]8;;http://evil\u001b\\click\u001b]8;;\u001b\\', 'click'],
    ['a clipboard write', 'a\u001b]52;c;cm0gLXJm\u0007b', 'ab'],
    ['a device string', '\u001bP+q544e\u001b\\x', 'x'],
    ['a cleared screen', '\u001b[2J\u001b[Hgone', 'gone'],
    ['an unended string keeps its text', '\u001b]0;no end\nnext', '0;no end\nnext'],
    ['an escape inside an escape', '\u001b\u001b[31m[31mx', '[31mx'],
    ['a reset of the terminal', '\u001bcx', 'x'],
    ['reversed text', 'user\u202e\u2066txt.exe\u2069', 'usertxt.exe'],
    ['bell, backspace, DEL', 'a\u0007b\u0008c\u007fd', 'abcd'],
    ['a carriage return ends a line', 'one\r\ntwo\rthree', 'one\ntwo\nthree'],
    ['tab, newline and other scripts stay', 'a\tb\nç 日本 🐳 ✔', 'a\tb\nç 日本 🐳 ✔'],
  ])('%s', (_, text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  it('never holds a control sign or an override, whatever came in', () => {
    const sign = fc.oneof(
      fc.constantFrom(
        '\u001b',
        '[',
        ']',
        '\u009b',
        '\u009d',
        '\u0007',
        '\\',
        'm',
        '0',
        ';',
        '\n',
        '\r',
        '\t',
        '\u202e',
        '\u2066',
        'P',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 60 }), (signs) => {
        const clean = cleanText(signs.join(''));
        expect(clean).not.toMatch(unsafe);
        expect(cleanText(clean)).toBe(clean);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves printable text as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!unsafe.test(text));
        expect(cleanText(text)).toBe(text);
      }),
    );
  });

  it('takes a megabyte of hostile text in linear time', () => {
    for (const piece of ['\u001b]', '\u009d', '\u001b[', '\u001b[1;', '\u001b]0;a']) {
      const began = performance.now();
      expect(cleanText(piece.repeat(1_000_000 / piece.length))).not.toMatch(unsafe);
      expect(performance.now() - began).toBeLessThan(2000);
    }
  });

  it('is one line where one line is wanted', () => {
    expect(cleanLine('  a\nb\tc\u2028d ')).toBe('a b c d');
  });

  it('shows what a progress line ended with', () => {
    expect(cleanOutputLine(' 10%\r 50%\r100%\r')).toBe('100%');
  });
});

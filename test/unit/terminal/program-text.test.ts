import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { terminalText } from '../../../src/terminal/program-text.ts';

const esc = '\u001b';

describe('what a program prints to the terminal', () => {
  test.each([
    ['colours stay', `${esc}[1;31mred${esc}[0m\n`, `${esc}[1;31mred${esc}[0m\n`],
    ['lines, tabs and returns stay', 'a\tb\r\n50%\r100%\n', 'a\tb\r\n50%\r100%\n'],
    ['a title goes', `a${esc}]0;owned\u0007b`, 'ab'],
    ['the clipboard is not written', `a${esc}]52;c;aGk=${esc}\\b`, 'ab'],
    ['the cursor does not move', `a${esc}[2J${esc}[1;1Hb`, 'ab'],
    ['no answer is asked for', `a${esc}[6nb${esc}[cc`, 'abc'],
    ['C1 controls and reversed text go', 'a\u009b31mb\u202ec', 'a31mbc'],
    ['a lone escape goes', `a${esc}\u0000b`, 'ab'],
  ])('%s', (_, written, shown) => {
    expect(terminalText()(written)).toBe(shown);
  });

  test('a sequence in pieces is judged as a whole', () => {
    const show = terminalText();
    expect([`a${esc}`, ']0;ow', 'ned', '\u0007b', `${esc}[3`, '2mc'].map(show).join('')).toBe(`ab${esc}[32mc`);
  });

  test('a character in pieces arrives whole', () => {
    const show = terminalText();
    const bytes = new TextEncoder().encode('ü');
    expect(show(bytes.slice(0, 1)) + show(bytes.slice(1))).toBe('ü');
  });

  test('whatever comes, in whatever pieces: only colours are left of the escape sequences', () => {
    const piece = fc.oneof(
      fc.string({ unit: fc.constantFrom(esc, '[', ']', '0', ';', 'm', 'H', '\\', '\u0007', 'P', 'a', ' ') }),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const show = terminalText();
        const shown = pieces.map(show).join('');
        expect(shown.replaceAll(new RegExp(`${esc}\\[[0-9;:]*m`, 'g'), '')).not.toContain(esc);
      }),
    );
  });
});

/**
 * What a program prints, on its way to a terminal, as it comes: colours stay, and whatever else could drive the terminal
 * (titles, the clipboard, the cursor, answers to questions) goes. A sequence may come in pieces.
 */
import { StringDecoder } from 'node:string_decoder';

const escape = '\u001b';
/** A sequence that has not ended by then is no sequence. */
const longest = 4096;

// ECMA-48: CSI, control strings, and other escape sequences; and what is only begun at the end of the text
const sequence = new RegExp(
  `${escape}(?:\\[[0-?]*[ -/]*[@-~]|[\\]PX^_][^\\u0007\\u001b]*(?:\\u0007|${escape}\\\\)|[ -/]+[0-~]|[0-Z\\\\^-~])`,
  'g',
);
const begun = new RegExp(`${escape}(?:\\[[0-?]*[ -/]*|[\\]PX^_][^\\u0007\\u001b]*${escape}?|[ -/]*)$`);
const colour = new RegExp(`^${escape}\\[[0-9;:]*m$`);
// eslint-disable-next-line no-control-regex -- these are what is taken out; tab, newline, carriage return and backspace stay
const others = /[\u0000-\u0007\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** @returns a function that gives back what may be written now; the rest comes with the next chunk */
export function terminalText(): (chunk: Uint8Array | string) => string {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return (chunk) => {
    const text = rest + (typeof chunk === 'string' ? chunk : decoder.write(chunk));
    const cut = begun.exec(text)?.index ?? text.length;
    const held = text.length - cut > longest ? '' : text.slice(cut);
    rest = held;
    return safe(text.slice(0, cut));
  };
}

function safe(text: string): string {
  return text
    .replace(sequence, (found) => (colour.test(found) ? found : ''))
    .replace(others, '')
    .replace(new RegExp(`${escape}(?!\\[[0-9;:]*m)`, 'g'), '');
}

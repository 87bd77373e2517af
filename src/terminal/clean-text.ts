/**
 * What comes from outside (container output, labels, scenario files, engine messages) must not drive the terminal:
 * no colours, cursor moves, titles, clipboard writes or reversed text. ECMA-48 sections 5.4 and 5.6 name the forms;
 * bidirectional overrides are those of CVE-2021-42574.
 */

const unsafe = new RegExp(
  [
    // Control strings (OSC, DCS, SOS, PM, APC) with their content, when they end on the same line.
    '(?:\\u001b[\\]PX^_]|[\\u009d\\u0090\\u0098\\u009e\\u009f])[^\\u0000-\\u0006\\u000a\\u001b\\u0090-\\u009f]*?(?:\\u0007|\\u001b\\\\|\\u009c)',
    // CSI: parameters, intermediates, a final byte.
    '(?:\\u001b\\[|\\u009b)[0-?]*[ -/]*[@-~]?',
    // Other escape sequences, and an ESC alone.
    '\\u001b[ -/]*[0-~]?',
    // What is left of C0 (not tab, newline), DEL and C1; overrides and isolates of direction.
    '[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069]',
  ].join('|'),
  'g',
);

/** Printable text of several lines: newline and tab stay, a carriage return ends a line. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(unsafe, '');
}

/** Printable text for one line: names, claims, values. Line separators count as blanks too. */
export function cleanLine(text: string): string {
  return cleanText(text)
    .replace(/[\n\t\u2028\u2029]+/g, ' ')
    .trim();
}

/** A line of program output as a terminal would leave it: what a carriage return overwrote is gone. */
export function cleanOutputLine(line: string): string {
  const written = line.split('\r').filter((piece) => piece !== '');
  return cleanText(written.at(-1) ?? '').replace(/\n/g, '');
}

const beyondAscii: Readonly<Record<string, string>> = {
  '…': '...',
  '→': '->',
  '←': '<-',
  '–': '-',
  '—': '-',
  '·': '-',
  '×': 'x',
  '⏎': 'Enter',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '•': '*',
};

/** Typographic signs in ASCII, for a terminal whose locale has no others. */
export function asciiSigns(text: string): string {
  return text.replace(/[…→←–—·×⏎’‘“”•]/g, (sign) => beyondAscii[sign] ?? sign);
}

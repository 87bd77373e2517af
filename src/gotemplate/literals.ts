/** Constants of a template: Go's strings, characters and numbers. */

const simple: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

/** What stands between the quotes, escapes resolved; undefined where an escape is not one of Go's. */
export function unquoted(text: string): string | undefined {
  const body = text.slice(1, -1);
  if (text.startsWith('`')) return body;
  let valid = true;
  const result = body.replace(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{3}|[^])/g, (_, escape: string) => {
    const plain = simple[escape];
    if (plain !== undefined && escape !== (text[0] === '"' ? "'" : '"')) return plain;
    const code = /^[xuU]./.test(escape)
      ? Number.parseInt(escape.slice(1), 16)
      : /^[0-7]{3}$/.test(escape)
        ? Number.parseInt(escape, 8)
        : Number.NaN;
    if (!(code <= 0x10ffff)) valid = false;
    return valid ? String.fromCodePoint(code) : '';
  });
  return valid ? result : undefined;
}

/** `0x10`, `1_000`, `1e3`, `'a'`; undefined where it is no number. */
export function numberOf(text: string): number | undefined {
  if (text.startsWith("'")) {
    const characters = [...(unquoted(text) ?? '')];
    return characters.length === 1 ? characters[0]?.codePointAt(0) : undefined;
  }
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = text.replace(/^[-+]/, '').replace(/_/g, '');
  const octal = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
  const value = Number(octal);
  return Number.isNaN(value) ? undefined : sign * value;
}

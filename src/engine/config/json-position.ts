/** Where a text stops being JSON. Node 20's JSON.parse tells no position for most mistakes. Pure. */

export interface JsonMistake {
  /** Both from 1; columns count UTF-16 units. */
  readonly line: number;
  readonly column: number;
  /** As the end of a sentence: `a comma or } is missing`. */
  readonly wrong: string;
}

/* eslint-disable no-control-regex -- JSON allows no control characters in its texts */
const token =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-]))/y;
/* eslint-enable no-control-regex */

type Expecting = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or }' | ', or ]' | 'end';

const said: Readonly<Record<Expecting, string>> = {
  value: 'a value is missing',
  'value or ]': 'a value or ] is missing',
  key: 'a key in double quotes is missing',
  'key or }': 'a key in double quotes or } is missing',
  ':': 'a colon is missing',
  ', or }': 'a comma or } is missing',
  ', or ]': 'a comma or ] is missing',
  end: 'there is something after the end',
};

/** @returns undefined for text that is JSON. */
export function findJsonMistake(text: string): JsonMistake | undefined {
  const open: ('{' | '[')[] = [];
  let expecting: Expecting = 'value';
  if (text.startsWith('\ufeff'))
    return { line: 1, column: 1, wrong: 'it begins with a byte order mark, which docker does not read' };
  let at = 0;
  for (;;) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (!found) return expecting === 'end' && text.slice(at).trim() === '' ? undefined : mistakeAt(text, at, expecting);
    const next = follow(expecting, found[1] ?? (found[2] === undefined ? 'scalar' : 'text'), open);
    if (next === undefined) return mistakeAt(text, at, expecting);
    expecting = next;
    at = token.lastIndex;
  }
}

function follow(expecting: Expecting, symbol: string, open: ('{' | '[')[]): Expecting | undefined {
  if (expecting === 'value' || expecting === 'value or ]') {
    if (symbol === '{' || symbol === '[') {
      open.push(symbol);
      return symbol === '{' ? 'key or }' : 'value or ]';
    }
    if (symbol === 'scalar' || symbol === 'text') return afterValue(open);
    return symbol === ']' && expecting === 'value or ]' ? closed(open) : undefined;
  }
  if (expecting === ':') return symbol === ':' ? 'value' : undefined;
  if (symbol === 'text' && expecting.startsWith('key')) return ':';
  if (symbol === '}' && expecting.endsWith('}')) return closed(open);
  if (symbol === ']' && expecting === ', or ]') return closed(open);
  if (symbol === ',' && expecting.startsWith(',')) return expecting === ', or }' ? 'key' : 'value';
  return undefined;
}

function closed(open: ('{' | '[')[]): Expecting {
  open.pop();
  return afterValue(open);
}

function afterValue(open: readonly ('{' | '[')[]): Expecting {
  const inside = open.at(-1);
  if (inside === undefined) return 'end';
  return inside === '{' ? ', or }' : ', or ]';
}

function mistakeAt(text: string, from: number, expecting: Expecting): JsonMistake {
  const at = from + (/^[ \t\r\n]*/.exec(text.slice(from))?.[0].length ?? 0);
  const before = text.slice(0, at).split('\n');
  const wrong = at >= text.length && expecting !== 'end' ? `it ends too early: ${said[expecting]}` : said[expecting];
  return { line: before.length, column: (before.at(-1) ?? '').length + 1, wrong };
}

/** Takes a template apart, as Go's text/template/parse does: text, and between {{ and }} words, numbers, strings, signs. */
export interface Token {
  readonly kind:
    | 'text'
    | 'open'
    | 'close'
    | 'space'
    | 'field'
    | 'variable'
    | 'identifier'
    | 'keyword'
    | 'bool'
    | 'number'
    | 'char'
    | 'string'
    | 'raw-string'
    | 'sign'
    | 'error'
    | 'end';
  /** As written; an error's message. */
  readonly text: string;
  /** Offset in UTF-16 units. */
  readonly at: number;
}

const keywords = new Set([
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'nil',
  'range',
  'template',
  'with',
]);
const blank = /[ \t\r\n]/;
const word = /[\p{L}\p{Nd}_]/u;

/** Never throws: the last token is `end`, or the `error` where reading stopped. */
export function tokensOf(text: string): readonly Token[] {
  const found: Token[] = [];
  let at = 0;
  let trimNext = false;
  while (at < text.length) {
    const open = text.indexOf('{{', at);
    const trims = open !== -1 && text[open + 2] === '-' && blank.test(text[open + 3] ?? '');
    let plain = text.slice(at, open === -1 ? text.length : open);
    if (trimNext) plain = plain.replace(/^[ \t\r\n]+/, '');
    if (trims) plain = plain.replace(/[ \t\r\n]+$/, '');
    if (plain !== '') found.push({ kind: 'text', text: plain, at });
    if (open === -1) break;
    const inner = open + (trims ? 3 : 2);
    const body = trims ? inner + 1 : inner;
    const end = text.startsWith('/*', body) ? afterComment(text, body, found) : action(text, open, inner, found);
    if (end === undefined) return found;
    ({ at, trimNext } = end);
  }
  found.push({ kind: 'end', text: '', at: text.length });
  return found;
}

type End = { readonly at: number; readonly trimNext: boolean };

function afterComment(text: string, from: number, found: Token[]): End | undefined {
  const close = text.indexOf('*/', from + 2);
  if (close === -1) return failed('unclosed comment', from, found);
  const trims = blank.test(text[close + 2] ?? '') && text[close + 3] === '-';
  const end = close + 2 + (trims ? 2 : 0);
  if (!text.startsWith('}}', end)) return failed('comment ends before closing delimiter', from, found);
  return { at: end + 2, trimNext: trims };
}

/** The tokens of one {{ … }}. */
function action(text: string, open: number, inner: number, found: Token[]): End | undefined {
  found.push({ kind: 'open', text: '{{', at: open });
  let at = inner;
  let depth = 0;
  for (;;) {
    const trims = blank.test(text[at] ?? '') && text[at + 1] === '-' && text.startsWith('}}', at + 2);
    if (trims || text.startsWith('}}', at)) {
      if (depth > 0) return failed('unclosed left paren', at, found);
      found.push({ kind: 'close', text: '}}', at: at + (trims ? 2 : 0) });
      return { at: at + (trims ? 4 : 2), trimNext: trims };
    }
    const token = inside(text, at);
    found.push(token);
    if (token.kind === 'error') return undefined;
    if (token.text === '(') depth += 1;
    if (token.text === ')' && (depth -= 1) < 0) return failed('unexpected right paren', at, found);
    at += token.text.length;
  }
}

function failed(message: string, at: number, found: Token[]): undefined {
  found.push({ kind: 'error', text: message, at });
  return undefined;
}

function inside(text: string, at: number): Token {
  const first = text[at];
  const failure = (message: string): Token => ({ kind: 'error', text: message, at });
  if (first === undefined) return failure('unclosed action');
  if (blank.test(first)) return spaces(text, at);
  if (first === '"')
    return quotedToken(text, at, /"(?:[^"\\\n]|\\[^\n])*"/y, 'string') ?? failure('unterminated quoted string');
  if (first === '`')
    return quotedToken(text, at, /`[^`]*`/y, 'raw-string') ?? failure('unterminated raw quoted string');
  if (first === "'")
    return quotedToken(text, at, /'(?:[^'\\\n]|\\[^\n])*'/y, 'char') ?? failure('unterminated character constant');
  if (text.startsWith(':=', at)) return { kind: 'sign', text: ':=', at };
  if (first === ':') return failure('expected :=');
  if ('=|(),'.includes(first)) return { kind: 'sign', text: first, at };
  if (first === '.' && !/\d/.test(text[at + 1] ?? '')) return name(text, at, 'field', failure);
  if (first === '$') return name(text, at, 'variable', failure);
  if (/[-+.\d]/.test(first))
    return numberToken(text, at) ?? failure(`bad number syntax: ${quote(badNumber(text, at))}`);
  if (word.test(characterAt(text, at))) return name(text, at, 'identifier', failure);
  const character = characterAt(text, at);
  if (/[!-~]/.test(character)) return { kind: 'sign', text: character, at };
  return failure(`unrecognized character in action: ${codePoint(character)}`);
}

/** A blank before the trim marker belongs to the marker. */
function spaces(text: string, at: number): Token {
  let end = at + 1;
  while (blank.test(text[end] ?? '')) end += 1;
  if (text.startsWith('-}}', end) && end > at + 1) end -= 1;
  return { kind: 'space', text: text.slice(at, end), at };
}

function quotedToken(text: string, at: number, pattern: RegExp, kind: Token['kind']): Token | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(text)?.[0];
  return found === undefined ? undefined : { kind, text: found, at };
}

const numberPattern = /[-+]?(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*)?(?:\.\d*)?(?:[eE][-+]?\d+)?)/y;

function numberToken(text: string, at: number): Token | undefined {
  numberPattern.lastIndex = at;
  const found = numberPattern.exec(text)?.[0] ?? '';
  if (!/\d/.test(found) || word.test(characterAt(text, at + found.length))) return undefined;
  return { kind: 'number', text: found, at };
}

function badNumber(text: string, at: number): string {
  numberPattern.lastIndex = at;
  const found = numberPattern.exec(text)?.[0] ?? '';
  return found + characterAt(text, at + found.length);
}

/** `.Names`, `$x`, `range`: must be followed by something that cannot be part of a name. */
function name(
  text: string,
  at: number,
  kind: 'field' | 'variable' | 'identifier',
  failure: (message: string) => Token,
): Token {
  let end = at + (kind === 'identifier' ? 0 : 1);
  for (
    let character = characterAt(text, end);
    character !== '' && word.test(character);
    character = characterAt(text, end)
  )
    end += character.length;
  const after = characterAt(text, end);
  const written = text.slice(at, end);
  const terminates = after === '' || /[ \t\r\n.,|:)(=]/.test(after) || text.startsWith('}}', end);
  if (!terminates) return failure(`bad character ${codePoint(after)}`);
  if (written === '.') return { kind: 'keyword', text: '.', at };
  if (kind !== 'identifier') return { kind, text: written, at };
  if (keywords.has(written)) return { kind: 'keyword', text: written, at };
  return { kind: written === 'true' || written === 'false' ? 'bool' : 'identifier', text: written, at };
}

function characterAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}

/** Go's %#U: `U+007D '}'`. */
function codePoint(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return /\p{C}/u.test(character) ? `U+${hex}` : `U+${hex} '${character}'`;
}

/** Go's %q, for what is put into a message. */
export function quote(text: string): string {
  return JSON.stringify(text);
}

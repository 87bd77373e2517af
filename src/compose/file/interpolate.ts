/** Variables in a compose file: `$A`, `${A}`, `${A:-b}`, `${A-b}`, `${A:?e}`, `${A?e}`, `${A:+b}`, `${A+b}`, nested, `$$`. Pure. */

export class InterpolationError extends Error {
  override readonly name = 'InterpolationError';
}

export type Variables = Readonly<Record<string, string | undefined>>;

export interface Interpolated {
  readonly text: string;
  /** Names that were asked for without a default, and are not set. */
  readonly unset: readonly string[];
}

/** More braces inside braces than anybody writes. */
const deepest = 50;

/** @throws InterpolationError for a brace that holds no name, a brace that is never closed, and a variable that must be set. */
export function interpolate(text: string, variables: Variables): Interpolated {
  const unset: string[] = [];
  return { text: filled(text, variables, unset, 0), unset };
}

/** A variable as a text asks for it. */
export interface AskedFor {
  readonly name: string;
  /** What stands there where it is not set. */
  readonly otherwise: string;
  /** What stands there where it is. */
  readonly whenSet: string;
  readonly required: boolean;
}

/** Those in defaults too. What is no variable is none. */
export function askedFor(text: string): readonly AskedFor[] {
  const found: AskedFor[] = [];
  for (let at = text.indexOf('$'); at !== -1; at = text.indexOf('$', at)) {
    const next = text[at + 1];
    if (next === '$') {
      at += 2;
      continue;
    }
    const end = next === '{' ? endOfBrace(text, at + 2) : undefined;
    const inner = end === undefined ? nameAt(text, at + 1) : text.slice(at + 2, end);
    const name = nameAt(inner, 0);
    const [, operator = '', word = ''] = /^:?([-?+])([^]*)$/.exec(inner.slice(name.length)) ?? [];
    if (name !== '') {
      const [otherwise, whenSet] = [operator === '-' ? word : '', operator === '+' ? word : ''];
      found.push({ name, otherwise, whenSet, required: operator === '?' }, ...askedFor(otherwise + whenSet));
    }
    at = end === undefined ? at + 1 + inner.length : end + 1;
  }
  return found;
}

function endOfBrace(text: string, from: number): number | undefined {
  try {
    return closingBrace(text, from);
  } catch (error) {
    if (!(error instanceof InterpolationError)) throw error;
    return undefined;
  }
}

function filled(text: string, variables: Variables, unset: string[], depth: number): string {
  if (depth > deepest) throw new InterpolationError('the braces are nested too deeply');
  let result = '';
  let at = 0;
  for (;;) {
    const dollar = text.indexOf('$', at);
    if (dollar === -1) return result + text.slice(at);
    result += text.slice(at, dollar);
    const next = text[dollar + 1];
    if (next === '$') {
      result += '$';
      at = dollar + 2;
    } else if (next === '{') {
      const end = closingBrace(text, dollar + 2);
      result += braced(text.slice(dollar + 2, end), variables, unset, depth);
      at = end + 1;
    } else {
      const name = nameAt(text, dollar + 1);
      // `$(date)`, `$5`: the dollar of a shell or a price stands for itself
      result += name === '' ? '$' : known(name, variables, unset);
      at = dollar + 1 + name.length;
    }
  }
}

function braced(inner: string, variables: Variables, unset: string[], depth: number): string {
  const name = nameAt(inner, 0);
  const rest = inner.slice(name.length);
  const [, colon = '', operator = '', word = ''] = /^(:?)([-?+])([^]*)$/.exec(rest) ?? [];
  if (name === '' || (rest !== '' && operator === ''))
    throw new InterpolationError(`"\${${excerpt(inner, 0)}}" is no variable; write $$ for a dollar sign`);
  if (rest === '') return known(name, variables, unset);
  const value = variables[name];
  const counts = value !== undefined && (colon === '' || value !== '');
  const replacement = (): string => filled(word, variables, unset, depth + 1);
  if (operator === '+') return counts ? replacement() : '';
  if (counts) return value;
  if (operator === '-') return replacement();
  const reason = replacement();
  throw new InterpolationError(`required variable ${name} is missing a value${reason === '' ? '' : `: ${reason}`}`);
}

function known(name: string, variables: Variables, unset: string[]): string {
  const value = variables[name];
  if (value === undefined) unset.push(name);
  return value ?? '';
}

function nameAt(text: string, at: number): string {
  const name = /[_a-zA-Z][_a-zA-Z0-9]*/y;
  name.lastIndex = at;
  return name.exec(text)?.[0] ?? '';
}

function closingBrace(text: string, from: number): number {
  let open = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '$' && text[at + 1] === '$') at++;
    else if (text[at] === '$' && text[at + 1] === '{') open++;
    else if (text[at] === '}' && --open === 0) return at;
  }
  throw new InterpolationError(`the brace in "${excerpt(text, from - 2)}" is never closed`);
}

function excerpt(text: string, from: number): string {
  return text.slice(from, from + 30);
}

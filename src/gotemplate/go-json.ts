/**
 * JSON as Go reads and writes it: key order and long numbers are kept, which JSON.parse would lose.
 * Every text given here has been parsed by JSON.parse before, so it is known to be valid.
 */
import { isList, isMap, isMethod, isNil, isStruct, sortedKeys } from './go-value.ts';
import type { GoValue } from './go-value.ts';

/** Objects become maps in the order written; integers beyond 2⁵³ become bigint; null becomes undefined. */
export function readJson(text: string): GoValue {
  const token = /\s*(?:([{}[\],:])|("[^"\\]*(?:\\.[^"\\]*)*")|([^\s{}[\],:"]+))/y;
  const next = (): string => {
    const found = token.exec(text);
    return found?.[1] ?? found?.[2] ?? found?.[3] ?? '';
  };
  const value = (first: string): GoValue => {
    if (first === '{') return object(next);
    if (first === '[') return list(next);
    if (first.startsWith('"')) return JSON.parse(first) as string;
    return scalar(first);
  };
  const object = (read: () => string): GoValue => {
    const found = new Map<string, GoValue>();
    for (let key = read(); key.startsWith('"'); key = read()) {
      read();
      found.set(JSON.parse(key) as string, value(read()));
      if (read() !== ',') break;
    }
    return found;
  };
  const list = (read: () => string): GoValue => {
    const found: GoValue[] = [];
    for (let first = read(); first !== ']' && first !== ''; first = read()) {
      found.push(value(first));
      if (read() !== ',') break;
    }
    return found;
  };
  return value(next());
}

function scalar(text: string): GoValue {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null' || text === '') return undefined;
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text)) ? BigInt(text) : Number(text);
}

/** One line, as `{{json .}}` prints it: of a row with `<`, `>` and `&` escaped, of anything else as they are. */
export function writeJson(value: GoValue): string {
  if (value === undefined || isNil(value)) return 'null';
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map(writeJson).join(',')}]`;
  if (isMap(value)) return object([...value].map(([key, item]) => [key, item]));
  if (isStruct(value) && value.source !== undefined) return writeJson(value.source);
  if (isStruct(value)) return value.row ? escapedForHtml(object(rowFields(value.fields))) : object([...value.fields]);
  return 'null';
}

function object(entries: readonly (readonly [string, GoValue])[]): string {
  return `{${entries.map(([key, value]) => `${quoted(key)}:${writeJson(value)}`).join(',')}}`;
}

/** Every field that needs no argument, in the order of the alphabet. */
function rowFields(fields: ReadonlyMap<string, GoValue>): (readonly [string, GoValue])[] {
  return sortedKeys(fields).flatMap((key) => {
    const value = fields.get(key);
    if (!isMethod(value)) return [[key, value] as const];
    return value.takes === 0 ? [[key, value.call()] as const] : [];
  });
}

/** Go escapes the two line separators that JavaScript once could not take, and writes \u0008 and \u000c as \b and \f. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, unicodeEscape);
}

function escapedForHtml(json: string): string {
  return json.replace(/[<>&]/g, unicodeEscape);
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** As Go's json.Indent: nothing but blanks changes; an empty object or list stays on its line. */
export function indentJson(text: string, indent: string): string {
  let depth = 0;
  const line = (): string => `\n${indent.repeat(depth)}`;
  return text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|\{\s*\}|\[\s*\]|[{}[\],:]|\s+/g, (token) => {
    const first = token[0] ?? '';
    if (first === '"') return token;
    if (token === '{' || token === '[') {
      depth += 1;
      return token + line();
    }
    if (token === '}' || token === ']') {
      depth -= 1;
      return line() + token;
    }
    if (first === '{' || first === '[') return first === '{' ? '{}' : '[]';
    if (token === ',') return token + line();
    return token === ':' ? ': ' : '';
  });
}

/** As Go's json.Compact: no blanks between tokens. */
export function compactJson(text: string): string {
  return text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|\s+/g, (token) => (token.startsWith('"') ? token : ''));
}

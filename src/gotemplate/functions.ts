/** The functions that Go's text/template has by itself. */
import { printf } from './printf.ts';
import { isList, isMap, isNil, isStruct, printed, truth, typeName } from './go-value.ts';
import type { GoValue } from './go-value.ts';

/** What a function says is wrong with its arguments; the runner adds where. */
export class CallError extends Error {}

type Parameter = 'string' | 'int' | 'strings' | 'any';

export interface TemplateFunction {
  readonly takes: readonly Parameter[];
  /** Takes any number more of the last kind. */
  readonly more?: Parameter;
  call(args: readonly GoValue[]): GoValue;
}

/** By their names in a template. */
export type TemplateFunctions = ReadonlyMap<string, TemplateFunction>;

const string = (value: GoValue): string => value as string;

export const goFunctions: TemplateFunctions = new Map<string, TemplateFunction>([
  ['print', { takes: [], more: 'any', call: sprint }],
  ['println', { takes: [], more: 'any', call: (args) => `${args.map(printed).join(' ')}\n` }],
  ['printf', { takes: ['string'], more: 'any', call: ([layout, ...args]) => printf(string(layout), args) }],
  [
    'html',
    { takes: [], more: 'any', call: (args) => sprint(args).replace(/[&<>"'\0]/g, (sign) => htmlSigns[sign] ?? sign) },
  ],
  ['js', { takes: [], more: 'any', call: (args) => sprint(args).replace(/[\\'"<>&=]|\p{Cc}/gu, jsEscape) }],
  [
    'urlquery',
    {
      takes: [],
      more: 'any',
      call: (args) =>
        encodeURIComponent(sprint(args))
          .replace(/%20/g, '+')
          .replace(/[!'()*]/g, percent),
    },
  ],
  ['len', { takes: ['any'], call: ([value]) => length(value) }],
  ['index', { takes: ['any'], more: 'any', call: ([value, ...keys]) => keys.reduce(index, value) }],
  ['slice', { takes: ['any'], more: 'any', call: ([value, ...bounds]) => slice(value, bounds) }],
  ['not', { takes: ['any'], call: ([value]) => !truth(value) }],
  // these two stop at the first that decides: the runner evaluates their arguments one by one
  ['and', { takes: ['any'], more: 'any', call: (args) => args.find((arg) => !truth(arg)) ?? args.at(-1) }],
  ['or', { takes: ['any'], more: 'any', call: (args) => args.find(truth) ?? args.at(-1) }],
  ['call', { takes: ['any'], more: 'any', call: ([value]) => fail(`non-function of type ${typeName(value)}`) }],
  ['eq', { takes: ['any'], more: 'any', call: ([left, ...rights]) => anyEqual(left, rights) }],
  ['ne', { takes: ['any', 'any'], call: ([left, right]) => !equal(left, right) }],
  ['lt', { takes: ['any', 'any'], call: ([left, right]) => compare(left, right) < 0 }],
  ['le', { takes: ['any', 'any'], call: ([left, right]) => compare(left, right) <= 0 }],
  ['gt', { takes: ['any', 'any'], call: ([left, right]) => compare(left, right) > 0 }],
  ['ge', { takes: ['any', 'any'], call: ([left, right]) => compare(left, right) >= 0 }],
]);

function fail(message: string): never {
  throw new CallError(message);
}

/** As fmt.Sprint: blanks between neighbours of which neither is a string. */
function sprint(args: readonly GoValue[]): string {
  return args
    .map((arg, at) => (at > 0 && typeof arg !== 'string' && typeof args[at - 1] !== 'string' ? ' ' : '') + printed(arg))
    .join('');
}

const htmlSigns: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
  '\0': '\uFFFD',
};

function jsEscape(sign: string): string {
  if ('\\\'"'.includes(sign)) return `\\${sign}`;
  return `\\u${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function percent(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

function length(value: GoValue): number {
  if (typeof value === 'string') return utf8Length(value);
  if (isList(value)) return value.length;
  if (isMap(value)) return value.size;
  if (isNil(value)) return value.nil === 'pointer' ? fail('len of nil pointer') : 0;
  if (value === undefined) fail('len of nil pointer');
  return fail(`len of type ${typeName(value)}`);
}

function index(value: GoValue, key: GoValue): GoValue {
  if (value === undefined) fail('index of untyped nil');
  if (isNil(value)) {
    if (value.nil === 'map') return '';
    if (value.nil === 'pointer') fail('index of nil pointer');
  }
  if (isMap(value)) {
    if (typeof key !== 'string') fail(`value has type ${typeName(key)}; should be string`);
    return value.has(key)
      ? value.get(key)
      : [...value.values()].every((item) => typeof item === 'string')
        ? ''
        : undefined;
  }
  if (isList(value) || isNil(value) || typeof value === 'string') {
    const items: GoValue = isNil(value) ? [] : typeof value === 'string' ? [...new TextEncoder().encode(value)] : value;
    if (typeof key !== 'number' || !Number.isInteger(key)) fail(`cannot index slice/array with type ${typeName(key)}`);
    if (key < 0 || key > items.length) fail(`index out of range: ${String(key)}`);
    if (key === items.length) fail(`reflect: ${typeof value === 'string' ? 'string' : 'slice'} index out of range`);
    return items[key];
  }
  return fail(`can't index item of type ${typeName(value)}`);
}

function slice(value: GoValue, bounds: readonly GoValue[]): GoValue {
  if (typeof value !== 'string' && !isList(value))
    fail(value === undefined ? 'slice of untyped nil' : `can't slice item of type ${typeName(value)}`);
  if (bounds.length > 3 || (bounds.length === 3 && typeof value === 'string'))
    fail(bounds.length > 3 ? `too many slice indexes: ${String(bounds.length)}` : 'cannot 3-index slice a string');
  const size = value.length;
  const numbers = bounds.map((bound) => {
    if (typeof bound !== 'number' || !Number.isInteger(bound))
      fail(`cannot index slice/array with type ${typeName(bound)}`);
    if (bound < 0 || bound > size) fail(`index out of range: ${String(bound)}`);
    return bound;
  });
  const [from = 0, to = size] = numbers;
  if (from > to) fail(`invalid slice index: ${String(from)} > ${String(to)}`);
  return value.slice(from, to);
}

type BasicKind = 'bool' | 'int' | 'float' | 'string' | undefined;

function basicKind(value: GoValue): BasicKind {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return typeof value === 'string' ? 'string' : undefined;
}

function anyEqual(left: GoValue, rights: readonly GoValue[]): boolean {
  if (rights.length === 0) fail('missing argument for comparison');
  return rights.some((right) => equal(left, right));
}

function equal(left: GoValue, right: GoValue): boolean {
  const [kind, other] = [basicKind(left), basicKind(right)];
  if (kind !== other) {
    if (isAbsent(left) || isAbsent(right)) return false;
    fail('incompatible types for comparison');
  }
  if (kind !== undefined) return left === right;
  if (isAbsent(left) || isAbsent(right)) return isAbsent(left) && isAbsent(right);
  if (isStruct(left) && isStruct(right)) return left === right;
  return fail(`non-comparable type ${printed(left)}: ${typeName(left)}`);
}

function isAbsent(value: GoValue): boolean {
  return value === undefined || isNil(value);
}

function compare(left: GoValue, right: GoValue): number {
  const [kind, other] = [basicKind(left), basicKind(right)];
  if (kind === undefined || kind === 'bool') fail('invalid type for comparison');
  if (kind !== other) fail('incompatible types for comparison');
  const [a, b] = [left as string, right as string];
  return a < b ? -1 : a > b ? 1 : 0;
}

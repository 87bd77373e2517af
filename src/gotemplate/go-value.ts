/**
 * Values as Go's text/template sees them. The docker CLI fills its templates from Go structs, maps and lists;
 * what they print, and which mistakes they find, depends on which of these a value is.
 */
export type GoValue =
  /** Nothing at all: prints `<no value>`. */
  undefined | boolean | number | bigint | string | readonly GoValue[] | GoMap | GoStruct | GoNil | GoMethod;

/** Keys may be missing. */
export type GoMap = ReadonlyMap<string, GoValue>;

/** Fields are fixed: one that is not there is an error that names the type. */
export interface GoStruct {
  readonly type: string;
  readonly fields: ReadonlyMap<string, GoValue>;
  /** Go's spelling of a field where it differs from the JSON key: `ID` → `Id`. */
  readonly spelling?: Readonly<Record<string, string>>;
  /** What it was read from: its JSON is that again. */
  readonly source?: GoValue;
  /** How its fields are printed, where some stand in a struct of their own; absent: all, one after the other. */
  readonly layout?: FieldOrder;
  /** Held by its address, which is what Go prints of it inside another value. */
  readonly pointer?: true;
  /** A row of a list: its JSON has sorted keys, and `<`, `>` and `&` escaped, as Go's json.Marshal writes them. */
  readonly row?: true;
}

/** Fields in the order Go declares them; a list is a struct that stands in another one, `*Init` a pointer to a value. */
export type FieldOrder = readonly (string | FieldOrder)[];

/** A map, list or pointer that is nil: they print differently. */
export interface GoNil {
  readonly nil: 'map' | 'list' | 'pointer';
}

/** Called by naming it: `{{.Label "maintainer"}}`. */
export interface GoMethod {
  readonly takes: number;
  call(...args: readonly string[]): GoValue;
}

export function isMap(value: GoValue): value is GoMap {
  return value instanceof Map;
}

export function isList(value: GoValue): value is readonly GoValue[] {
  return Array.isArray(value);
}

export function isStruct(value: GoValue): value is GoStruct {
  return typeof value === 'object' && 'fields' in value;
}

export function isNil(value: GoValue): value is GoNil {
  return typeof value === 'object' && 'nil' in value;
}

export function isMethod(value: GoValue): value is GoMethod {
  return typeof value === 'object' && 'call' in value;
}

/** The name Go has for the value's type; what comes from JSON without a type is `interface {}`, which the caller knows. */
export function typeName(value: GoValue): string {
  if (value === undefined) return 'interface {}';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int64';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float64';
  if (isStruct(value)) return value.type;
  if (isList(value)) return value.every((item) => typeof item === 'string') ? '[]string' : '[]interface {}';
  if (isMap(value))
    return [...value.values()].every((item) => typeof item === 'string')
      ? 'map[string]string'
      : 'map[string]interface {}';
  if (isNil(value))
    return value.nil === 'map' ? 'map[string]string' : value.nil === 'list' ? '[]string' : 'interface {}';
  return 'func';
}

/** Go's truth: not empty, not zero, not nil. A struct is always true. */
export function truth(value: GoValue): boolean {
  if (isList(value)) return value.length > 0;
  if (isMap(value)) return value.size > 0;
  if (typeof value === 'object') return !isNil(value);
  return Boolean(value);
}

/** Keys in the order Go walks and prints maps. */
export function sortedKeys(map: ReadonlyMap<string, GoValue>): readonly string[] {
  return [...map.keys()].sort(byBytes);
}

/** Go compares strings by their UTF-8 bytes, which is the order of code points. */
function byBytes(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let at = 0; at < left.length && at < right.length; at += 1) {
    const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** What stands for the address of a value: which one Go prints is chance. */
const address = '0xc000000000';

/** What fmt's %v prints; `<nil>` inside, `<no value>` is the template's own for nothing at the top. */
export function printed(value: GoValue): string {
  if (value === undefined) return '<nil>';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return printedNumber(value);
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map(inside).join(' ')}]`;
  if (isMap(value))
    return `map[${sortedKeys(value)
      .map((key) => `${key}:${inside(value.get(key))}`)
      .join(' ')}]`;
  if (isStruct(value)) return printedFields(value.layout ?? [...value.fields.keys()], value.fields);
  if (isNil(value)) return value.nil === 'map' ? 'map[]' : value.nil === 'list' ? '[]' : '<nil>';
  return '';
}

function inside(value: GoValue): string {
  return isStruct(value) && value.pointer ? address : printed(value);
}

function printedFields(order: FieldOrder, fields: GoStruct['fields']): string {
  const shown = order.flatMap((field) => {
    if (typeof field !== 'string') return [printedFields(field, fields)];
    const value = fields.get(field.replace('*', ''));
    if (isMethod(value)) return [];
    return [field.startsWith('*') && value !== undefined && !isNil(value) ? address : inside(value)];
  });
  return `{${shown.join(' ')}}`;
}

/** Integers in full; others as Go's shortest %g, whose exponent has two digits and begins at 21. */
function printedNumber(value: number): string {
  const text = String(value);
  const [mantissa = '', exponent] = text.split('e');
  if (exponent === undefined) return text;
  return `${mantissa}e${exponent.startsWith('-') ? '-' : '+'}${exponent.replace(/^[-+]/, '').padStart(2, '0')}`;
}

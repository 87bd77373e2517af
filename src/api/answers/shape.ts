/** What a JSON value must be like for the fields that are used of it to be what they are taken for. Pure. */

export type Shape =
  | 'anything'
  | 'text'
  | 'number'
  | 'flag'
  | 'object'
  | { readonly list: Shape }
  /** Any names, each value alike. */
  | { readonly map: Shape }
  /** At least these; what else there is, is not looked at. */
  | { readonly fields: Readonly<Record<string, Shape>> }
  /** Absent and null are well too. */
  | { readonly maybe: Shape };

export const list = (of: Shape): Shape => ({ list: of });
export const map = (of: Shape): Shape => ({ map: of });
export const fields = (of: Readonly<Record<string, Shape>>): Shape => ({ fields: of });
export const maybe = (of: Shape): Shape => ({ maybe: of });

/** @returns where the value is unlike the shape, in words; undefined where it is like it */
export function unlike(value: unknown, shape: Shape, at = 'it'): string | undefined {
  if (typeof shape === 'string') return isOfKind(value, shape) ? undefined : wrong(value, at, names[shape]);
  if ('maybe' in shape) return value === undefined || value === null ? undefined : unlike(value, shape.maybe, at);
  if ('list' in shape) {
    if (!Array.isArray(value)) return wrong(value, at, 'a list');
    return first(value.map((item, index) => [item, shape.list, `${at}[${String(index)}]`]));
  }
  if (!isObject(value)) return wrong(value, at, names.object);
  const inside = (name: string): string => (at === 'it' ? name : `${at}.${name}`);
  if ('map' in shape) return first(Object.entries(value).map(([name, item]) => [item, shape.map, inside(name)]));
  return first(
    Object.entries(shape.fields).map(([name, wanted]) => [
      Object.hasOwn(value, name) ? value[name] : undefined,
      wanted,
      inside(name),
    ]),
  );
}

function first(parts: readonly (readonly [unknown, Shape, string])[]): string | undefined {
  for (const [value, shape, at] of parts) {
    const found = unlike(value, shape, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Plain = Extract<Shape, string>;

const names: Readonly<Record<Plain, string>> = {
  anything: 'anything',
  text: 'a text',
  number: 'a number',
  flag: 'true or false',
  object: 'an object',
};

function isOfKind(value: unknown, kind: Plain): boolean {
  switch (kind) {
    case 'anything':
      return true;
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'flag':
      return typeof value === 'boolean';
    case 'object':
      return isObject(value);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(value: unknown, at: string, wanted: string): string {
  return `${at} is ${kindOf(value)}, not ${wanted}`;
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return names.text;
    case 'number':
      return names.number;
    case 'boolean':
      return String(value);
    default:
      return names.object;
  }
}

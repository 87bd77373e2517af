/** Which fields of a thing an expectation looks at. Pure. */

/**
 * The names of the fields that are wished for, dotted, with a comma between: `state, ports`, `config.cmd`, `text`.
 * @param which fields that say which thing is meant, or how it is asked
 * @param otherwise what is looked at where no field is given
 */
export function propertyOf<Fields extends object>(
  fields: Fields,
  which: readonly KeysOf<Fields>[],
  otherwise = 'exists',
): string {
  // of what must not be there nothing more is looked at
  if ('exists' in fields && fields.exists === false) return 'exists';
  return [...new Set(namesIn(fields, which))].join(', ') || otherwise;
}

/** Of a union, those of each member. */
type KeysOf<T> = T extends object ? keyof T & string : never;

/** Ways to compare one text. */
const comparing: readonly string[] = ['equals', 'contains', 'matches'];

function namesIn(fields: object, which: readonly string[]): readonly string[] {
  return Object.entries(fields).flatMap(([name, value]: [string, unknown]) => {
    if (value === undefined || which.includes(name)) return [];
    if (comparing.includes(name)) return ['text'];
    if (name === 'config' && typeof value === 'object' && value !== null)
      return namesIn(value, []).map((inner) => `${name}.${inner}`);
    return [name];
  });
}

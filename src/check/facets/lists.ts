/** Lists and pairs in words, and compared. Pure. */
type Scalar = string | number | boolean;

/** `a, b and c`; `none` for an empty list. */
export function listWords(items: readonly string[]): string {
  if (items.length === 0) return 'none';
  return items.length === 1 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** `KEY=v and OTHER=w` */
export function pairWords(pairs: Readonly<Record<string, Scalar>>): string {
  return listWords(Object.entries(pairs).map(([name, value]) => `${name}=${value}`));
}

/** Whether all `wanted` pairs are there; others may be too. */
export function hasAll(actual: Readonly<Record<string, string>>, wanted: Readonly<Record<string, Scalar>>): boolean {
  return Object.entries(wanted).every(([name, value]) => actual[name] === String(value));
}

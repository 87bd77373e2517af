/** The values of a call's metadata: several of one name come as so many headers (buildkit, session/filesync: encodeOpts). Pure. */

/** @param raw names and values in turn, as Node's rawHeaders */
export function valuesOf(raw: readonly string[], name: string): readonly string[] {
  const named = (wanted: string): readonly string[] =>
    raw.flatMap((key, at) => (at % 2 === 0 && key === wanted ? [raw[at + 1] ?? ''] : []));
  const values = named(name);
  return named(`${name}-encoded`)[0] === '1' ? values.map(unescaped) : values;
}

/** Go's url.QueryEscape. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

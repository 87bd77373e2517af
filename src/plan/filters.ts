/** `--filter key=value` as the API takes it: a JSON object of sets. */
export interface Filter {
  readonly key: string;
  readonly value: string;
}

/** `{"label":{"a=b":true}}`, keys in the order written; undefined where nothing is filtered. */
export function filtersQuery(filters: readonly Filter[]): string | undefined {
  if (filters.length === 0) return undefined;
  const sets: Record<string, Record<string, true>> = {};
  for (const { key, value } of filters) (sets[key] ??= {})[value] = true;
  return JSON.stringify(sets);
}

/** What Node says of a connection that failed. */

/** Node's error code; of several attempts (IPv6, IPv4) the first that has one. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? error.errors.map(codeOf).find((code) => code !== undefined) : undefined;
}

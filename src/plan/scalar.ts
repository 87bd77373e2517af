/** A value of the engine's JSON as text; '' where it is none, or a list or object. */
export function scalar(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

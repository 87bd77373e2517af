/** A variable of compose that switches something on: as Go reads a boolean, and compose takes `y` and `yes` with it. */
export function isTrue(value = ''): boolean {
  return ['1', 't', 'true', 'y', 'yes'].includes(value.toLowerCase());
}

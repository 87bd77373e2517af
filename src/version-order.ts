/** Versions in order: by number, part by part, so that 1.9 is before 1.41. Pure. */

/**
 * Below 0 where the version is older than the bound. A bound counts as far as it is written: 29.1 is neither older nor
 * newer than 29. What follows the numbers (`20.10.24+dfsg1`) does not count.
 */
export function versionOrder(version: string, bound: string): number {
  const [ours, theirs] = [numbers(version), numbers(bound)];
  const at = theirs.findIndex((part, index) => (ours[index] ?? 0) !== part);
  return at === -1 ? 0 : (ours[at] ?? 0) - (theirs[at] ?? 0);
}

export function isBefore(version: string, bound: string): boolean {
  return versionOrder(version, bound) < 0;
}

function numbers(version: string): readonly number[] {
  return (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '0').split('.').map(Number);
}

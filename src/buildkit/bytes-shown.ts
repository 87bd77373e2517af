const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `26B`, `1.03kB`: as BuildKit's progress has it. */
export function bytesShown(bytes: number): string {
  let [amount, power] = [bytes, 0];
  for (; amount >= 1000 && power < units.length - 1; power += 1) amount /= 1000;
  return `${power === 0 ? String(amount) : amount.toFixed(2)}${units[power] ?? ''}`;
}

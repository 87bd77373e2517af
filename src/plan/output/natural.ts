/** Names in the order the docker CLI sorts them: runs of digits by their number, and before other signs (fvbommel/sortorder). */
export function naturalOrder(a: string, b: string): number {
  const left = a.match(/\d+|\D/gu) ?? [];
  const right = b.match(/\d+|\D/gu) ?? [];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = compare(left[i] ?? '', right[i] ?? '');
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function compare(a: string, b: string): number {
  const [first, second] = [/^\d/.test(a), /^\d/.test(b)];
  if (first !== second) return first ? -1 : 1;
  if (first) return Number(a) - Number(b) || a.length - b.length;
  return a === b ? 0 : a < b ? -1 : 1;
}

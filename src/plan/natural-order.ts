/** `web2` before `web10`: the order docker lists networks and volumes in. */
export function naturally(a: string, b: string): number {
  const [left, right] = [pieces(a), pieces(b)];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const [one = '', other = ''] = [left[at], right[at]];
    const numbers = /^\d/.test(one) && /^\d/.test(other);
    const difference = numbers ? Number(one) - Number(other) : one < other ? -1 : one > other ? 1 : 0;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function pieces(text: string): readonly string[] {
  return text.match(/\d+|\D+/g) ?? [];
}

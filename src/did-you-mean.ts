/** The nearest known word to a mistyped one, or none where nothing is near enough to be a slip of the finger. */

/** Longer words are not slips: comparing them would only cost time. */
const longest = 40;

export function didYouMean(written: string, known: Iterable<string>): string | undefined {
  const word = written.toLowerCase();
  if (word.length === 0 || word.length > longest) return undefined;
  const allowed = word.length <= 3 ? 1 : word.length <= 7 ? 2 : 3;
  let best: string | undefined;
  let bestDistance = allowed + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const distance = distanceBetween(word, candidate.toLowerCase());
    if (distance < bestDistance && distance < candidate.length) [best, bestDistance] = [candidate, distance];
  }
  return best ?? startingWith(word, known);
}

/** An abbreviation of one known word only (`--publ`). */
function startingWith(word: string, known: Iterable<string>): string | undefined {
  if (word.length < 3) return undefined;
  const matches = [...known].filter((candidate) => candidate.startsWith(word));
  return matches.length === 1 ? matches[0] : undefined;
}

/** Optimal string alignment: insert, delete, replace, and swap of neighbours count 1 each. */
function distanceBetween(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(at(above, j) + 1, at(row, j - 1) + 1, at(above, j - 1) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, at(before, j - 2) + 1);
      row.push(cost);
    }
    [before, above] = [above, row];
  }
  return at(above, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}

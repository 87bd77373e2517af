/**
 * Command lines that are answered from what is installed: nothing to ask, make or clean up, and no option to read.
 * Commander, signals and streams take longer to load than these answers take to make.
 */

/** @returns undefined for every other line. The answer ends with its exit code, and prints nothing where it throws. */
export function answerAtOnce(argv: readonly string[]): (() => Promise<number>) | undefined {
  const [name, ...words] = argv;
  if (name === 'list' && words.length === 0) return async () => (await import('./list.ts')).list({});
  // as commander reads it here: after the first word of the command, nothing is an option of ours
  if (name === 'explain' && words.join('').trim() !== '' && !words[0]?.startsWith('-'))
    return async () => (await import('./explain.ts')).explain(words, {});
  return undefined;
}

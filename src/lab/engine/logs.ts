/** The lab's logs are kept from start to start; they grow slowly, and a long one is begun anew. */
import { readFile, rename, stat } from 'node:fs/promises';

const longest = 5_000_000;

/** Empty where there is no log. */
export async function lastLines(file: string, count = 12): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-count);
}

/** Keeps one older log beside the new one. */
export async function turnLongLog(file: string): Promise<void> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > longest) await rename(file, `${file}.1`);
}

/**
 * Command lines that are answered from what is installed: nothing to ask, make or clean up, and no option to read.
 * Commander, signals and streams take longer to load than these answers take to make.
 */
import { version } from '../../version.ts';
import { metadata, metadataQuestion } from '../plugin/metadata.ts';
import { print } from './print.ts';

/** @returns undefined for every other line. The answer ends with its exit code. */
export function answerAtOnce(argv: readonly string[]): (() => Promise<number>) | undefined {
  const [name, ...words] = argv;
  // scripts ask for it often
  if ((name === '--version' || name === '-v') && words.length === 0) return () => answer(`${version}\n`);
  // the docker CLI asks each of its plugins for it, at every `docker --help`
  if (name === metadataQuestion && words.length === 0) return () => answer(`${metadata()}\n`);
  if (name === 'list' && words.length === 0) return async () => (await import('../commands/list.ts')).list({});
  // after the first word of the command nothing is an option of ours, unless that word is a whole line
  const isLine = words.length === 1 || !/\s/.test(words[0] ?? '');
  if (name === 'explain' && words.join('').trim() !== '' && !words[0]?.startsWith('-') && isLine)
    return async () => (await import('../commands/explain/explain.ts')).explain(words, {});
  return undefined;
}

async function answer(text: string): Promise<number> {
  print(text);
  return 0;
}

/** Commands that a service runs in its container at moments of its life, or when files change. */
import { bool, list, pairs, record, text, texts } from '../readers.ts';
import type { Reader } from '../readers.ts';
import { kept } from '../readers.ts';
import { splitWords } from './split-words.ts';

/** A string is split into words. Null takes away what an earlier file says. */
export const command: Reader<readonly string[]> = kept((value, at) => {
  if (value === null) return undefined;
  return typeof value === 'string' ? splitWords(value, at) : texts(value, at);
});

export const hook = record(
  { command, user: text, privileged: bool, working_dir: text, environment: pairs },
  { needs: ['command'] },
);

export const hooks = list(hook);

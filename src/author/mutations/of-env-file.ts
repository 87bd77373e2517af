/** A file of variables, a `NAME=value` a line, done wrong in one place: a line left out, or another value. Pure. */
import { otherText } from './changed-value.ts';
import type { ChangedText } from './of-dockerfile.ts';

/** @param before the file as it was: then only the lines that are new in it are done wrong */
export function changedEnvFiles(text: string, before = ''): readonly ChangedText[] {
  const old = new Set(before.split('\n'));
  const lines = text.split('\n');
  return lines.flatMap((line, at) => {
    const [, key, value] = /^\s*(?!#)([^=\s]+)=(.*)$/.exec(line) ?? [];
    if (key === undefined || value === undefined || old.has(line)) return [];
    const written = (one: readonly string[]): string => one.join('\n');
    return [
      { change: `without ${key}`, text: written(lines.toSpliced(at, 1)) },
      ...otherText(value).map((other) => ({
        change: `${key}=${other}`,
        text: written(lines.with(at, `${key}=${other}`)),
      })),
    ];
  });
}

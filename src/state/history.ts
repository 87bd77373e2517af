/** The lines of earlier prompts, in the state folder, for this user alone. */
import { appendFile, chmod, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readSmallFile } from './small-file.ts';
import { stateFolder } from './home.ts';
import { makeFolder } from './places.ts';

/** Lines kept. */
const longest = 1000;

export interface History {
  /** Newest first, as readline has them. */
  readonly lines: readonly string[];
  /** Remembers a line, and keeps it on disk unless it holds a secret. A disk that cannot be written costs the history only. */
  add(line: string): Promise<void>;
}

/** @param holdsSecret whether a line must not be kept in a file */
export async function openHistory(
  env: Readonly<Record<string, string | undefined>>,
  holdsSecret: (line: string) => boolean,
): Promise<History> {
  const file = join(stateFolder(env), 'history');
  const found = readLines(file);
  const lines = found.slice(-longest).reverse();
  if (found.length > 2 * longest)
    await writeFile(file, [...lines].reverse().map(asLine).join(''), { mode: 0o600 }).catch(notKept);
  return {
    lines,
    async add(line) {
      if (holdsSecret(line) || lines[0] === line) return;
      lines.unshift(line);
      await keep(file, line).catch(notKept);
    },
  };
}

function readLines(file: string): readonly string[] {
  try {
    return (readSmallFile(file) ?? '').split('\n').filter((line) => line !== '');
  } catch {
    // not readable: there is nothing to offer
    return [];
  }
}

async function keep(file: string, line: string): Promise<void> {
  makeFolder(dirname(file));
  await appendFile(file, asLine(line), { mode: 0o600 });
  // a file that was there before may have other permissions
  await chmod(file, 0o600);
}

/** What was typed over several lines is one line of the history. */
function asLine(line: string): string {
  return `${line.replace(/\\?\n/g, ' ')}\n`;
}

function notKept(): void {
  // a read-only or full disk is no reason to stop
}

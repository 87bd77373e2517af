/** The files of a build context, in the order the docker CLI sends them. */
import { lstat, open, readdir, readlink } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { join } from 'node:path';
import { Stopped } from '../plan/effects.ts';
import type { IgnoreRules } from './dockerignore.ts';

export interface ContextEntry {
  /** Relative to the context, with slashes. */
  readonly name: string;
  readonly path: string;
  readonly stats: Stats;
  /** Where a symbolic link points. */
  readonly link?: string;
}

/** Each folder before what is in it, names in the order of their bytes. What goes away meanwhile is left out. */
export async function* contextEntries(
  folder: string,
  rules: IgnoreRules,
  signal: AbortSignal,
  below = '',
): AsyncGenerator<ContextEntry> {
  for (const file of await namesIn(join(folder, below))) {
    signal.throwIfAborted();
    const name = below === '' ? file : `${below}/${file}`;
    const skipped = rules.skips(name);
    if (skipped && !rules.holdsExceptions(name)) continue;
    const entry = await entryOf(folder, name);
    if (!entry) continue;
    if (!skipped) yield entry;
    if (entry.stats.isDirectory()) yield* contextEntries(folder, rules, signal, name);
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names
      .map((name) => Buffer.from(name))
      .sort(Buffer.compare)
      .map(String);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw unreadable(folder, error);
  }
}

async function entryOf(folder: string, name: string): Promise<ContextEntry | undefined> {
  const path = join(folder, name);
  try {
    const stats = await lstat(path);
    return { name, path, stats, ...(stats.isSymbolicLink() && { link: await readlink(path) }) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw unreadable(path, error);
  }
}

/** Before anything is sent: half a context would be half a build. @throws Stopped in the docker CLI's words */
export async function checkReadable(entries: AsyncIterable<ContextEntry>): Promise<void> {
  for await (const { path, stats } of entries) {
    if (!stats.isFile()) continue;
    try {
      await (await open(path)).close();
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw unreadable(path, error);
    }
  }
}

function unreadable(path: string, error: unknown): Stopped {
  const denied = codeOf(error) === 'EACCES' || codeOf(error) === 'EPERM';
  return new Stopped(
    `error checking context: ${denied ? `no permission to read from '${path}'` : `cannot read '${path}': ${String(error)}`}`,
  );
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

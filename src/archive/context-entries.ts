/** The files of a build context, in the order the docker CLI sends them. */
import { lstat, readdir, readlink } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { absent, holdIn, openIn } from '../disk/held.ts';
import type { Held } from '../disk/held.ts';
import { Failure } from '../failure.ts';
import { Stopped } from '../plan/effects.ts';
import type { IgnoreRules, Judgement } from './dockerignore.ts';

export interface ContextEntry {
  /** Relative to the context, with slashes. */
  readonly name: string;
  readonly path: string;
  /** It is held while the entry is in hand. */
  readonly folder: Held;
  readonly stats: Stats;
  /** Where a symbolic link points. */
  readonly link?: string;
}

/** Each folder before what is in it, names in the order of their bytes. What goes away meanwhile is left out. */
export async function* contextEntries(
  folder: Held,
  rules: IgnoreRules,
  signal: AbortSignal,
  below?: { readonly name: string; readonly judged: Judgement },
): AsyncGenerator<ContextEntry> {
  for (const file of await namesIn(folder)) {
    signal.throwIfAborted();
    const name = below ? `${below.name}/${file}` : file;
    const judged = rules.judge(name, below?.judged);
    const { skipped } = judged;
    if (skipped && !rules.holdsExceptions(name)) continue;
    const entry = await entryOf(folder, file, name);
    if (!entry) continue;
    if (!skipped) yield entry;
    if (!entry.stats.isDirectory()) continue;
    const inner = await holdIn(folder, file).catch(absent);
    try {
      // a link may have taken its place
      if (inner?.stats.isDirectory()) yield* contextEntries(inner, rules, signal, { name, judged });
    } finally {
      await inner?.close();
    }
  }
}

async function namesIn(folder: Held): Promise<readonly string[]> {
  try {
    const names = await readdir(folder.path);
    return names
      .map((name) => Buffer.from(name))
      .sort(Buffer.compare)
      .map(String);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw unreadable(folder.real, error);
  }
}

async function entryOf(folder: Held, file: string, name: string): Promise<ContextEntry | undefined> {
  const [at, path] = [join(folder.path, file), join(folder.real, file)];
  try {
    const stats = await lstat(at);
    return { name, path, folder, stats, ...(stats.isSymbolicLink() && { link: await readlink(at) }) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw unreadable(path, error);
  }
}

/** Before anything is sent: half a context would be half a build. @throws Stopped in the docker CLI's words */
export async function checkReadable(entries: AsyncIterable<ContextEntry>): Promise<void> {
  for await (const entry of entries) {
    if (!entry.stats.isFile()) continue;
    try {
      await (await openEntry(entry))?.close();
    } catch (error) {
      throw error instanceof Failure ? error : unreadable(entry.path, error);
    }
  }
}

/** @returns undefined where it is no file any more */
export async function openEntry({ folder, path }: ContextEntry): Promise<FileHandle | undefined> {
  return openIn(folder, basename(path));
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

/** The entries of a build context as a tar stream. */
import type { Buffer } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Header } from 'tar-stream';
import { Stopped } from '../plan/effects.ts';
import { Failure } from '../failure.ts';
import { openEntry } from './context-entries.ts';
import type { ContextEntry } from './context-entries.ts';
import { modeAndTime, specialHeader } from './file-header.ts';
import { addFile, firstName, tarOf } from './tar.ts';
import type { Filling } from './tar.ts';

/** A file that is sent with this content, wherever it comes from. */
export interface Inserted {
  readonly name: string;
  readonly content: Buffer;
  /** It was read from the folder's own file of this name, whose place, mode and time it keeps. */
  readonly inPlace?: boolean;
}

/** Entries whose names are inserted are replaced; what has no file's place to keep comes last. */
export async function contextTar(
  entries: AsyncIterable<ContextEntry>,
  inserted: readonly Inserted[],
): Promise<Readable> {
  return tarOf(async (filling) => {
    const { archive, closed } = filling;
    const waiting = new Map(inserted.map((one) => [one.name, one]));
    const seen = new Map<string, string>();
    for await (const entry of entries) {
      if (closed.aborted) return;
      const replacing = waiting.get(entry.name);
      if (!replacing) await addEntry(filling, entry, seen);
      else if (replacing.inPlace && entry.stats.isFile()) {
        archive.entry(headerOf(entry), replacing.content);
        waiting.delete(entry.name);
      }
    }
    // mode and time of their own: the docker CLI's are 0600 and now, and now would spoil the cache of COPY
    for (const { name, content } of waiting.values())
      archive.entry({ ...plain, name, mode: 0o600, mtime: new Date(0) }, content);
  });
}

/** As root's: an owner that differs between machines would spoil the cache. */
const plain = { uid: 0, gid: 0, uname: '', gname: '' } as const;

function headerOf({ name, stats }: ContextEntry): Partial<Header> & { readonly name: string } {
  return { ...plain, name, ...modeAndTime(stats) };
}

async function addEntry(filling: Filling, entry: ContextEntry, seen: Map<string, string>): Promise<void> {
  const { archive } = filling;
  const { name, stats, link } = entry;
  const header = headerOf(entry);
  if (stats.isDirectory()) return void archive.entry({ ...header, name: `${name}/`, type: 'directory' });
  if (link !== undefined) return void archive.entry({ ...header, type: 'symlink', linkname: link });
  if (!stats.isFile()) {
    const special = specialHeader(stats);
    return void (special && archive.entry({ ...header, ...special }));
  }
  const first = firstName(stats, name, seen);
  if (first !== undefined) return void archive.entry({ ...header, type: 'link', linkname: first });
  const file = await opened(entry);
  if (!file) return;
  const shrunk = `error sending context: '${name}' became shorter while it was read; build again when it is at rest`;
  await addFile(filling, file, header, shrunk);
}

async function opened(entry: ContextEntry): Promise<FileHandle | undefined> {
  try {
    return await openEntry(entry);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Stopped(`error checking context: no permission to read from '${entry.path}'`);
  }
}

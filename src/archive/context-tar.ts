/** The entries of a build context as a tar stream. */
import type { Buffer } from 'node:buffer';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { Stopped } from '../plan/effects.ts';
import { codeOf } from './context-entries.ts';
import type { ContextEntry } from './context-entries.ts';
import { addFile, firstName, tarOf } from './tar.ts';
import type { Filling } from './tar.ts';

/** A file that is sent with this content, wherever it comes from. */
export interface Inserted {
  readonly name: string;
  readonly content: Buffer;
}

/** Entries whose names are inserted are replaced; the rest of the inserted come last. */
export async function contextTar(
  entries: AsyncIterable<ContextEntry>,
  inserted: readonly Inserted[],
): Promise<Readable> {
  return tarOf(async (filling) => {
    const { archive, closed } = filling;
    const replaced = new Set(inserted.map(({ name }) => name));
    const seen = new Map<string, string>();
    for await (const entry of entries) {
      if (closed.aborted) return;
      if (!replaced.has(entry.name)) await addEntry(filling, entry, seen);
    }
    // mode and time of their own: the docker CLI's are 0600 and now, and now would spoil the cache of COPY
    for (const { name, content } of inserted)
      archive.entry({ ...plain, name, mode: 0o600, mtime: new Date(0) }, content);
  });
}

/** As root's: an owner that differs between machines would spoil the cache. */
const plain = { uid: 0, gid: 0, uname: '', gname: '' } as const;

async function addEntry(
  filling: Filling,
  { name, path, stats, link }: ContextEntry,
  seen: Map<string, string>,
): Promise<void> {
  const { archive } = filling;
  const mtime = new Date(Math.floor(stats.mtimeMs / 1000) * 1000);
  const header = { ...plain, name, mode: stats.mode & 0o7777, mtime };
  if (stats.isDirectory()) return void archive.entry({ ...header, name: `${name}/`, type: 'directory' });
  if (link !== undefined) return void archive.entry({ ...header, type: 'symlink', linkname: link });
  if (stats.isFIFO()) return void archive.entry({ ...header, type: 'fifo' });
  // a socket cannot be sent; a device is no file of a project
  if (!stats.isFile()) return;
  const first = firstName(stats, name, seen);
  if (first !== undefined) return void archive.entry({ ...header, type: 'link', linkname: first });
  const file = await opened(path);
  if (!file) return;
  const shrunk = `error sending context: '${name}' became shorter while it was read; build again when it is at rest`;
  await addFile(filling, file, header, shrunk);
}

async function opened(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new Stopped(`error checking context: no permission to read from '${path}'`);
  }
}

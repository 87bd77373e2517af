/** Context entries as a tar stream, in memory that does not grow with them. */
import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Header, Pack } from 'tar-stream';
import { Stopped } from '../plan/effects.ts';
import { codeOf } from './context-entries.ts';
import type { ContextEntry } from './context-entries.ts';

/** A file that is sent with this content, wherever it comes from. */
export interface Inserted {
  readonly name: string;
  readonly content: Buffer;
}

const chunkSize = 128 * 1024;

/** Entries whose names are inserted are replaced; the rest of the inserted come last. */
export async function tarStream(
  entries: AsyncIterable<ContextEntry>,
  inserted: readonly Inserted[],
): Promise<Readable> {
  const { default: tarStream } = await import('tar-stream');
  const { pack } = tarStream;
  return Readable.from(packed(pack(), entries, inserted), { objectMode: false, highWaterMark: chunkSize });
}

async function* packed(
  pack: Pack,
  entries: AsyncIterable<ContextEntry>,
  inserted: readonly Inserted[],
): AsyncGenerator<Uint8Array> {
  // whoever iterates hears of an error; without a listener it would end the process as well
  pack.on('error', () => undefined);
  const filling = fill(pack, entries, inserted).catch((error: unknown) => {
    pack.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  try {
    yield* pack as AsyncIterable<Uint8Array>;
  } finally {
    pack.destroy();
    await filling;
  }
}

async function fill(pack: Pack, entries: AsyncIterable<ContextEntry>, inserted: readonly Inserted[]): Promise<void> {
  const closed = new AbortController();
  pack.once('close', () => {
    closed.abort();
  });
  const replaced = new Set(inserted.map(({ name }) => name));
  const seen = new Map<string, string>();
  for await (const entry of entries) {
    if (closed.signal.aborted) return;
    if (!replaced.has(entry.name)) await addEntry(pack, entry, seen, closed.signal);
  }
  // mode and time of their own: the docker CLI's are 0600 and now, and now would spoil the cache of COPY
  for (const { name, content } of inserted) pack.entry({ ...plain, name, mode: 0o600, mtime: new Date(0) }, content);
  pack.finalize();
}

/** As root's: an owner that differs between machines would spoil the cache. */
const plain = { uid: 0, gid: 0, uname: '', gname: '' } as const;

async function addEntry(
  pack: Pack,
  entry: ContextEntry,
  seen: Map<string, string>,
  closed: AbortSignal,
): Promise<void> {
  const { name, stats, link } = entry;
  const header: Partial<Header> & { name: string } = {
    ...plain,
    name,
    mode: stats.mode & 0o7777,
    mtime: new Date(Math.floor(stats.mtimeMs / 1000) * 1000),
  };
  if (stats.isDirectory()) return void pack.entry({ ...header, name: `${name}/`, type: 'directory' });
  if (link !== undefined) return void pack.entry({ ...header, type: 'symlink', linkname: link });
  if (stats.isFIFO()) return void pack.entry({ ...header, type: 'fifo' });
  // a socket cannot be sent; a device is no file of a project
  if (!stats.isFile()) return;
  const first = firstName(entry, seen);
  if (first !== undefined) return void pack.entry({ ...header, type: 'link', linkname: first });
  await addFile(pack, header, entry, closed);
}

/** The name under which the same file was sent before. */
function firstName({ name, stats }: ContextEntry, seen: Map<string, string>): string | undefined {
  if (stats.nlink < 2) return undefined;
  const key = `${String(stats.dev)}:${String(stats.ino)}`;
  const first = seen.get(key);
  if (first === undefined) seen.set(key, name);
  return first;
}

async function addFile(
  pack: Pack,
  header: Partial<Header> & { name: string },
  { name, path }: ContextEntry,
  closed: AbortSignal,
): Promise<void> {
  const file = await opened(path);
  if (!file) return;
  try {
    const { size } = await file.stat();
    const entry = pack.entry({ ...header, size, type: 'file' });
    // without a listener, a pack that is destroyed meanwhile would end the process
    entry.on('error', () => undefined);
    for (let at = 0; at < size;) {
      const chunk = Buffer.allocUnsafe(Math.min(chunkSize, size - at));
      const { bytesRead } = await file.read(chunk, 0, chunk.length, at);
      if (bytesRead === 0)
        throw new Stopped(
          `error sending context: '${name}' became shorter while it was read; build again when it is at rest`,
        );
      at += bytesRead;
      if (!entry.write(chunk.subarray(0, bytesRead)) && !(await drained(entry, closed))) return;
    }
    entry.end(undefined);
  } finally {
    await file.close();
  }
}

async function opened(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new Stopped(`error checking context: no permission to read from '${path}'`);
  }
}

/** @returns false where nobody reads any more */
async function drained(entry: ReturnType<Pack['entry']>, closed: AbortSignal): Promise<boolean> {
  if (closed.aborted) return false;
  try {
    await once(entry, 'drain', { signal: closed });
    return true;
  } catch {
    // the reader has gone, and knows why
    return false;
  }
}

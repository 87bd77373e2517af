/** A tar of a local file or folder, for docker cp. Streamed: memory does not grow with it. */
import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import type { Stats } from 'node:fs';
import { lstat, open, readdir, readlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import type { Header, Pack } from 'tar-stream';
import { Stopped } from '../plan/effects.ts';

const chunkSize = 128 * 1024;

/** What is being filled, who has stopped reading it, and the names of files that have several (by inode). */
interface Filling {
  readonly archive: Pack;
  readonly closed: AbortSignal;
  readonly seen: Map<string, string>;
}

/**
 * @param as name of the top entry in the archive; `.` puts the contents of a folder at its top
 * @param tell called with the bytes of each piece
 */
export async function packPath(path: string, as: string, tell: (bytes: number) => void): Promise<Readable> {
  const { default: tarStream } = await import('tar-stream');
  const { pack } = tarStream;
  return Readable.from(packed(pack(), resolve(path), as, tell), { objectMode: false });
}

async function* packed(
  archive: Pack,
  path: string,
  as: string,
  tell: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const closing = new AbortController();
  archive.once('close', () => {
    closing.abort();
  });
  const filling = add({ archive, closed: closing.signal, seen: new Map() }, path, as)
    .then(() => {
      archive.finalize();
    })
    .catch((error: unknown) => {
      archive.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  try {
    for await (const chunk of archive as AsyncIterable<Uint8Array>) {
      tell(chunk.length);
      yield chunk;
    }
  } finally {
    archive.destroy();
    await filling;
  }
}

async function add(filling: Filling, path: string, name: string): Promise<void> {
  const { archive, closed } = filling;
  if (closed.aborted) return;
  const stats = await lstat(path);
  const { mode, mtime, uid, gid } = stats;
  const header = { name, mode: mode & 0o7777, mtime, uid, gid };
  if (stats.isDirectory()) {
    archive.entry({ ...header, name: `${name}/`, type: 'directory' });
    for (const child of (await readdir(path)).sort()) await add(filling, join(path, child), `${name}/${child}`);
  } else if (stats.isSymbolicLink()) {
    archive.entry({ ...header, type: 'symlink', linkname: await readlink(path) });
  } else if (stats.isFile()) {
    const first = firstName(stats, name, filling);
    if (first !== undefined) archive.entry({ ...header, type: 'link', linkname: first });
    else await addFile(filling, path, header);
  }
  // sockets, pipes and devices have no content to copy
}

/** The name under which the same file was sent before. */
function firstName({ nlink, dev, ino }: Stats, name: string, { seen }: Filling): string | undefined {
  if (nlink < 2) return undefined;
  const key = `${String(dev)}:${String(ino)}`;
  const first = seen.get(key);
  if (first === undefined) seen.set(key, name);
  return first;
}

/** A file that grows meanwhile is sent as long as it was; one that shrinks ends the archive with an error. */
async function addFile(
  { archive, closed }: Filling,
  path: string,
  header: Partial<Header> & { name: string },
): Promise<void> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const entry = archive.entry({ ...header, size, type: 'file' });
    // without a listener, an archive that is destroyed meanwhile would end the process
    entry.on('error', () => undefined);
    for (let at = 0; at < size;) {
      const chunk = Buffer.allocUnsafe(Math.min(chunkSize, size - at));
      const { bytesRead } = await file.read(chunk, 0, chunk.length, at);
      if (bytesRead === 0) throw new Stopped(`${path} became shorter while it was read`);
      at += bytesRead;
      if (!entry.write(chunk.subarray(0, bytesRead)) && !(await drained(entry, closed))) return;
    }
    entry.end(undefined);
  } finally {
    await file.close();
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

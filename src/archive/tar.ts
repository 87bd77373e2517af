/** Files of a disk as a tar stream, in memory that does not grow with them. */
import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Header, Pack } from 'tar-stream';
import { Stopped } from '../plan/effects.ts';

const chunkSize = 128 * 1024;

/** An archive that is read while it is filled. */
export interface Filling {
  readonly archive: Pack;
  /** Aborted when its reader has gone. */
  readonly closed: AbortSignal;
}

/** Puts all entries into the archive. */
type Fill = (filling: Filling) => Promise<void> | void;

/**
 * @param fill where it fails, the stream fails with its error
 * @param tell called with the bytes of each piece that is read
 */
export async function tarOf(fill: Fill, tell: (bytes: number) => void = () => undefined): Promise<Readable> {
  // tar-stream is CommonJS: in the bundle only its default is there
  const { default: tarStream } = await import('tar-stream');
  return Readable.from(filled(tarStream.pack(), fill, tell), { objectMode: false, highWaterMark: chunkSize });
}

async function* filled(archive: Pack, fill: Fill, tell: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const closing = new AbortController();
  archive.once('close', () => {
    closing.abort();
  });
  // whoever iterates hears of an error; without a listener it would end the process as well
  archive.on('error', () => undefined);
  const filling = Promise.resolve({ archive, closed: closing.signal })
    .then(fill)
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

/**
 * A file that grows meanwhile is sent as long as it was; one that shrinks ends the archive. Closes the file.
 * @param shrunk the words it then ends with
 */
export async function addFile(
  { archive, closed }: Filling,
  file: FileHandle,
  header: Partial<Header> & { readonly name: string },
  shrunk: string,
): Promise<void> {
  try {
    const { size } = await file.stat();
    const entry = archive.entry({ ...header, size, type: 'file' });
    // without a listener, an archive that is destroyed meanwhile would end the process
    entry.on('error', () => undefined);
    for (let at = 0; at < size;) {
      const chunk = Buffer.allocUnsafe(Math.min(chunkSize, size - at));
      const { bytesRead } = await file.read(chunk, 0, chunk.length, at);
      if (bytesRead === 0) throw new Stopped(shrunk);
      at += bytesRead;
      if (!entry.write(chunk.subarray(0, bytesRead)) && !(await drained(entry, closed))) return;
    }
    entry.end(undefined);
  } finally {
    await file.close();
  }
}

/** An entry of as many bytes as its header says. */
export async function addStream(
  { archive, closed }: Filling,
  bytes: AsyncIterable<Uint8Array>,
  header: Partial<Header> & { readonly name: string },
): Promise<void> {
  const entry = archive.entry(header);
  // without a listener, an archive that is destroyed meanwhile would end the process
  entry.on('error', () => undefined);
  for await (const chunk of bytes) if (!entry.write(chunk) && !(await drained(entry, closed))) return;
  entry.end(undefined);
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

/**
 * The name under which the same file was sent before, where a file has several.
 * @param seen names by inode; learns this one
 */
export function firstName({ nlink, dev, ino }: Stats, name: string, seen: Map<string, string>): string | undefined {
  if (nlink < 2) return undefined;
  const key = `${String(dev)}:${String(ino)}`;
  const first = seen.get(key);
  if (first === undefined) seen.set(key, name);
  return first;
}

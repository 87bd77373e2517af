/** Which files a bundle has, and where: its headers are read, and nothing else of it. */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { damaged, notABundle, shown } from '../failures.ts';
import { blockSize, ending, noHeader, paddingOf, readHeader } from './header.ts';
import type { FileHeader } from './header.ts';

export interface Entry extends FileHeader {
  /** Where its header begins, bytes from the start; its content follows. */
  readonly at: number;
}

/** A bundle has a file a layer and some more: with so many it is none. */
const mostFiles = 100_000;

/**
 * @param path of it
 * @throws Failure bundle-damaged with the first file that is not as a bundle's is; bundle-unreadable where it does not begin as a tar
 */
export async function survey(file: FileHandle, path: string): Promise<readonly Entry[]> {
  const { size: total } = await file.stat();
  const entries: Entry[] = [];
  for (let at = 0; ;) {
    const after = entries.at(-1)?.name;
    if (at + blockSize > total) throw cutShort(after, total);
    const read = readHeader(await bytesAt(file, at, blockSize));
    if (read.is === 'end') {
      await assertEnd(file, at, total, after);
      return entries;
    }
    if (read.is === 'fault' && read.why === noHeader && at === 0) throw notABundle(path, 'it is no tar file');
    if (read.is === 'fault')
      throw damaged(read.name, read.why, [`byte ${String(at)}${after === undefined ? '' : `, after ${shown(after)}`}`]);
    const { header } = read;
    const end = at + blockSize + header.size + paddingOf(header.size);
    if (end > total) {
      const left = total - at - blockSize;
      throw damaged(
        header.name,
        `says that it has ${String(header.size)} bytes, and ${String(Math.max(left, 0))} are left`,
        [`the bundle has ${String(total)} bytes`],
      );
    }
    if (entries.length >= mostFiles) throw damaged(header.name, 'is one file too many');
    entries.push({ ...header, at });
    at = end;
  }
}

async function assertEnd(file: FileHandle, at: number, total: number, after = 'nothing'): Promise<void> {
  if (total < at + ending.length) throw cutShort(after, total);
  const rest = await bytesAt(file, at, ending.length);
  if (total > at + ending.length || !rest.equals(ending))
    throw damaged(after, 'is not the last thing in it', [`${String(total - at)} bytes follow`]);
}

function cutShort(after: string | undefined, total: number): Error {
  return damaged(after ?? 'its first file', 'is the last that is whole: the rest of the bundle is missing', [
    `the bundle has ${String(total)} bytes`,
  ]);
}

/** @throws Error where there are less */
export async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  for (let read = 0; read < length;) {
    const { bytesRead } = await file.read(bytes, read, length - read, at + read);
    if (bytesRead === 0) throw new Error(`the file ends at byte ${String(at + read)}`);
    read += bytesRead;
  }
  return bytes;
}

export async function contentOf(file: FileHandle, { at, size }: Entry): Promise<Buffer> {
  return bytesAt(file, at + blockSize, size);
}

const pieceSize = 1024 * 1024;

/** The content in pieces; whoever reads has one of them at a time. */
export async function* piecesOf(file: FileHandle, { at, size }: Entry): AsyncGenerator<Buffer> {
  for (let read = 0; read < size; read += pieceSize)
    yield await bytesAt(file, at + blockSize + read, Math.min(pieceSize, size - read));
}

/** SHA-256 of the content, hexadecimal. @param tell the bytes of each piece */
export async function digestOf(
  file: FileHandle,
  entry: Entry,
  signal: AbortSignal,
  tell: (bytes: number) => void = () => undefined,
): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of piecesOf(file, entry)) {
    signal.throwIfAborted();
    hash.update(piece);
    tell(piece.length);
  }
  return hash.digest('hex');
}

/** Whether there are zeros after the content, and nothing hidden. */
export async function isPadded(file: FileHandle, { at, size }: Entry): Promise<boolean> {
  const padding = await bytesAt(file, at + blockSize + size, paddingOf(size));
  return padding.every((byte) => byte === 0);
}

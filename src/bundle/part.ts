/**
 * FILE.part: a bundle while it is made. The header of a file is written after its content, whose digest is its name; so
 * what was interrupted has no header, and is written over by whoever goes on. What has one is read again, and is kept
 * where it is what its name says.
 */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { Failure } from '../failure.ts';
import { cleanLine } from '../terminal/clean-text.ts';
import { documents } from './document.ts';
import type { BundledFile } from './document.ts';
import { blobName, digestIn, layoutText } from './layout.ts';
import type { Digest } from './layout.ts';
import { blockSize, encodeHeader, ending, largestFile, paddingOf, readHeader } from './tar/header.ts';
import { bytesAt, contentOf, digestOf, isPadded } from './tar/survey.ts';
import type { Entry } from './tar/survey.ts';

export interface Part {
  /** What is whole, in its order. */
  readonly files: readonly BundledFile[];
  sizeOf(digest: Digest): number | undefined;
  read(digest: Digest): Promise<Buffer>;
  /** @returns its digest; one that is there already is not kept twice */
  addBlob(content: AsyncIterable<Uint8Array>, size: number): Promise<Digest>;
  addText(name: string, content: Buffer, executable?: boolean): Promise<void>;
  /** Ends the tar, and sees that it is on the disk. @returns its bytes */
  finish(): Promise<number>;
  close(): Promise<void>;
}

interface Written extends BundledFile, Entry {
  readonly executable?: true;
}

/** @throws Failure bundle-taken where the file is not a bundle that was begun */
export async function openPart(path: string, signal: AbortSignal): Promise<Part> {
  // a link or a pipe in its place is not followed
  const file = await open(
    path,
    constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    0o644,
  );
  try {
    const found = await wholeFiles(file, path, signal);
    const part = partOf(file, found);
    if (found.length === 0) await part.addText(documents.layout, Buffer.from(layoutText));
    return part;
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function wholeFiles(file: FileHandle, path: string, signal: AbortSignal): Promise<readonly Written[]> {
  const stats = await file.stat();
  if (!stats.isFile()) throw foreign(path);
  const found: Written[] = [];
  let at = 0;
  for (; at + blockSize <= stats.size;) {
    const read = readHeader(await bytesAt(file, at, blockSize));
    if (read.is !== 'file') break;
    const entry: Entry = { ...read.header, at };
    const end = at + blockSize + entry.size + paddingOf(entry.size);
    const isOurs = found.length === 0 ? entry.name === documents.layout : digestIn(entry.name) !== undefined;
    if (!isOurs || end > stats.size) break;
    const sha256 = await digestOf(file, entry, signal);
    const isRight = found.length === 0 || digestIn(entry.name) === `sha256:${sha256}`;
    if (!isRight || !(await isPadded(file, entry))) break;
    found.push({ name: entry.name, size: entry.size, at, sha256 });
    at = end;
  }
  if (found.length === 0 && stats.size > 0 && !(await isBegun(file, stats.size))) throw foreign(path);
  await file.truncate(at);
  return found;
}

/** Interrupted in its first file: that has its header, or has none yet. */
async function isBegun(file: FileHandle, size: number): Promise<boolean> {
  if (size > 2 * blockSize) return false;
  const header = await bytesAt(file, 0, Math.min(size, blockSize));
  const whole = encodeHeader({ name: documents.layout, size: layoutText.length });
  return header.every((byte) => byte === 0) || header.equals(whole.subarray(0, header.length));
}

function foreign(path: string): Failure {
  return new Failure(`${cleanLine(path)} is there, and is no bundle that was begun.`, {
    code: 'bundle-taken',
    exitCode: 2,
    hints: ['Remove it, or give the bundle another name.'],
  });
}

function partOf(file: FileHandle, found: readonly Written[]): Part {
  const written: Written[] = [...found];
  const last = written.at(-1);
  let end = last === undefined ? 0 : last.at + blockSize + last.size + paddingOf(last.size);
  const known = new Map(written.map((one) => [one.name, one]));

  /** @param nameOf of the file, from its digest; undefined: it is there already */
  async function add(
    content: AsyncIterable<Uint8Array>,
    size: number,
    nameOf: (sha256: string) => string | undefined,
    executable = false,
  ): Promise<string> {
    if (size > largestFile) throw tooLarge(size);
    const at = end;
    const hash = createHash('sha256');
    await writeAll(file, Buffer.alloc(blockSize), at);
    let done = 0;
    for await (const piece of content) {
      hash.update(piece);
      await writeAll(file, piece, at + blockSize + done);
      done += piece.length;
    }
    if (done !== size) throw new Error(`${String(size)} bytes were told, and ${String(done)} came`);
    const sha256 = hash.digest('hex');
    const name = nameOf(sha256);
    if (name === undefined) {
      await file.truncate(at);
      return sha256;
    }
    await writeAll(file, Buffer.alloc(paddingOf(size)), at + blockSize + size);
    await writeAll(file, encodeHeader({ name, size, executable }), at);
    end = at + blockSize + size + paddingOf(size);
    const one: Written = { name, size, at, sha256, ...(executable && { executable: true as const }) };
    written.push(one);
    known.set(name, one);
    return sha256;
  }

  return {
    get files() {
      return written.map(({ name, size, sha256, executable }) => ({
        name,
        size,
        sha256,
        ...(executable && { executable }),
      }));
    },
    sizeOf: (digest) => known.get(blobName(digest))?.size,
    async read(digest) {
      const entry = known.get(blobName(digest));
      if (!entry) throw new Error(`${digest} is not in the bundle`);
      return contentOf(file, entry);
    },
    async addBlob(content, size) {
      const nameOf = (sha256: string): string | undefined => {
        const name = blobName(`sha256:${sha256}`);
        return known.has(name) ? undefined : name;
      };
      return `sha256:${await add(content, size, nameOf)}`;
    },
    async addText(name, content, executable) {
      await add(oneOf(content), content.length, () => name, executable);
    },
    async finish() {
      await writeAll(file, ending, end);
      await file.truncate(end + ending.length);
      await file.sync();
      return end + ending.length;
    },
    close: () => file.close(),
  };
}

async function* oneOf(content: Buffer): AsyncGenerator<Buffer> {
  yield content;
}

async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;)
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
}

function tooLarge(size: number): Failure {
  return new Failure(`A layer of ${String(size)} bytes is too large for a bundle: 8 GiB is the most.`, {
    code: 'bundle-too-large',
    exitCode: 4,
    hints: ['Leave out the lesson that needs this image.'],
  });
}

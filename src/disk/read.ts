/** Reads a file, whatever is in its place: a device, a pipe and a text without end are seen for what they are. */
import { Buffer } from 'node:buffer';
import { constants, createReadStream, openSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { Failure } from '../failure.ts';
import { tellWait, toldAfterMs } from '../waits/waits.ts';
import { hold, nonBlocking, openHeld } from './held.ts';
import type { Bounds, Held } from './held.ts';

/** Bytes. No list of variables, Compose file, Dockerfile or secret is as large. */
const largestText = 16 * 1024 * 1024;
/** Milliseconds that a pipe may be silent. */
const longestSilence = 60_000;

export interface Reading {
  /** Where the file must be; then it must be a file, too. Absent: anywhere, and a pipe is read as docker reads it. */
  readonly bounds?: Bounds | undefined;
  /** Ends the wait for a pipe. */
  readonly signal?: AbortSignal;
}

/** @throws Failure where it is no file, or too large for a text; else node's error */
export async function readText(path: string, reading: Reading): Promise<string> {
  return (await readWhole(path, reading)).toString('utf8');
}

export async function readWhole(path: string, reading: Reading): Promise<Buffer> {
  const stream = await openStream(path, reading);
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size > largestText) throw tooLarge(path);
  }
  return Buffer.concat(parts);
}

/** What is in a file or, where anything may be read, comes out of a pipe. It fails where nothing comes for too long. */
export async function openStream(path: string, { bounds, signal }: Reading): Promise<Readable> {
  const held = await hold(path, bounds);
  try {
    const { stats } = held;
    if (stats.isFile()) return createReadStream('', { fd: await openHeld(held) });
    if (stats.isDirectory()) throw isFolder(path);
    if (bounds !== undefined || stats.isBlockDevice() || stats.isSocket()) throw notAFile(path);
    return limited(await pipeStream(held), path, signal);
  } finally {
    await held.close();
  }
}

/** A file alone: one that can be read from any place in it. @throws Failure, or node's error */
export async function openFile(path: string, bounds?: Bounds): Promise<FileHandle> {
  const held = await hold(path, bounds);
  try {
    if (held.stats.isDirectory()) throw isFolder(path);
    if (!held.stats.isFile()) throw notAFile(path);
    return await openHeld(held);
  } finally {
    await held.close();
  }
}

/** Read as terminals and sockets are: a thread that reads a silent pipe could not be called back. */
async function pipeStream({ path, stats }: Held): Promise<Readable> {
  const [{ isatty, ReadStream }, { Socket }] = await Promise.all([import('node:tty'), import('node:net')]);
  const fd = openSync(path, constants.O_RDONLY | nonBlocking);
  if (isatty(fd)) return new ReadStream(fd);
  // a device that is no terminal answers at once
  if (stats.isCharacterDevice()) return createReadStream('', { fd });
  return new Socket({ fd, readable: true, writable: false });
}

function limited(stream: Readable, path: string, signal: AbortSignal | undefined): Readable {
  const tell = (): void => tellWait({ for: `what comes out of ${path}`, limitMs: longestSilence });
  const soon = setTimeout(tell, toldAfterMs);
  let timer = setTimeout(silent, longestSilence);
  const abort = (): void => void stream.destroy(asError(signal?.reason));
  function silent(): void {
    stream.destroy(
      new Failure(`Nothing has come from ${path} for ${String(longestSilence / 1000)} s.`, {
        code: 'file-silent',
        exitCode: 4,
        hints: ['It is a pipe: what writes into it must run at the same time, and end.'],
      }),
    );
  }
  stream.on('data', () => {
    clearTimeout(soon);
    clearTimeout(timer);
    timer = setTimeout(silent, longestSilence);
  });
  stream.once('close', () => {
    clearTimeout(soon);
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  });
  signal?.addEventListener('abort', abort, { once: true });
  // listening to data has set it going
  return stream.pause();
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

function isFolder(path: string): Error {
  return Object.assign(new Error(`EISDIR: illegal operation on a directory, read '${path}'`), { code: 'EISDIR' });
}

export function notAFile(path: string): Failure {
  return new Failure(`${path} is not a file, and is not opened.`, {
    code: 'not-a-file',
    exitCode: 2,
    hints: ['A device or a pipe may never end. Put a file in its place.'],
    args: { path },
  });
}

function tooLarge(path: string): Failure {
  return new Failure(`${path} is larger than ${String(largestText / 1024 / 1024)} MiB, or has no end.`, {
    code: 'file-too-large',
    exitCode: 2,
    hints: ['It is read whole, as a text. Is it the file that was meant?'],
    args: { path },
  });
}

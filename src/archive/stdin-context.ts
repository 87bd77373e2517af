/** A build context from stdin: an archive, or a Dockerfile and nothing else. The first bytes decide, as in the docker CLI. */
import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { Stopped } from '../plan/effects.ts';
import { contextTar } from './context-tar.ts';

const headerSize = 512;
/** Longest Dockerfile taken from stdin, in bytes. */
const longestDockerfile = 4 * 1024 * 1024;

/** @param dockerfile the name a lone Dockerfile gets; `-` is refused, because stdin is the context already */
export async function openStdinContext(
  stdin: Readable | undefined,
  dockerfile: string,
  signal: AbortSignal,
): Promise<Readable> {
  if (!stdin) return lone(Buffer.alloc(0), dockerfile);
  const start: Buffer[] = [];
  const source = stdin[Symbol.asyncIterator]() as AsyncIterator<Buffer | string>;
  let size = 0;
  let ended = false;
  while (size < headerSize && !ended) {
    signal.throwIfAborted();
    const step = await source.next();
    if (step.done) ended = true;
    else {
      start.push(Buffer.from(step.value as Buffer));
      size += step.value.length;
    }
  }
  const rest = joined(Buffer.concat(start), source, ended);
  if (isArchive(Buffer.concat(start))) return Readable.from(rest, { objectMode: false });
  return lone(await readAll(Readable.from(rest, { objectMode: false }), signal), dockerfile);
}

async function* joined(
  start: Buffer,
  rest: AsyncIterator<Buffer | string>,
  ended: boolean,
): AsyncGenerator<Buffer | string> {
  yield start;
  if (!ended) yield* { [Symbol.asyncIterator]: () => rest };
}

async function lone(content: Buffer, dockerfile: string): Promise<Readable> {
  return contextTar(nothing(), [{ name: dockerfile, content }]);
}

async function* nothing(): AsyncGenerator<never> {
  return;
}

/** All of stdin, for a Dockerfile. @throws Stopped where it is far too long for one */
export async function readAll(stdin: Readable | undefined, signal: AbortSignal): Promise<Buffer> {
  if (!stdin) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    signal.throwIfAborted();
    chunks.push(Buffer.from(chunk as Buffer));
    size += chunks.at(-1)?.length ?? 0;
    if (size > longestDockerfile) throw new Stopped('the Dockerfile on standard input is larger than 4 MiB');
  }
  return Buffer.concat(chunks);
}

/** gzip, bzip2, xz, zstd, or a tar header whose checksum holds. */
export function isArchive(start: Buffer): boolean {
  const magic = ['1f8b08', '425a68', 'fd377a585a00', '28b52ffd'];
  const hex = start.subarray(0, 6).toString('hex');
  return magic.some((known) => hex.startsWith(known)) || isTarHeader(start.subarray(0, headerSize));
}

function isTarHeader(header: Buffer): boolean {
  if (header.length < headerSize) return false;
  const written = Number.parseInt(
    header
      .subarray(148, 156)
      .toString('latin1')
      .replace(/[^0-7]/g, ''),
    8,
  );
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  return sum === written;
}

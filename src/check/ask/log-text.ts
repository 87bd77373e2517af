/** What a container has logged, both streams as they came. */
import { Buffer } from 'node:buffer';
import type { Readable } from 'node:stream';
import { chunksOf, demultiplex } from '../../engine/streams.ts';
import type { LookContext } from '../look.ts';

/** More than a check needs; a container that logs without end must not fill the memory. */
const mostBytes = 4 * 1024 * 1024;

/** @param tail lines from the end. @returns '' where there is no log to be had */
export async function logTail(
  id: string,
  tty: boolean,
  { engine, signal }: LookContext,
  tail: number | 'all',
): Promise<string> {
  const query = { stdout: '1', stderr: '1', tail: String(tail) };
  const { status, stream } = await engine.send(
    { method: 'GET', path: `/containers/${encodeURIComponent(id)}/logs`, query },
    { signal },
  );
  if (status === 200) return textOf(stream, tty, signal);
  stream.destroy();
  return '';
}

/** Text of a stream with frame headers, or without (a tty). */
export async function textOf(stream: Readable, raw: boolean, signal: AbortSignal): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const bytes of raw ? chunksOf(stream, signal) : framesOf(stream, signal)) {
    parts.push(bytes);
    size += bytes.length;
    if (size > mostBytes) break;
  }
  return Buffer.concat(parts).toString('utf8');
}

async function* framesOf(stream: Readable, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const { bytes } of demultiplex(stream, signal)) yield bytes;
}

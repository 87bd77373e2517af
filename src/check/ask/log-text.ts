/** What a container has logged, both streams as they came. */
import { Buffer } from 'node:buffer';
import type { Readable } from 'node:stream';
import { readOpening } from '../../engine/answer.ts';
import { chunksOf, demultiplex } from '../../engine/streams.ts';
import { EngineError } from '../../api/request.ts';
import type { Request } from '../../api/request.ts';
import type { LookContext } from '../look.ts';

/** More than a check needs; a container that logs without end must not fill the memory. */
const mostBytes = 4 * 1024 * 1024;

/** @param tail lines from the end. @throws EngineError where there is no log to be had */
export async function logTail(
  id: string,
  tty: boolean,
  { engine, signal }: LookContext,
  tail: number | 'all',
): Promise<string> {
  const query = { stdout: '1', stderr: '1', tail: String(tail) };
  const request: Request = { method: 'GET', path: `/containers/${encodeURIComponent(id)}/logs`, query };
  const reply = await engine.send(request, { signal });
  const no = await readOpening({ request, engine }, reply, signal);
  if (no) throw new EngineError(no.words, no.status, request);
  return textOf(reply.stream, tty, signal);
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

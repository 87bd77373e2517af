/**
 * What the engine streams, read by hand: NDJSON, framed output, bounded bodies. dockerode's own readers hide
 * errors, throw uncaught on a bad line, and recurse on many small frames.
 */
import { Buffer } from 'node:buffer';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { causeFailure } from '../cause-failure.ts';
import { Failure } from '../failure.ts';
import { inSeconds, limits } from './patience.ts';

/** Longest NDJSON line that is read, in UTF-16 units: far above what an engine sends, far below what fills the memory. */
const longestLine = 16 * 1024 * 1024;
/** Blank lines in a row; engines write one now and then. */
const mostBlank = 10_000;
/** Largest body read as a whole, in bytes. `docker inspect` of many objects stays under 1 MiB. */
const largestBody = 64 * 1024 * 1024;

/**
 * The chunks of a stream until it ends. The stream is destroyed when the signal aborts, and when the reader leaves early.
 * @throws the signal's reason; a Failure (E-ENGINE-LOST) where the connection broke.
 */
export async function* chunksOf(stream: Readable, signal?: AbortSignal): AsyncGenerator<Buffer, void, undefined> {
  const stop = (): void => {
    stream.destroy();
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    signal?.throwIfAborted();
    for await (const chunk of stream) {
      yield typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Buffer);
    }
    signal?.throwIfAborted();
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof Failure ? error : brokenStream(error);
  } finally {
    signal?.removeEventListener('abort', stop);
    stream.destroy();
  }
}

function brokenStream(cause: unknown): Failure {
  const words = cause instanceof Error ? cause.message : String(cause);
  return causeFailure('E-ENGINE-LOST', {
    evidence: [`The connection ended in the middle of an answer: ${words}`],
    cause,
  });
}

/** What is written at once, a line, a frame or a block, is whole soon after it began: else the stream is broken off. */
interface Part {
  /** One began, or goes on; `anew`: what began before it is whole. */
  goesOn(anew: boolean): void;
  whole(): void;
}

function partOf(stream: Readable, limit: number = limits.part): Part {
  let timer: NodeJS.Timeout | undefined;
  const whole = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  stream.once('close', whole);
  return {
    whole,
    goesOn(anew) {
      if (anew) whole();
      timer ??= setTimeout(() => stream.destroy(brokenOff(limit)), limit);
    },
  };
}

function brokenOff(limit: number): Failure {
  return causeFailure('E-DAEMON-HUNG', {
    args: { limit: inSeconds(limit) },
    evidence: [`what began in the middle of an answer was not whole within ${inSeconds(limit)}`],
  });
}

/** The JSON values of a pull, push, build, load, events or stats stream, one a line. Blank lines are passed over. */
export async function* messages(stream: Readable, signal?: AbortSignal): AsyncGenerator<unknown, void, undefined> {
  for await (const line of jsonLines(stream, signal)) yield jsonOf(line);
}

/** The same as texts, each of which has been seen to be JSON. */
export async function* jsonTexts(stream: Readable, signal?: AbortSignal): AsyncGenerator<string, void, undefined> {
  for await (const line of jsonLines(stream, signal)) {
    jsonOf(line);
    yield line;
  }
}

async function* jsonLines(stream: Readable, signal?: AbortSignal): AsyncGenerator<string, void, undefined> {
  const decoder = new StringDecoder('utf8');
  const part = partOf(stream);
  let rest = '';
  let blank = 0;
  for await (const chunk of chunksOf(stream, signal)) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    if (rest === '') part.whole();
    else part.goesOn(lines.length > 0);
    for (const line of lines) {
      // the reader may have aborted since the line before, which came in the same chunk
      signal?.throwIfAborted();
      if (line.trim() !== '') {
        blank = 0;
        yield line;
      } else if ((blank += 1) > mostBlank) throw unreadable('The stream goes on and says nothing', line);
    }
    if (rest.length > longestLine) throw unreadable('A line of the stream has no end', rest);
  }
  rest += decoder.end();
  if (rest.trim() !== '') yield rest;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch (cause) {
    throw unreadable('A line of the stream is not JSON', line, cause);
  }
}

/** Quoted as JSON, so that no control character of it survives. */
function unreadable(what: string, text: string, cause?: unknown): Failure {
  const start = JSON.stringify(text.slice(0, 200));
  return causeFailure('E-ENGINE-ERROR', {
    args: { words: what },
    evidence: [`${what}: ${start}${text.length > 200 ? '…' : ''}`],
    ...(cause !== undefined && { cause }),
  });
}

export interface Frame {
  readonly to: 'stdout' | 'stderr';
  /** Not empty. A frame that arrives in pieces is handed on in pieces. */
  readonly bytes: Buffer;
}

/** Header of a frame: stream type, three zero bytes, payload length as big-endian (Engine API, "Stream format" of attach). */
const headerLength = 8;

/** Takes framed output apart as it arrives, in memory that does not grow with the frames. */
export async function* demultiplex(stream: Readable, signal?: AbortSignal): AsyncGenerator<Frame, void, undefined> {
  const header = Buffer.alloc(headerLength);
  const part = partOf(stream);
  let filled = 0;
  let left = 0;
  let systemError = '';
  for await (const chunk of chunksOf(stream, signal)) {
    let at = 0;
    let ended = false;
    while (at < chunk.length) {
      if (left === 0) {
        ended ||= filled === 0 && at > 0;
        const taken = chunk.copy(header, filled, at, at + headerLength - filled);
        at += taken;
        filled += taken;
        if (filled < headerLength) break;
        filled = 0;
        left = payloadLength(header);
        continue;
      }
      const bytes = chunk.subarray(at, at + left);
      at += bytes.length;
      left -= bytes.length;
      if (header[0] === 3) systemError += bytes.toString('utf8');
      else yield { to: header[0] === 2 ? 'stderr' : 'stdout', bytes };
    }
    if (systemError !== '' && left === 0) throw reported(systemError);
    if (filled === 0 && left === 0) part.whole();
    else part.goesOn(ended);
  }
  if (filled > 0 || left > 0)
    throw brokenStream(new Error(`${String(left || headerLength - filled)} bytes of a frame are missing`));
}

/** Types: 0 stdin (written to stdout), 1 stdout, 2 stderr, 3 an error of the daemon itself. */
function payloadLength(header: Buffer): number {
  if ((header[0] ?? 255) > 3 || header[1] !== 0 || header[2] !== 0 || header[3] !== 0) {
    throw unreadable('The output has no frame headers, as that of a terminal', header.toString('latin1'));
  }
  return header.readUInt32BE(4);
}

function reported(words: string): Failure {
  return causeFailure('E-ENGINE-ERROR', { args: { words }, evidence: [`in the stream: ${words}`] });
}

/** The whole body: its JSON value, its text where it is not JSON, undefined where it is empty. */
export async function readBody(stream: Readable, signal?: AbortSignal, limit = largestBody): Promise<unknown> {
  return bodyOf((await readBytes(stream, signal, limit)).toString('utf8'));
}

/** The value of a body whose text is at hand. */
function bodyOf(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // not JSON: `/_ping` says OK, a proxy says HTML
    return text;
  }
}

/** @throws Failure where the body is larger than `limit` bytes; the rest is not read. */
export async function readBytes(stream: Readable, signal?: AbortSignal, limit = largestBody): Promise<Buffer> {
  return collected(stream, signal, limit);
}

/** As readBytes: however long an answer is thought about, one that has begun is whole soon. */
export async function readAtOnce(stream: Readable, signal?: AbortSignal): Promise<Buffer> {
  return collected(stream, signal, largestBody, partOf(stream, limits.whole));
}

async function collected(
  stream: Readable,
  signal: AbortSignal | undefined,
  limit: number,
  part?: Part,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunksOf(stream, signal)) {
    part?.goesOn(false);
    size += chunk.length;
    if (size > limit) throw unreadable(`An answer is larger than ${String(limit)} bytes`, chunk.toString('latin1'));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

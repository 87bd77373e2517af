/** Keeps what a step's commands print, for its checks, and tells the reports about it as it comes. */
import { StringDecoder } from 'node:string_decoder';
import type { Io } from './world.ts';

/** Characters kept of each stream; what comes after is shown and not kept. A log that never ends must not fill the memory. */
const kept = 1_000_000;

export interface Capture {
  readonly io: Io;
  /** What was printed so far, at most a million characters a stream. */
  stdout(): string;
  stderr(): string;
}

/** @param tell called with each piece of text, never empty, never cut inside a character. */
export function capture(
  tell: (stream: 'stdout' | 'stderr', text: string) => void,
  rest: Omit<Io, 'stdout' | 'stderr'>,
): Capture {
  const out = collector((text) => tell('stdout', text));
  const err = collector((text) => tell('stderr', text));
  return { io: { ...rest, stdout: out.take, stderr: err.take }, stdout: out.text, stderr: err.text };
}

function collector(tell: (text: string) => void): { take(chunk: Uint8Array | string): void; text(): string } {
  const decoder = new StringDecoder('utf8');
  const pieces: string[] = [];
  let length = 0;
  return {
    take(chunk) {
      const text = typeof chunk === 'string' ? chunk : decoder.write(chunk);
      if (text === '') return;
      tell(text);
      if (length >= kept) return;
      pieces.push(text.slice(0, kept - length));
      length += text.length;
    },
    text: () => pieces.join(''),
  };
}

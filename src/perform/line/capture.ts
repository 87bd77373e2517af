/** Keeps what a command prints, on its way to wherever it goes. */
import { StringDecoder } from 'node:string_decoder';
import type { Io } from '../world.ts';

/** Characters kept of each stream; what comes after is passed on and not kept. A log that never ends must not fill the memory. */
const kept = 1_000_000;

/** Streams of a command. Where output goes as it comes: absent, nowhere. */
export type LineIo = Omit<Io, 'stdout' | 'stderr'> & Partial<Pick<Io, 'stdout' | 'stderr'>>;

export interface Capture {
  readonly io: Io;
  /** What was printed so far, at most a million characters a stream. */
  stdout(): string;
  stderr(): string;
}

/** @param tell called with each piece of text, never empty, never cut inside a character. */
export function capture(io: LineIo, tell?: (stream: 'stdout' | 'stderr', text: string) => void): Capture {
  const out = collector(io.stdout, tell && ((text) => tell('stdout', text)));
  const err = collector(io.stderr, tell && ((text) => tell('stderr', text)));
  return { io: { ...io, stdout: out.take, stderr: err.take }, stdout: out.text, stderr: err.text };
}

interface Collector {
  take(chunk: Uint8Array | string): void;
  text(): string;
}

function collector(passOn: Io['stdout'] | undefined, tell: ((text: string) => void) | undefined): Collector {
  const decoder = new StringDecoder('utf8');
  const pieces: string[] = [];
  let length = 0;
  return {
    take(chunk) {
      passOn?.(chunk);
      if (length >= kept && !tell) return;
      const text = typeof chunk === 'string' ? chunk : decoder.write(chunk);
      if (text === '') return;
      tell?.(text);
      if (length >= kept) return;
      pieces.push(text.slice(0, kept - length));
      length += text.length;
    },
    text: () => pieces.join(''),
  };
}

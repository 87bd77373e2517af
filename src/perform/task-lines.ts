/** Copies logs line by line, each rewritten on its way: service logs say which task spoke. */
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { chunksOf, demultiplex } from '../engine/streams.ts';
import type { Frame } from '../engine/streams.ts';
import type { World } from './world.ts';

/** A frame may end within a line, and within a letter; the last line may have no newline. */
export async function copyTaskLines(
  stream: Readable,
  rewrite: (line: string) => string,
  world: World,
  raw = false,
): Promise<void> {
  const open = {
    stdout: { decoder: new StringDecoder('utf8'), rest: '' },
    stderr: { decoder: new StringDecoder('utf8'), rest: '' },
  };
  const write = (to: 'stdout' | 'stderr', text: string): void =>
    to === 'stderr' ? world.io.stderr(text) : world.io.stdout(text);
  for await (const frame of raw ? rawFrames(stream, world.signal) : demultiplex(stream, world.signal)) {
    const to = frame.to === 'stderr' ? 'stderr' : 'stdout';
    const lines = (open[to].rest + open[to].decoder.write(Buffer.from(frame.bytes))).split('\n');
    open[to].rest = lines.pop() ?? '';
    for (const line of lines) write(to, `${rewrite(raw ? line.replace(/\r$/, '') : line)}\n`);
  }
  for (const to of ['stdout', 'stderr'] as const) if (open[to].rest !== '') write(to, rewrite(open[to].rest));
}

/** The output of a terminal has no frames, and its lines end in \r\n. */
async function* rawFrames(stream: Readable, signal: AbortSignal): AsyncGenerator<Frame, void, undefined> {
  for await (const bytes of chunksOf(stream, signal)) yield { to: 'stdout', bytes };
}

/** Copies what a container says to the learner's streams, and what the learner types back. */
import type { Duplex, Readable } from 'node:stream';
import { demultiplex, messages } from '../engine/streams.ts';
import type { Json, StreamKind } from '../plan/effects.ts';
import type { World } from './world.ts';

/** A stream that only speaks: logs, attach without input. `raw`: no frame headers (a tty). */
export async function copyOutput(stream: Readable, raw: boolean, world: World): Promise<void> {
  if (raw) {
    for await (const chunk of stream) world.io.stdout(chunk as Uint8Array);
    return;
  }
  for await (const frame of demultiplex(stream, world.signal)) {
    if (frame.to === 'stderr') world.io.stderr(frame.bytes);
    else world.io.stdout(frame.bytes);
  }
}

/** A two-way stream: attach and exec. The learner's input goes in until it ends; then only our half is closed. */
export async function copySession(stream: Readable, as: Extract<StreamKind, { kind: 'session' }>, world: World): Promise<void> {
  if (!as.stdin) return copyOutput(stream, as.tty, world);
  const session = stream as Duplex;
  const { stdin } = world.io;
  if (stdin) stdin.pipe(session);
  else session.end();
  try {
    await copyOutput(stream, as.tty, world);
  } finally {
    stdin?.unpipe(session);
  }
}

/** events and stats: one JSON value a line, each put into words by the plan. */
export async function copyLines(stream: Readable, as: Extract<StreamKind, { kind: 'lines' }>, world: World): Promise<void> {
  for await (const value of messages(stream, world.signal)) world.io.stdout(as.line(value as Json));
}

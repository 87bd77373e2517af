/** Copies what a container says to the learner's streams, and what the learner types back. */
import type { Duplex, Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { chunksOf, demultiplex, jsonTexts } from '../engine/streams.ts';
import { assertLine } from '../engine/answer.ts';
import type { Json, Request } from '../api/request.ts';
import type { Ending, StreamKind } from '../plan/effects.ts';
import { EngineError } from '../api/request.ts';
import { keyCodes, watchKeys } from './detach-keys.ts';
import { askEngine } from './exchange.ts';
import type { Signal, World } from './world.ts';

type Session = Extract<StreamKind, { kind: 'session' }>;

/** A stream that only speaks: logs, attach without input. `raw`: no frame headers (a tty). */
export async function copyOutput(stream: Readable, raw: boolean, world: World): Promise<void> {
  if (raw) {
    for await (const chunk of chunksOf(stream, world.signal)) world.io.stdout(chunk);
    return;
  }
  for await (const frame of demultiplex(stream, world.signal)) {
    if (frame.to === 'stderr') world.io.stderr(frame.bytes);
    else world.io.stdout(frame.bytes);
  }
}

/**
 * A two-way stream: attach and exec. The learner's input goes in until it ends; then only our half is closed. With a
 * terminal on both sides keys pass as they are typed, its size is passed on, and the detach keys leave.
 */
export async function copySession(stream: Readable, as: Session, world: World): Promise<Ending> {
  const session = stream as Duplex;
  const { terminal, stdin } = world.io;
  const drawn = as.tty && terminal !== undefined;
  const input = as.stdin && stdin ? feed(stdin, session, as, drawn) : undefined;
  if (as.stdin && !stdin) endInput(session, as.tty, '');
  const stopResizing = drawn && as.resize !== undefined ? followSize(as.resize, world) : undefined;
  const { kill } = as;
  const giveSignalsBack =
    kill === undefined ? undefined : world.io.proxy?.((signal) => void passOn(signal, kill, world));
  if (drawn && input) terminal.raw?.(true);
  try {
    const output = copyOutput(stream, as.tty, world).then((): Ending => 'ended');
    if (!input) return await output;
    // a session that was left has its stream destroyed under it
    const left = input.detached.then((): Ending => 'detached');
    const ending = await Promise.race([output, left]);
    if (ending === 'detached') {
      stream.destroy();
      await output.catch(() => undefined);
    }
    return ending;
  } finally {
    giveSignalsBack?.();
    input?.stop();
    stopResizing?.();
    if (drawn && input) terminal.raw?.(false);
  }
}

/** What ends the docker CLI is for the container's first process, which may do with it as it likes. */
async function passOn(signal: Signal, path: string, world: World): Promise<void> {
  try {
    await askEngine({ method: 'POST', path, query: { signal: signal.slice('SIG'.length) } }, [], world);
  } catch (error) {
    // it has ended in the meantime, and the session is about to
    if (error instanceof EngineError || world.signal.aborted) return;
    world.io.stderr(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}

interface Feed {
  /** Settles only where the detach keys are typed. */
  readonly detached: Promise<void>;
  /** Takes our hands off stdin, which goes on. */
  stop(): void;
}

function feed(stdin: Readable, session: Duplex, { detachKeys, tty }: Session, drawn: boolean): Feed {
  const watch = tty && (drawn || detachKeys !== undefined) ? watchKeys(keyCodes(detachKeys)) : undefined;
  let last = '';
  let leave = (): void => undefined;
  const detached = new Promise<void>((resolve) => (leave = resolve));
  const take = (chunk: Uint8Array | string): void => {
    const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
    const passed = watch?.pass(bytes) ?? { bytes, detached: false };
    if (bytes.length > 0) last = String.fromCharCode(bytes.at(-1) ?? 0);
    // a slow reader on the other side slows the typist, not the memory
    if (passed.bytes.length > 0 && session.writable && !session.write(passed.bytes)) {
      stdin.pause();
      session.once('drain', () => stdin.resume());
    }
    if (passed.detached) leave();
  };
  const end = (): void => {
    endInput(session, tty, last);
  };
  stdin.on('data', take);
  // whoever asked for a line before has paused it
  stdin.resume();
  stdin.once('end', end);
  if (stdin.readableEnded) end();
  return {
    detached,
    stop() {
      stdin.off('data', take);
      stdin.off('end', end);
      stdin.pause();
    },
  };
}

/**
 * No more will be typed. The engine stops the output of a terminal whose input is closed, so there Ctrl-D is typed
 * instead: at the end of a line once, in the middle of one twice.
 */
function endInput(session: Duplex, tty: boolean, last: string): void {
  if (!tty) session.end();
  else if (session.writable) session.write(last === '' || last === '\n' || last === '\r' ? '\x04' : '\x04\x04');
}

/** How often the size is sent again while the process has no terminal yet, and the waits between, in milliseconds. */
const resizeTries = 8;
const resizeWait = 20;

/** Sends the terminal's size now and whenever it changes. @returns what ends it */
function followSize(path: string, world: World): () => void {
  const { terminal } = world.io;
  if (!terminal) return () => undefined;
  let over = false;
  const send = async (): Promise<void> => {
    for (let tried = 0; tried < resizeTries && !over; tried += 1) {
      const { rows, columns } = terminal.size();
      try {
        await askEngine({ method: 'POST', path, query: { h: String(rows), w: String(columns) } }, [], {
          ...world,
          observe: () => undefined,
        });
        return;
      } catch (error) {
        // the process may not have begun, or may have ended: the size of a terminal is not worth an error
        if (!(error instanceof EngineError)) return;
        await wait(resizeWait * (tried + 1), undefined, { signal: world.signal }).catch(() => undefined);
      }
    }
  };
  void send();
  const stop = terminal.onResize(() => void send());
  return () => {
    over = true;
    stop();
  };
}

/** events and stats: one JSON value a line, each put into words by the plan. */
export async function copyLines(
  { stream, request }: { readonly stream: Readable; readonly request: Request },
  as: Extract<StreamKind, { kind: 'lines' }>,
  world: World,
): Promise<void> {
  for await (const line of jsonTexts(stream, world.signal)) {
    const value = JSON.parse(line) as Json;
    assertLine({ request, engine: world.engine }, value);
    world.io.stdout(as.line(as.text ? line : value));
  }
}

/**
 * One command at a time changes the lab. The lock is a listening socket in Linux's abstract namespace: the kernel
 * takes it back when its holder ends, however it ends, so that a lock never has to be judged stale. The namespace
 * belongs to the network namespace, as the engine does.
 */
import type { Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '../failure.ts';
import { fingerprint } from './folder.ts';

/** Long enough for another command's install on a slow line. */
const waitLimit = 300_000;

export interface LockOptions {
  readonly signal: AbortSignal;
  /** Called once, when another command holds the lock. */
  readonly onWait?: () => void;
  /** Milliseconds. */
  readonly limit?: number;
}

/** Rejects with E-LAB-BUSY after the limit, with the signal's reason when aborted. */
export async function withLabLock<T>(
  folder: string,
  { signal, onWait, limit = waitLimit }: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const name = `\0docker-tutor-lab-${fingerprint(folder)}`;
  const deadline = AbortSignal.timeout(limit);
  const release = await acquire(name, AbortSignal.any([signal, deadline]), onWait).catch((error: unknown) => {
    throw deadline.aborted && !signal.aborted ? busy(limit, folder) : error;
  });
  try {
    return await work();
  } finally {
    release();
  }
}

async function acquire(name: string, signal: AbortSignal, onWait?: () => void): Promise<Release> {
  for (let turn = 0; ; turn += 1) {
    signal.throwIfAborted();
    const release = await listen(name);
    if (release !== undefined) return release;
    if (turn === 0) onWait?.();
    await holderGone(name, signal);
    // Those that wait learn of it at the same moment; a little chance keeps them from meeting again and again.
    await delay(5 + Math.random() * 20, undefined, { signal });
  }
}

type Release = () => void;

/** undefined where another process has the name. */
function listen(name: string): Promise<Release | undefined> {
  return new Promise((resolve, reject) => {
    const waiting = new Set<Socket>();
    const server = createServer((socket) => {
      waiting.add(socket);
      socket.on('error', () => socket.destroy()).once('close', () => waiting.delete(socket));
    });
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(name, () =>
      resolve(() => {
        server.close();
        for (const socket of waiting) socket.destroy();
      }),
    );
  });
}

/** A connection to the holder ends when the holder lets go or dies. */
function holderGone(name: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(name);
    const onAbort = (): void => {
      socket.destroy();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
    socket.resume();
  });
}

function busy(limit: number, folder: string): Failure {
  return new Failure(
    `Another docker-tutor command has been changing the lab for over ${Math.round(limit / 1000)} seconds.`,
    {
      code: 'E-LAB-BUSY',
      exitCode: 4,
      hints: ['Wait until it ends, or end it, and try again.'],
      evidence: [`lab folder: ${folder}`],
    },
  );
}

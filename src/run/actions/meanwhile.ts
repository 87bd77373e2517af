/** What happens while a command runs that does not end by itself: once it is ready files are written, and in the end it gets a Ctrl-C. */
import { check } from '../../check/check.ts';
import type { LineIo } from '../../perform/line/capture.ts';
import type { Signal } from '../../perform/world.ts';
import type { Meanwhile } from '../../scenario/schema.ts';
import type { Scene } from '../scene.ts';
import { writeFileOf } from './write.ts';

/** Most is done within a moment, and a build takes its time. */
const limit = '1m';

export interface Beside {
  readonly io: LineIo;
  /** When the command is over. @throws what went wrong beside it */
  over(): Promise<void>;
}

/** @param look at the engine, for what is waited for */
export function beside(
  { once, write, until }: Meanwhile,
  io: LineIo,
  { scene, step, look }: { scene: Scene; step: string; look: Parameters<typeof check>[1] },
): Beside {
  const ended = new AbortController();
  let take: ((signal: Signal) => void) | undefined;
  let printed = '';
  let work: Promise<void> | undefined;
  const happen = async (): Promise<void> => {
    try {
      for (const one of write) scene.emit({ type: 'file-written', step, ...(await writeFileOf(one, scene.workspace)) });
      const signal = AbortSignal.any([look.signal, ended.signal]);
      await check({ within: limit, ...until }, { ...look, signal });
    } catch (error) {
      if (!ended.signal.aborted) throw error;
    } finally {
      take?.('SIGINT');
    }
  };
  const heard =
    (pass: LineIo['stdout']) =>
    (chunk: Uint8Array | string): void => {
      pass?.(chunk);
      if (work) return;
      printed += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
      if (!printed.includes(once)) return;
      work = happen();
      // told when the command is over
      work.catch(() => undefined);
    };
  return {
    io: {
      ...io,
      stdout: heard(io.stdout),
      stderr: heard(io.stderr),
      interrupt: (taking) => {
        take = taking;
        const giveBack = io.interrupt?.(taking);
        return () => {
          take = undefined;
          giveBack?.();
        };
      },
    },
    async over() {
      ended.abort();
      await work;
    },
  };
}

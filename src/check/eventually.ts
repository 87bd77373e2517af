/** Looks until it holds or the time is up: at once, then again after a pause that grows, and whenever the engine reports something. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Engine } from '../engine/engine.ts';
import { messages } from '../engine/streams.ts';
import type { Look } from './look.ts';
import { stopwatch } from '../stopwatch.ts';

export interface Patience {
  /** From the first look to the last, in ms. */
  readonly within: number;
  readonly signal: AbortSignal;
  /** Resolves when something may have changed; opened after the first look that failed. Absent: the clock alone decides. */
  readonly stirred?: (signal: AbortSignal) => Stir;
}

/** Reports of an engine. */
export interface Stir {
  /** The next report. Never rejects. */
  next(): Promise<void>;
}

export interface Settled {
  readonly look: Look;
  readonly ms: number;
  readonly tries: number;
}

const firstPauseMs = 50;
const longestPauseMs = 500;
/** Reports come in bursts; looking at each of them would be a load. */
const shortestPauseMs = 20;

/** @throws the signal's reason, and what `look` throws */
export async function eventually(
  look: (signal: AbortSignal) => Promise<Look>,
  { within, signal, stirred }: Patience,
): Promise<Settled> {
  const elapsed = stopwatch();
  const done = new AbortController();
  const limit = AbortSignal.any([signal, done.signal]);
  let stir: Stir | undefined;
  try {
    for (let tries = 1, pause = firstPauseMs; ; tries++, pause = Math.min(pause * 2, longestPauseMs)) {
      signal.throwIfAborted();
      const seen = await look(signal);
      const ms = elapsed();
      if (seen.holds || seen.final || ms >= within) return { look: seen, ms, tries };
      stir ??= stirred?.(limit);
      await rest(Math.min(pause, within - ms), stir?.next(), limit);
    }
  } finally {
    done.abort();
  }
}

/** A pause that ends soon after `stirred`, or with the signal. Never rejects. */
export async function rest(ms: number, stirred: Promise<void> | undefined, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const clock = wait(ms, undefined, { signal: AbortSignal.any([signal, over.signal]) });
  // the loop looks at the signal itself
  const ended = clock.catch(() => undefined);
  if (stirred && ms > shortestPauseMs) {
    await Promise.race([ended, stirred.then(() => wait(shortestPauseMs))]);
    over.abort();
  }
  await ended;
}

/** The engine's event stream. Where it cannot be had, the clock alone decides. */
export function engineEvents(engine: Engine): (signal: AbortSignal) => Stir {
  return (signal) => {
    const reports = bell();
    const never = (): undefined => undefined;
    void follow(engine, signal, () => reports.ring()).catch(never);
    return reports;
  };
}

/** Wakes whoever waits for the next report. */
export interface Bell extends Stir {
  ring(): void;
}

export function bell(): Bell {
  let wake: () => void = () => undefined;
  let next = new Promise<void>((done) => (wake = done));
  return {
    next: () => next,
    ring() {
      wake();
      next = new Promise<void>((done) => (wake = done));
    },
  };
}

/** How long a stream that broke off is left, in ms, before it is opened anew. */
const reopenMs = 250;

/** Calls `stirred` with each report, and whenever the stream had to be opened anew: what came in between is looked for. */
export async function followSteadily(engine: Engine, signal: AbortSignal, stirred: () => void): Promise<void> {
  while (!signal.aborted) {
    await follow(engine, signal, stirred).catch(() => undefined);
    stirred();
    await wait(reopenMs, undefined, { signal }).catch(() => undefined);
  }
}

async function follow(engine: Engine, signal: AbortSignal, stirs: () => void): Promise<void> {
  const { status, stream } = await engine.send({ method: 'GET', path: '/events' }, { signal });
  if (status !== 200) {
    stream.destroy();
    return;
  }
  for await (const event of messages(stream, signal)) if (event) stirs();
}

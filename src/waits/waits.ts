/**
 * The one way of saying what is waited for outside this process: an engine, another process, a registry, a program. Each
 * wait has a limit, and whoever looks on is told of it after a moment.
 */

/** What is waited for, and for how long at most. */
export interface Wait {
  /** `the answer to GET /info`. As it came: whoever prints it cleans it. */
  readonly for: string;
  /** Infinity where there is no limit to it. */
  readonly limitMs: number;
}

export type TellWait = (wait: Wait) => void;

/** A person wonders after two seconds. Milliseconds. */
export const toldAfterMs = 2_000;

let onlooker: TellWait = () => undefined;

/** Who is told from now on. One for the process: one person looks on, and all that it waits for holds them up. */
export function tellWaits(tell: TellWait): void {
  onlooker = tell;
}

/** Tells it now. */
export function tellWait(wait: Wait): void {
  onlooker(wait);
}

/** Tells it where the work takes longer than a moment. The limit is the work’s own to keep. */
export async function waited<T>(wait: Wait, work: () => Promise<T>): Promise<T> {
  const soon = setTimeout(() => onlooker(wait), toldAfterMs);
  try {
    return await work();
  } finally {
    clearTimeout(soon);
  }
}

/**
 * Ends the work at its limit: it is given a signal that aborts then, with a TimeoutError, or with `signal`. The timer
 * holds it: an AbortSignal.timeout that only AbortSignal.any knows is collected as garbage, and its time never comes.
 */
export async function limited<T>(
  limitMs: number,
  signal: AbortSignal,
  work: (limit: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const over = new AbortController();
  const stop = (): void => over.abort(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  const late = (): void => over.abort(new DOMException(`not done after ${String(limitMs)} ms`, 'TimeoutError'));
  const clock = setTimeout(late, limitMs);
  try {
    return await work(over.signal);
  } finally {
    clearTimeout(clock);
    signal.removeEventListener('abort', stop);
  }
}

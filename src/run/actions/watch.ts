/** What a learner does in a terminal of their own: the engine's reports, the files, and a slow look beside them. */
import { watch as watchFolder } from 'node:fs';
import type { CheckContext, CheckResult } from '../../check/check.ts';
import { check } from '../../check/check.ts';
import { bell, followSteadily, rest } from '../../check/eventually.ts';
import type { Stir } from '../../check/eventually.ts';
import { isOutOfReach, problemOf } from '../../engine/problems.ts';
import type { Expectation } from '../../scenario/expectation.ts';

/** Reports may get lost on the way: it is looked at least so often, in ms. */
const slowLookMs = 1_500;

export interface Watch {
  readonly expectations: readonly Expectation[];
  readonly context: CheckContext;
  readonly signal: AbortSignal;
  /** Something holds that has not held before. */
  ticked(result: CheckResult): void;
  /** The engine is out of reach; and when it is back. */
  away(isAway: boolean): void;
}

export interface Watched {
  /** Resolves when all of it holds at one moment. Rejects with the signal's reason. */
  readonly held: Promise<void>;
  /** Looks now. */
  look(): void;
}

export function watchFor(watch: Watch): Watched {
  const reports = bell();
  const look = (): void => reports.ring();
  const over = new AbortController();
  const signal = AbortSignal.any([watch.signal, over.signal]);
  void followSteadily(watch.context.engine, signal, look);
  followFiles(watch.context.workspace, signal, look);
  const held = untilHeld(watch, reports).finally(() => over.abort());
  return { held, look };
}

async function untilHeld(watch: Watch, reports: Stir): Promise<void> {
  const { signal } = watch;
  const ticked = new Set<Expectation>();
  let away = false;
  for (;;) {
    signal.throwIfAborted();
    // what is reported during the look counts too
    const next = reports.next();
    try {
      const all = await lookAtAll(watch, ticked);
      if (away) watch.away((away = false));
      if (all) return;
    } catch (error) {
      const failure = problemOf(error);
      if (!failure || !isOutOfReach(failure) || signal.aborted) throw error;
      if (!away) watch.away((away = true));
    }
    await rest(slowLookMs, next, signal);
  }
}

async function lookAtAll({ expectations, context, ticked: tell }: Watch, ticked: Set<Expectation>): Promise<boolean> {
  let all = true;
  for (const expectation of expectations) {
    const result = await check({ ...expectation, within: '0s' }, context);
    if (result.status === 'failed') all = false;
    else if (!ticked.has(expectation)) {
      ticked.add(expectation);
      tell(result);
    }
  }
  return all;
}

/** Some file systems report nothing: the slow look finds what has changed. */
function followFiles(folder: string, signal: AbortSignal, changed: () => void): void {
  try {
    watchFolder(folder, { recursive: true, signal }, changed).on('error', () => undefined);
  } catch {
    // the slow look does
  }
}

/** Removes what a scenario has made, at its end. An engine that does not answer is waited for; then it is said how to remove it later. */
import { setTimeout as rest } from 'node:timers/promises';
import { foreseen } from '../as-failure.ts';
import { causeFailure } from '../cause-failure.ts';
import type { Endpoint, Engine } from '../engine/engine.ts';
import { limits } from '../engine/patience.ts';
import { problemOf } from '../engine/problems.ts';
import type { Cleaned } from '../events/events.ts';
import type { Failure } from '../failure.ts';
import type { Owning } from '../ownership/start.ts';
import { waited } from '../waits/waits.ts';

export interface CleanedUp extends Omit<Cleaned, 'type'> {
  /** Why something stays. */
  readonly failure?: Failure;
}

/** How long removing may take where the engine answers, in milliseconds. It goes on after an interruption. */
const removingLimit = 120_000;
const pauseMs = 1_000;

/** @param label what the things it made are labelled with @param patience in milliseconds @throws what is neither the engine's fault nor this machine's */
export async function cleanUp(
  owning: Pick<Owning, 'clean'>,
  label: string,
  engine: Pick<Engine, 'endpoint' | 'about'>,
  patience: number = limits.cleaning,
): Promise<CleanedUp> {
  const wait = { for: 'the engine, to clean up', limitMs: patience };
  return waited(wait, () => cleanWhileItMay(owning, label, engine, patience));
}

async function cleanWhileItMay(
  owning: Pick<Owning, 'clean'>,
  label: string,
  engine: Pick<Engine, 'endpoint' | 'about'>,
  patience: number,
): Promise<CleanedUp> {
  const until = performance.now() + patience;
  for (;;) {
    const limit = AbortSignal.timeout(removingLimit);
    try {
      return await owning.clean(limit);
    } catch (error) {
      const failure = problemOf(error, engine) ?? foreseen(error);
      if (!failure && !limit.aborted) throw error;
      if (limit.aborted || performance.now() > until) return notCleaned(failure, label, engine.endpoint);
      await rest(Math.min(pauseMs, patience / 20));
    }
  }
}

function notCleaned(failure: Failure | undefined, label: string, endpoint: Endpoint): CleanedUp {
  const why = failure?.message ?? `it was not done after ${String(removingLimit / 1000)} seconds`;
  return {
    removed: [],
    left: [{ kind: 'run', name: label, id: label, why }],
    failure: causeFailure('E-NOT-CLEANED', {
      args: { command: cleanCommand(label, { endpoint }), why },
      evidence: failure?.evidence ?? [],
      ...(failure && { cause: failure }),
    }),
  };
}

/** @param label what the things of a run are labelled with */
export function cleanCommand(label: string, { endpoint }: Pick<Engine, 'endpoint'>): string {
  return `docker-tutor clean --run ${label}${engineWords(endpoint)}`;
}

/** How the same engine is named on the command line, where it must be. */
function engineWords({ from, address, detail }: Endpoint): string {
  switch (from) {
    case 'lab':
      return ' --lab';
    case 'host-option':
      return ` --host ${address}`;
    case 'context-option':
      return ` --context ${detail ?? ''}`;
    case 'DOCKER_HOST':
    case 'DOCKER_CONTEXT':
    case 'current-context':
    case 'default':
      return '';
  }
}

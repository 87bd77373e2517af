/** Looks at what is there before the first change of a command, so that one that only asks costs no look; and after it. */
import type { Engine } from '../engine/engine.ts';
import { askThrough } from '../engine/ask.ts';
import { take } from '../inventory/inventory.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { endedBy, settled } from '../inventory/settled.ts';
import type { Guard } from '../api/guard.ts';

export interface LookingGuard {
  readonly guard: Guard;
  /** Undefined while nothing has been changed. */
  before(): Inventory | undefined;
}

export function lookingBefore(guard: Guard, engine: Engine, signal: AbortSignal): LookingGuard {
  let looking: Promise<Inventory> | undefined;
  let found: Inventory | undefined;
  return {
    guard: {
      async before(request) {
        if (request.method !== 'GET' && request.method !== 'HEAD') found = await (looking ??= take(engine, signal));
        return guard.before(request);
      },
      after: (request, status, body) => guard.after(request, status, body),
    },
    before: () => found,
  };
}

/** What is there after these requests. @throws EngineError */
export async function lookAfter(
  sent: readonly { readonly method: string; readonly path: string }[],
  engine: Engine,
  signal: AbortSignal,
): Promise<Inventory> {
  const listed = await take(engine, signal);
  const ended = new Set(sent.map(endedBy).filter((name) => name !== undefined));
  return { ...listed, containers: await settled(listed.containers, ended, askThrough(engine, signal)) };
}

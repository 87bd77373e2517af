/** Looks at what is there before the first change of a command: one that only asks costs no look. */
import type { Engine } from '../engine/port.ts';
import { take } from '../own/inventory.ts';
import type { Inventory } from '../own/inventory.ts';
import type { Guard } from '../perform/guard.ts';

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

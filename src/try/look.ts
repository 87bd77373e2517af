/** Looks at what is there before the first change of a command, so that one that only asks costs no look; and after it. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from '../command/command.ts';
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

/** How often and how long a container that has ended may still be listed as running, in milliseconds. */
const lagStep = 50;
const lagMost = 1_000;

/** The engine says that a container has ended a moment before its own list does (seen on 28.5). */
export async function lookAfter(
  { row, flags }: Command,
  before: Inventory,
  engine: Engine,
  signal: AbortSignal,
): Promise<Inventory> {
  let after = await take(engine, signal);
  const attached = row.name === 'container run' && flags['detach'] !== true;
  const known = new Set(before.containers.map(({ id }) => id));
  for (
    let waited = 0;
    attached && waited < lagMost && after.containers.some(({ id, state }) => !known.has(id) && state === 'running');
    waited += lagStep
  ) {
    await wait(lagStep, undefined, { signal });
    after = await take(engine, signal);
  }
  return after;
}

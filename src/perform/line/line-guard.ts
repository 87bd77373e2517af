/** Stands before a line's guard: remembers what was asked, and looks at what is there before the first change. */
import type { Guard } from '../../api/guard.ts';
import { endpointOf } from '../../api/endpoints/endpoint-of.ts';
import type { Request } from '../../api/request.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { Asked } from '../../inventory/traces.ts';

export interface LineGuard {
  readonly guard: Guard;
  /** What was sent, or answered in the engine's place: the guard may have done itself what was asked. */
  asked(): readonly Asked[];
  /** What was there before the first change; undefined while there was none. */
  before(): Inventory | undefined;
}

/** @param look at what is there: called once, before the first change, so that a line that only asks costs no look */
export function lineGuard(guard: Guard, look: () => Promise<Inventory>): LineGuard {
  const asked = new Map<Request, Asked>();
  let looking: Promise<Inventory> | undefined;
  let found: Inventory | undefined;
  return {
    guard: {
      foresee: (things) => guard.foresee(things),
      async before(request) {
        if (endpointOf(request)?.reads !== true) found = await (looking ??= look());
        const decision = await guard.before(request);
        if ('keep' in decision) asked.set(request, { request, answer: decision.answer.body });
        if ('send' in decision) asked.set(decision.send, { request: decision.send });
        return decision;
      },
      async after(request, status, body) {
        asked.set(request, { request, answer: body });
        return guard.after(request, status, body);
      },
    },
    asked: () => [...asked.values()],
    before: () => found,
  };
}

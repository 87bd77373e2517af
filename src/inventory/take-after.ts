/** Looks at the engine again after a line's requests, as far as they reach, and once they have had their effect. */
import type { Request } from '../api/request.ts';
import { askThrough } from '../engine/ask.ts';
import type { Engine } from '../engine/engine.ts';
import { retakeInventory } from './inventory.ts';
import type { Inventory, InventoryKind } from './inventory.ts';
import { kindsChangedBy } from './reach.ts';
import { endedBy, settled } from './settled.ts';

/** The same inventory where nothing can have changed: that needs no look. @throws EngineError */
export async function takeAfter(
  before: Inventory,
  asked: readonly Request[],
  engine: Engine,
  signal: AbortSignal,
): Promise<Inventory> {
  const reached = new Set(asked.flatMap((request) => [...kindsChangedBy(request)]));
  if (reached.size === 0) return before;
  const listed = await retakeInventory(before, reached, engine, signal);
  const ended = asked.map(endedBy).filter((one) => one !== undefined);
  const containers = await settled(listed.containers, ended, askThrough(engine, signal));
  const now = { ...listed, containers };
  // a container that went after the look took its volumes along
  return containers.length < listed.containers.length ? retakeInventory(now, volumesOnly, engine, signal) : now;
}

const volumesOnly: ReadonlySet<InventoryKind> = new Set(['volumes']);

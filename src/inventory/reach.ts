/** How far a request reaches: what of the inventory is to be looked at again after it. */
import { endpointOf } from '../api/endpoints/endpoint-of.ts';
import type { Asked } from '../api/endpoints/endpoint-of.ts';
import { everyKind } from './inventory.ts';
import type { InventoryKind } from './inventory.ts';

/** What a request may add, change or remove; one that is not known may do all. */
export function kindsChangedBy(request: Asked): ReadonlySet<InventoryKind> {
  const changes: readonly string[] = endpointOf(request)?.changes ?? [...everyKind];
  return new Set([...everyKind].filter((kind) => changes.includes(kind)));
}

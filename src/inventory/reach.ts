/** How far a request reaches: what of the inventory is to be looked at again after it. */
import type { Request } from '../api/request.ts';
import { everyKind } from './inventory.ts';
import type { InventoryKind } from './inventory.ts';

/** What a request may add, change or remove; one that no rule knows may do all. */
export function kindsChangedBy({ method, path }: Pick<Request, 'method' | 'path'>): ReadonlySet<InventoryKind> {
  if (method === 'GET' || method === 'HEAD') return new Set();
  return new Set(rules.find(([pattern]) => pattern.test(path))?.[1] ?? everyKind);
}

/** The first that matches speaks. */
const rules: readonly (readonly [RegExp, readonly InventoryKind[]])[] = [
  [/^\/(auth$|images\/.+\/push$|containers\/[^/]+\/(wait|resize)$|exec\/[^/]+\/resize$)/, []],
  [/^\/(images\/|commit$)/, ['images']],
  // a container brings volumes without a name, and takes them with it
  [/^\/(containers|exec)\//, ['containers', 'volumes']],
  // containers are listed with their networks and addresses
  [/^\/networks\//, ['networks', 'containers']],
  [/^\/volumes\//, ['volumes']],
];

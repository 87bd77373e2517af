/** What came, went and changed between two inventories. Pure. */
import type { Change } from '../run/events.ts';
import type { Inventory } from './inventory.ts';

interface Thing {
  readonly id: string;
  readonly name: string;
  /** What of it can change; compared as text. */
  readonly facts: Readonly<Record<string, string>>;
}

/** Containers, images (one entry a name), networks, volumes; within each: gone, changed, new. */
export function difference(before: Inventory, after: Inventory): readonly Change[] {
  return [
    ...changes('container', containersOf(before), containersOf(after)),
    ...changes('image', imagesOf(before), imagesOf(after)),
    ...changes('network', networksOf(before), networksOf(after)),
    ...changes('volume', volumesOf(before), volumesOf(after)),
  ];
}

function changes(kind: Change['kind'], before: ReadonlyMap<string, Thing>, after: ReadonlyMap<string, Thing>): readonly Change[] {
  const removed: Change[] = [];
  const changed: Change[] = [];
  const added: Change[] = [];
  for (const [key, { id, name }] of before) if (!after.has(key)) removed.push({ change: 'removed', kind, name, id });
  for (const [key, thing] of after) {
    const old = before.get(key);
    const { id, name, facts } = thing;
    if (!old) added.push({ change: 'added', kind, name, id, ...(facts['state'] && { detail: facts['state'] }) });
    else if (detailOf(old, thing) !== '') changed.push({ change: 'changed', kind, name, id, detail: detailOf(old, thing) });
  }
  return [...removed, ...changed, ...added];
}

/** `state: running → exited` */
function detailOf(before: Thing, after: Thing): string {
  return Object.keys(after.facts)
    .filter((fact) => before.facts[fact] !== after.facts[fact])
    .map((fact) => `${fact}: ${before.facts[fact] || 'none'} → ${after.facts[fact] || 'none'}`)
    .join(', ');
}

function containersOf({ containers }: Inventory): ReadonlyMap<string, Thing> {
  return keyed(
    containers.map(({ id, name, state, networks, ports }) => ({
      id,
      name,
      facts: { state, name, networks: [...networks].sort().join(' '), ports: [...ports].sort((a, b) => a - b).join(' ') },
    })),
  );
}

/** By name, because one image may have several: a name that moves to another image has changed. */
function imagesOf({ images }: Inventory): ReadonlyMap<string, Thing> {
  const named = images.flatMap(({ id, tags, digests }): readonly (readonly [string, Thing])[] => {
    if (tags.length > 0) return tags.map((tag) => [tag, { id, name: tag, facts: { image: shown(id) } }] as const);
    return [[id, { id, name: digests[0] ?? '<none>', facts: {} }] as const];
  });
  return new Map(named);
}

function networksOf({ networks }: Inventory): ReadonlyMap<string, Thing> {
  return keyed(networks.map(({ id, name }) => ({ id, name, facts: {} })));
}

function volumesOf({ volumes }: Inventory): ReadonlyMap<string, Thing> {
  return keyed(volumes.map(({ name }) => ({ id: name, name, facts: {} })));
}

function keyed(things: readonly Thing[]): ReadonlyMap<string, Thing> {
  return new Map(things.map((thing) => [thing.id, thing]));
}

function shown(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12);
}

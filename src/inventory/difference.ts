/** What came, went and changed between two inventories. Pure. */
import type { Change } from '../events/events.ts';
import type { Inventory } from './inventory.ts';
import { shortId } from '../short-id.ts';

interface Thing {
  readonly id: string;
  readonly name: string;
  /** What of it can change, as Change has it; compared as text. */
  readonly facts: Readonly<Record<string, string>>;
}

/** Containers, images (one entry a name), networks, volumes; within each: gone, changed, new. */
export function difference(before: Inventory, after: Inventory): readonly Change[] {
  return [
    ...changes('container', containersOf(before), containersOf(after)),
    ...imageChanges(before, after),
    ...changes('network', networksOf(before), networksOf(after)),
    ...changes('volume', volumesOf(before), volumesOf(after)),
  ];
}

function changes(
  kind: Change['kind'],
  before: ReadonlyMap<string, Thing>,
  after: ReadonlyMap<string, Thing>,
): readonly Change[] {
  const removed: Change[] = [];
  const changed: Change[] = [];
  const added: Change[] = [];
  for (const [key, thing] of before) if (!after.has(key)) removed.push({ change: 'removed', kind, ...thing });
  for (const [key, thing] of after) {
    const old = before.get(key);
    if (!old) added.push({ change: 'added', kind, ...thing });
    else if (old.name !== thing.name || Object.keys(earlier(kind, old, thing)).length > 0)
      changed.push({
        change: 'changed',
        kind,
        ...thing,
        before: { ...(old.name !== thing.name && { name: old.name }), ...earlier(kind, old, thing) },
      });
  }
  return [...removed, ...changed, ...added];
}

/**
 * An image that is there before and after only gains or loses a name: what it was called is said in `before.names`, what
 * it is still called in `facts.names`, both without the name that came or went.
 */
function imageChanges(before: Inventory, after: Inventory): readonly Change[] {
  const [had, has] = [tagsById(before), tagsById(after)];
  const all = changes('image', imagesOf(before), imagesOf(after));
  const isTag = ({ change, id }: Change): boolean => (change === 'removed' ? had : has).get(id)?.length !== 0;
  const untagged = new Set(all.flatMap((one) => (one.change === 'removed' && isTag(one) ? [one.id] : [])));
  return all.flatMap((change): readonly Change[] => {
    const tags = (change.change === 'added' ? had : has).get(change.id);
    if (tags === undefined || change.change === 'changed') return [change];
    if (!isTag(change) && (change.change === 'removed' || untagged.has(change.id))) return [];
    const names = tags.filter((tag) => tag !== change.name).join(' ');
    return [
      change.change === 'added' ? { ...change, before: { names } } : { ...change, facts: { ...change.facts, names } },
    ];
  });
}

function tagsById({ images }: Inventory): ReadonlyMap<string, readonly string[]> {
  return new Map(images.map(({ id, tags }) => [id, tags]));
}

/** The facts that were otherwise, or there and are not now; an image's name for a container is not one of them. */
function earlier(kind: Change['kind'], before: Thing, after: Thing): Readonly<Record<string, string>> {
  const names = new Set([...Object.keys(before.facts), ...Object.keys(after.facts)]);
  return Object.fromEntries(
    [...names]
      .filter((name) => before.facts[name] !== after.facts[name] && !(kind === 'container' && name === 'image'))
      .map((name) => [name, before.facts[name] ?? '']),
  );
}

function containersOf({ containers }: Inventory): ReadonlyMap<string, Thing> {
  return keyed(
    containers.map(({ id, name, image, state, exitCode, networks, address, published, mounts }) => ({
      id,
      name,
      facts: known({
        state,
        exitCode: exitCode === undefined ? '' : String(exitCode),
        image,
        networks: [...networks].sort().join(' '),
        address,
        ports: [...new Set(published.map(({ hostPort }) => hostPort))].sort((a, b) => a - b).join(' '),
        volumes: [...mounts].sort().join(' '),
      }),
    })),
  );
}

/** By name, because one image may have several: a name that moves to another image has changed. */
function imagesOf({ images }: Inventory): ReadonlyMap<string, Thing> {
  const named = images.flatMap(({ id, tags, digests, size }): readonly (readonly [string, Thing])[] => {
    if (tags.length > 0)
      return tags.map((tag) => [tag, { id, name: tag, facts: { image: shortId(id), size: String(size) } }] as const);
    return [[id, { id, name: digests[0] ?? '<none>', facts: {} }] as const];
  });
  return new Map(named);
}

function networksOf({ networks }: Inventory): ReadonlyMap<string, Thing> {
  return keyed(
    networks.map(({ id, name, driver, subnets }) => ({
      id,
      name,
      facts: known({ driver, subnet: subnets.join(' ') }),
    })),
  );
}

function volumesOf({ volumes }: Inventory): ReadonlyMap<string, Thing> {
  return keyed(volumes.map(({ name, driver }) => ({ id: name, name, facts: { driver } })));
}

function known(facts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== ''));
}

function keyed(things: readonly Thing[]): ReadonlyMap<string, Thing> {
  return new Map(things.map((thing) => [thing.id, thing]));
}

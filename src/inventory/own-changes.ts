/**
 * What of the difference between two moments a line has brought about: what its requests name, what carries the run's
 * label, and what follows from those. What others did in between is theirs. Pure.
 */
import { isWholeId } from '../short-id.ts';
import type { Change } from '../events/events.ts';
import { canonical } from '../image-name.ts';
import { difference } from './difference.ts';
import type { ContainerSeen, ImageListed, Inventory } from './inventory.ts';
import type { Labelled, Trace } from './traces.ts';

type Labels = Readonly<Record<string, string>>;

/** @param isOurs whether labels say that the run has made the thing */
export function ownChanges(
  traces: readonly Trace[],
  before: Inventory,
  after: Inventory,
  isOurs: (labels: Labels) => boolean,
): readonly Change[] {
  const moments: Moments = { before, after, isOurs };
  const containers = containersOf(traces, moments);
  const own: Readonly<Record<Change['kind'], (change: Change) => boolean>> = {
    container: withId(containers),
    network: withId(networksOf(traces, moments)),
    volume: withId(volumesOf(traces, containers, moments)),
    image: imageRule(traces, moments),
  };
  return difference(before, after).filter((change) => own[change.kind](change));
}

interface Moments {
  readonly before: Inventory;
  readonly after: Inventory;
  isOurs(labels: Labels): boolean;
}

function withId(ids: ReadonlySet<string>): (change: Change) => boolean {
  return ({ id }) => ids.has(id);
}

function containersOf(traces: readonly Trace[], { before, after, isOurs }: Moments): ReadonlySet<string> {
  const all = [...before.containers, ...after.containers];
  const swarm = traces.some(({ trace }) => trace === 'swarm');
  const services = new Set(
    traces.flatMap((one) => (one.trace === 'service' ? found(one.name, all.map(serviceOf)) : [])),
  );
  const isTask = (container: ContainerSeen): boolean =>
    services.has(serviceOf(container).id) || (swarm && serviceOf(container).id !== '');
  return new Set([
    ...madeIds('container', traces),
    ...targets('container', traces, before.containers),
    ...come('container', traces, before.containers, after.containers, isOurs),
    ...all.filter(isTask).map(({ id }) => id),
  ]);
}

/** The service that a container is a task of; empty for one that is none. */
function serviceOf({ labels }: ContainerSeen): Named {
  return { id: labels['com.docker.swarm.service.id'] ?? '', name: labels['com.docker.swarm.service.name'] ?? '' };
}

function networksOf(traces: readonly Trace[], { before, after, isOurs }: Moments): ReadonlySet<string> {
  const swarm = traces.some(({ trace }) => trace === 'swarm');
  const ofSwarm = [...before.networks, ...after.networks].filter(
    ({ driver, name }) => swarm && (driver === 'overlay' || name === 'docker_gwbridge'),
  );
  return new Set([
    ...madeIds('network', traces),
    ...targets('network', traces, before.networks),
    ...come('network', traces, before.networks, after.networks, isOurs),
    ...ofSwarm.map(({ id }) => id),
  ]);
}

/** A container brings its volumes; those without a name may go with it. */
function volumesOf(
  traces: readonly Trace[],
  containers: ReadonlySet<string>,
  { before, after, isOurs }: Moments,
): ReadonlySet<string> {
  const known = new Set(before.containers.map(({ id }) => id));
  const left = new Set(after.containers.map(({ id }) => id));
  const brought = after.containers.filter(({ id }) => containers.has(id) && !known.has(id));
  const gone = before.containers.filter(({ id }) => containers.has(id) && !left.has(id));
  const volumes = (inventory: Inventory) => inventory.volumes.map((volume) => ({ ...volume, id: volume.name }));
  return new Set([
    ...madeIds('volume', traces),
    ...traces.flatMap((one) => (one.trace === 'acted-on' && one.kind === 'volume' ? [one.name] : [])),
    ...come('volume', traces, volumes(before), volumes(after), isOurs),
    ...brought.flatMap((container) => container.volumes),
    ...gone.flatMap((container) => container.volumes.filter(isWholeId)),
  ]);
}

/** An image without a name is known by its id: of its last name, which went to another image or away, or its first. */
function imageRule(traces: readonly Trace[], { before, after }: Moments): (change: Change) => boolean {
  const names = new Set(traces.flatMap((one) => (one.trace === 'image-name' ? [one.name] : [])));
  const told = new Set(traces.flatMap((one) => (one.trace === 'image' ? [one.id] : [])));
  const isNamed = ({ tags, digests }: ImageListed): boolean =>
    [...tags, ...digests].some((name) => names.has(canonical(name)));
  const ids = new Set([...told, ...[...before.images, ...after.images].filter(isNamed).map(({ id }) => id)]);
  const tagged = new Set([...before.images, ...after.images].flatMap(({ tags }) => tags));
  return ({ change, name, id }) =>
    names.has(canonical(name)) || (tagged.has(name) ? change === 'removed' && told.has(id) : ids.has(id));
}

function madeIds(kind: Labelled, traces: readonly Trace[]): readonly string[] {
  return traces.flatMap((one) => (one.trace === 'made' && one.kind === kind ? (one.id ?? []) : []));
}

interface Named {
  readonly id: string;
  readonly name: string;
}

interface Thing extends Named {
  readonly labels: Labels;
}

function targets(kind: Labelled, traces: readonly Trace[], things: readonly Named[]): readonly string[] {
  return traces.flatMap((one) => (one.trace === 'acted-on' && one.kind === kind ? found(one.name, things) : []));
}

/** The id of what is meant, found as the engine finds it: by id, then by name, then by the one id that begins so. */
function found(wanted: string, things: readonly Named[]): readonly string[] {
  const exact = things.find(({ id }) => id === wanted) ?? things.find(({ name }) => name === wanted);
  if (exact) return [exact.id];
  const begins = new Set(things.map(({ id }) => id).filter((id) => id.startsWith(wanted)));
  return begins.size === 1 ? [...begins] : [];
}

/** What has come with the run's label, where the line was to make such a thing. */
function come(
  kind: Labelled,
  traces: readonly Trace[],
  before: readonly Thing[],
  after: readonly Thing[],
  isOurs: Moments['isOurs'],
): readonly string[] {
  if (!traces.some((one) => one.trace === 'made' && one.kind === kind)) return [];
  const known = new Set(before.map(({ id }) => id));
  return after.filter(({ id, labels }) => !known.has(id) && isOurs(labels)).map(({ id }) => id);
}

/** What there is on an engine at one moment. */
import type { Engine } from '../engine/engine.ts';
import { askThrough, atFirst, get } from '../engine/ask.ts';
import type { Ask } from '../engine/ask.ts';
import { shortId } from '../short-id.ts';

export interface ContainerSeen {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  /** As the engine names it: created, running, exited… */
  readonly state: string;
  /** Of one that has ended. */
  readonly exitCode?: number | undefined;
  /** On its first network; empty while it does not run. */
  readonly address: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Networks by name, also those of a container that is stopped. */
  readonly networks: readonly string[];
  /** None while it does not run. */
  readonly published: readonly PublishedPort[];
  /** Volumes that it mounts, those without a name too. */
  readonly volumes: readonly string[];
  /** Where: `notes:/data`. */
  readonly mounts: readonly string[];
}

/** A port of a container that its host listens on, once an address: often at 0.0.0.0 and at ::. */
export interface PublishedPort {
  /** `80/tcp` */
  readonly port: string;
  readonly hostAddress: string;
  readonly hostPort: number;
}

export interface ImageListed {
  readonly id: string;
  /** As people write them; empty for an image without a name. */
  readonly tags: readonly string[];
  readonly digests: readonly string[];
  /** Bytes. */
  readonly size: number;
}

export interface NetworkSeen {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly subnets: readonly string[];
}

export interface VolumeSeen {
  readonly name: string;
  readonly driver: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Inventory {
  readonly containers: readonly ContainerSeen[];
  readonly images: readonly ImageListed[];
  readonly networks: readonly NetworkSeen[];
  readonly volumes: readonly VolumeSeen[];
}

export type InventoryKind = keyof Inventory;

export const everyKind: ReadonlySet<InventoryKind> = new Set(['containers', 'images', 'networks', 'volumes']);

/** Four questions at once. @throws Failure where the engine does not answer them */
export async function takeInventory(engine: Engine, signal: AbortSignal): Promise<Inventory> {
  return atFirst(engine, signal, (ask) => look(nothing, everyKind, ask));
}

/** Looks only at these kinds; of the others it keeps what was seen. @throws EngineError */
export async function retakeInventory(
  seen: Inventory,
  kinds: ReadonlySet<InventoryKind>,
  engine: Engine,
  signal: AbortSignal,
): Promise<Inventory> {
  return look(seen, kinds, askThrough(engine, signal));
}

const nothing: Inventory = { containers: [], images: [], networks: [], volumes: [] };

async function look(seen: Inventory, kinds: ReadonlySet<InventoryKind>, ask: Ask): Promise<Inventory> {
  const [containers, images, networks, volumes] = await Promise.all([
    kinds.has('containers') ? listContainers(ask) : seen.containers,
    kinds.has('images') ? listImages(ask) : seen.images,
    kinds.has('networks') ? listNetworks(ask) : seen.networks,
    kinds.has('volumes') ? listVolumes(ask) : seen.volumes,
  ]);
  return { containers, images, networks, volumes };
}

export async function listImages(ask: Ask): Promise<readonly ImageListed[]> {
  return ((await get(ask, '/images/json')) as RawImage[]).map(imageOf);
}

export async function listContainers(ask: Ask): Promise<readonly ContainerSeen[]> {
  return ((await get(ask, '/containers/json', { all: '1' })) as RawContainer[]).map(containerOf);
}

export async function listNetworks(ask: Ask): Promise<readonly NetworkSeen[]> {
  return ((await get(ask, '/networks')) as RawNetwork[]).map(networkOf);
}

export async function listVolumes(ask: Ask): Promise<readonly VolumeSeen[]> {
  const { Volumes } = (await get(ask, '/volumes')) as { Volumes?: RawVolume[] | null };
  return (Volumes ?? []).map(({ Name, Driver, Labels }) => ({ name: Name, driver: Driver, labels: Labels ?? {} }));
}

type Labels = Record<string, string> | null;
interface RawContainer {
  readonly Id: string;
  readonly Names?: readonly string[] | null;
  readonly Image: string;
  readonly State: string;
  readonly Status?: string;
  readonly Labels?: Labels;
  readonly Ports?: readonly RawPort[] | null;
  readonly Mounts?: readonly { readonly Type?: string; readonly Name?: string; readonly Destination?: string }[] | null;
  readonly NetworkSettings?: {
    readonly Networks?: Readonly<Record<string, { readonly IPAddress?: string } | null>> | null;
  };
}
interface RawPort {
  readonly IP?: string;
  readonly PrivatePort: number;
  readonly PublicPort?: number;
  readonly Type?: string;
}
interface RawImage {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
  readonly RepoDigests?: readonly string[] | null;
  readonly Size?: number;
}
interface RawNetwork {
  readonly Id: string;
  readonly Name: string;
  readonly Driver: string;
  readonly Labels?: Labels;
  readonly IPAM?: { readonly Config?: readonly { readonly Subnet?: string }[] | null };
}
interface RawVolume {
  readonly Name: string;
  readonly Driver: string;
  readonly Labels?: Labels;
}

function containerOf(raw: RawContainer): ContainerSeen {
  // a linked container has further names with a path: the shortest is its own
  const names = (raw.Names ?? []).map((name) => name.replace(/^\//, '')).sort((a, b) => a.length - b.length);
  return {
    id: raw.Id,
    name: names.find((name) => !name.includes('/')) ?? names[0] ?? shortId(raw.Id),
    image: raw.Image,
    state: raw.State,
    // the list tells it in its words only: `Exited (137) 2 minutes ago`
    ...(raw.State === 'exited' && { exitCode: Number(/^Exited \((-?\d+)\)/.exec(raw.Status ?? '')?.[1] ?? 0) }),
    address: Object.values(raw.NetworkSettings?.Networks ?? {}).find((network) => network?.IPAddress)?.IPAddress ?? '',
    labels: raw.Labels ?? {},
    networks: Object.keys(raw.NetworkSettings?.Networks ?? {}),
    published: (raw.Ports ?? []).flatMap(publishedBy),
    volumes: (raw.Mounts ?? []).flatMap(({ Type, Name }) => (Type === 'volume' && Name ? [Name] : [])),
    mounts: (raw.Mounts ?? []).flatMap(({ Type, Name, Destination = '' }) =>
      Type === 'volume' && Name ? [`${Name}:${Destination}`] : [],
    ),
  };
}

function publishedBy({ IP = '', PrivatePort, PublicPort, Type = 'tcp' }: RawPort): readonly PublishedPort[] {
  return PublicPort ? [{ port: `${String(PrivatePort)}/${Type}`, hostAddress: IP, hostPort: PublicPort }] : [];
}

function imageOf({ Id, RepoTags, RepoDigests, Size = 0 }: RawImage): ImageListed {
  const named = (names: readonly string[] | null | undefined): readonly string[] =>
    (names ?? []).filter((name) => !name.includes('<none>'));
  return { id: Id, tags: named(RepoTags), digests: named(RepoDigests), size: Size };
}

function networkOf({ Id, Name, Driver, Labels, IPAM }: RawNetwork): NetworkSeen {
  const subnets = (IPAM?.Config ?? []).flatMap(({ Subnet }) => (Subnet ? [Subnet] : []));
  return { id: Id, name: Name, driver: Driver, labels: Labels ?? {}, subnets };
}

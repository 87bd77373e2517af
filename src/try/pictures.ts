/** The facts of pictures worth drawing after a command: networks it touched and who is on them, volumes and who mounts them. */
import { isWholeId } from '../short-id.ts';
import type { Engine } from '../engine/engine.ts';
import type { NetworkMembers, VolumeUsers } from '../explain/pictures.ts';
import { askThrough } from '../engine/ask.ts';
import type { Ask } from '../engine/ask.ts';
import type { Change } from '../events/events.ts';

export type Picture =
  { readonly of: 'network'; readonly facts: NetworkMembers } | { readonly of: 'volume'; readonly facts: VolumeUsers };

/** More than these are not looked at: a line may change many things at once. */
const most = 2;
/** Networks that are always there, and tell nothing. */
const usual: ReadonlySet<string> = new Set(['bridge', 'host', 'none', 'ingress', 'docker_gwbridge']);

export async function picturesOf(
  changes: readonly Change[],
  engine: Engine,
  signal: AbortSignal,
): Promise<readonly Picture[]> {
  const ask = askThrough(engine, signal);
  const there = changes.filter(({ change }) => change !== 'removed');
  const seen = await Promise.all(
    there
      .filter(({ kind }) => kind === 'container')
      .slice(0, 2 * most)
      .map(({ id }) => lookAt(id, ask)),
  );
  const networks = [
    ...there.filter(({ kind }) => kind === 'network').map(({ name }) => name),
    ...seen.flatMap((one) => Object.keys(one.NetworkSettings?.Networks ?? {})),
  ];
  const volumes = [
    ...there.filter(({ kind }) => kind === 'volume').map(({ name }) => name),
    ...seen.flatMap(volumesOf),
  ];
  const drawn = await Promise.all([
    ...first(networks.filter((name) => !usual.has(name))).map((name) => networkOf(name, ask)),
    ...first(volumes).map((name) => volumeOf(name, ask)),
  ]);
  return drawn.filter((picture) => picture !== undefined);
}

function first(names: readonly string[]): readonly string[] {
  return [...new Set(names)].slice(0, most);
}

interface Mount {
  readonly Type?: string;
  readonly Name?: string;
  readonly Destination: string;
  readonly RW?: boolean;
}

interface MountsTold {
  readonly NetworkSettings?: { readonly Networks?: Readonly<Record<string, unknown>> | null };
  readonly Mounts?: readonly Mount[];
}

async function lookAt(id: string, ask: Ask): Promise<MountsTold> {
  const { status, body } = await ask({ method: 'GET', path: `/containers/${id}/json` });
  return status === 200 ? (body as MountsTold) : {};
}

/** Volumes with a name. */
function volumesOf({ Mounts }: MountsTold): readonly string[] {
  return (Mounts ?? []).flatMap(({ Type, Name }) => (Type === 'volume' && Name && !isWholeId(Name) ? [Name] : []));
}

interface Network {
  readonly Name: string;
  readonly IPAM?: { readonly Config?: readonly { readonly Subnet?: string }[] | null };
  readonly Containers?: Readonly<Record<string, { readonly Name: string; readonly IPv4Address?: string }>> | null;
}

async function networkOf(name: string, ask: Ask): Promise<Picture | undefined> {
  const { status, body } = await ask({ method: 'GET', path: `/networks/${encodeURIComponent(name)}` });
  if (status !== 200) return undefined;
  const { Name, IPAM, Containers } = body as Network;
  const subnet = IPAM?.Config?.find((config) => config.Subnet)?.Subnet;
  const members = Object.values(Containers ?? {}).map((one) => ({
    container: one.Name,
    ...(one.IPv4Address && { address: one.IPv4Address.replace(/\/\d+$/, '') }),
  }));
  return members.length === 0
    ? undefined
    : { of: 'network', facts: { name: Name, ...(subnet && { subnet }), members } };
}

interface Listed {
  readonly Names?: readonly string[] | null;
  readonly Mounts?: readonly Mount[] | null;
}

async function volumeOf(name: string, ask: Ask): Promise<Picture | undefined> {
  const query = { all: '1', filters: JSON.stringify({ volume: [name] }) };
  const { status, body } = await ask({ method: 'GET', path: '/containers/json', query });
  if (status !== 200) return undefined;
  const users = (body as readonly Listed[]).flatMap(({ Names, Mounts }) =>
    (Mounts ?? [])
      .filter((mount) => mount.Name === name)
      .map(({ Destination, RW }) => ({
        container: (Names?.[0] ?? '').replace(/^\//, ''),
        path: Destination,
        readOnly: RW === false,
      })),
  );
  return users.length === 0 ? undefined : { of: 'volume', facts: { volume: name, users } };
}

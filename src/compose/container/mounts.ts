/** What a service's container has mounted: folders, volumes, memory, and the files of secrets and configs. */
import type { JsonObject } from '../../api/request.ts';
import type { Wish } from './body.ts';
import type { FileObject, FileReference, Volume } from '../file/project.ts';

/** `Binds` for what may have to be made on the way, `Mounts` for the rest, as docker compose does. */
export function mountsOf(wish: Wish): JsonObject {
  const { service } = wish;
  const volumes = service.volumes ?? [];
  const bound = (volume: Volume): boolean =>
    (volume.type === 'bind' && volume.bind?.create_host_path !== false) ||
    (volume.type === 'volume' && volume.source !== undefined && volume.volume?.subpath === undefined);
  return {
    Binds: volumes.filter(bound).map((volume) => bindOf(volume, wish)),
    Mounts: [...volumes.filter((volume) => !bound(volume)).map((volume) => mountOf(volume, wish)), ...fileMounts(wish)],
    Tmpfs: Object.fromEntries(((service['tmpfs'] ?? []) as readonly string[]).map((entry) => cut(entry))),
  };
}

function cut(entry: string): readonly [string, string] {
  const colon = entry.indexOf(':');
  return colon === -1 ? [entry, ''] : [entry.slice(0, colon), entry.slice(colon + 1)];
}

function bindOf({ type, source = '', target, read_only: readOnly, bind, volume }: Volume, { project }: Wish): string {
  const from = type === 'volume' ? (project.volumes[source]?.name ?? source) : source;
  const options = [
    readOnly ? 'ro' : 'rw',
    ...(bind?.selinux === undefined ? [] : [bind.selinux]),
    ...(bind?.propagation === undefined ? [] : [bind.propagation]),
    ...(volume?.nocopy ? ['nocopy'] : []),
  ];
  return `${from}:${target}:${options.join(',')}`;
}

function mountOf(volume: Volume, { project, inherited }: Wish): JsonObject {
  const { type, source, target, read_only: ReadOnly } = volume;
  const named = type === 'volume' && source !== undefined ? (project.volumes[source]?.name ?? source) : source;
  const old = type === 'volume' && source === undefined ? inherited[target] : undefined;
  const from = old ?? named;
  return {
    Type: type,
    ...(from !== undefined && { Source: from }),
    Target: target,
    ...(ReadOnly && { ReadOnly }),
    ...(type === 'bind' &&
      volume.bind?.propagation !== undefined && { BindOptions: { Propagation: volume.bind.propagation } }),
    ...(type === 'volume' &&
      volume.volume?.subpath !== undefined && { VolumeOptions: { Subpath: volume.volume.subpath } }),
    ...(type === 'tmpfs' &&
      volume.tmpfs && {
        TmpfsOptions: {
          SizeBytes: volume.tmpfs.size === undefined ? undefined : Number(volume.tmpfs.size),
          Mode: volume.tmpfs.mode === undefined ? undefined : Number.parseInt(volume.tmpfs.mode, 8),
        },
      }),
  };
}

/** Secrets and configs that are files of this machine. The rest is copied in before the start (written-files.ts). */
function fileMounts({ service, project }: Wish): readonly JsonObject[] {
  const mount = (
    reference: FileReference,
    things: Readonly<Record<string, FileObject>>,
    folder: string,
  ): readonly JsonObject[] => {
    const file = things[reference.source]?.file;
    return file === undefined
      ? []
      : [{ Type: 'bind', Source: file, Target: targetOf(reference, folder), ReadOnly: true }];
  };
  return [
    ...(service.secrets ?? []).flatMap((one) => mount(one, project.secrets, secretFolder)),
    ...(service.configs ?? []).flatMap((one) => mount(one, project.configs, '')),
  ];
}

export const secretFolder = '/run/secrets';

export function targetOf({ source, target = source }: FileReference, folder: string): string {
  return target.startsWith('/') ? target : `${folder}/${target}`;
}

/** The folders and files of the engine's machine that a request has mounted, wherever they stand in its body. Pure. */
import { cutBind, isVolumeName } from './binds.ts';
import { objectIn, withList, withPart } from './json-parts.ts';
import type { JsonObject } from './request.ts';

export interface HostPath {
  readonly path: string;
  /** Whether whoever mounts it may write to it. */
  readonly writable: boolean;
}

/**
 * The body with each such path replaced by what `to` makes of it: in a container's `Binds` and `Mounts`, a service's
 * `Mounts`, and the options of a volume that binds, also where a mount brings them.
 */
export function withHostPaths(body: JsonObject, to: (found: HostPath) => string): JsonObject {
  return {
    ...body,
    ...withPart(body, 'HostConfig', (host) => ({
      ...host,
      ...withList(host, 'Binds', (bind) => (typeof bind === 'string' ? bindWith(bind, to) : bind)),
      ...withList(host, 'Mounts', (mount) => mountWith(objectIn(mount), to)),
    })),
    ...withPart(body, 'TaskTemplate', (task) => ({
      ...task,
      ...withPart(task, 'ContainerSpec', (spec) => ({
        ...spec,
        ...withList(spec, 'Mounts', (mount) => mountWith(objectIn(mount), to)),
      })),
    })),
    ...withPart(body, 'DriverOpts', (options) => optionsWith(options, to)),
  };
}

type To = Parameters<typeof withHostPaths>[1];

/** A name in the first place is a volume's, a path alone no host's. */
function bindWith(bind: string, to: To): string {
  const { source, modes } = cutBind(bind);
  if (source === undefined || isVolumeName(source)) return bind;
  return `${to({ path: source, writable: !modes.includes('ro') })}${bind.slice(source.length)}`;
}

function mountWith(mount: JsonObject, to: To): JsonObject {
  const { Type: type, Source: path, ReadOnly } = mount;
  if (type === 'bind' && typeof path === 'string')
    return { ...mount, Source: to({ path, writable: ReadOnly !== true }) };
  const changed = (options: JsonObject): JsonObject => optionsWith(options, to);
  return {
    ...mount,
    ...withPart(mount, 'VolumeOptions', (volume) => ({
      ...volume,
      ...withPart(volume, 'DriverConfig', (driver) => ({ ...driver, ...withPart(driver, 'Options', changed) })),
    })),
  };
}

/** The driver `local` hands `o` to mount(2), where a bind goes before any `type`. Who mounts the volume may write to it. */
function optionsWith(options: JsonObject, to: To): JsonObject {
  const { device, o } = options;
  if (typeof device !== 'string' || !bindsFolder(o)) return options;
  return { ...options, device: to({ path: device, writable: true }) };
}

/** Whether the options `o` of a volume have its device bound: a folder, not a disk. */
export function bindsFolder(o: unknown): boolean {
  return typeof o === 'string' && o.split(',').some((option) => option === 'bind' || option === 'rbind');
}

export function hostPathsIn(body: JsonObject): readonly HostPath[] {
  const found: HostPath[] = [];
  withHostPaths(body, (one) => {
    found.push(one);
    return one.path;
  });
  return found;
}

/**
 * One of the paths that lies below another that may be written to: who mounts that one can put a link in its place.
 * @param paths absolute, with `..` resolved
 */
export function belowWritable(
  paths: readonly HostPath[],
): { readonly path: string; readonly above: string } | undefined {
  for (const { path: above, writable } of paths) {
    const found = writable ? paths.find(({ path }) => isBelow(path, above)) : undefined;
    if (found) return { path: found.path, above };
  }
  return undefined;
}

/** Whether the path is in the folder, at any depth. Of two spellings that some file systems take for one, both count. */
export function isBelow(path: string, folder: string): boolean {
  return folded(path) !== folded(folder) && folded(path).startsWith(folded(folder));
}

/** With a slash at its end, so that none begins as another whose name goes on. */
function folded(path: string): string {
  return `${path.normalize('NFC').toLowerCase().replaceAll('\\', '/')}/`.replace(/\/+$/, '/');
}

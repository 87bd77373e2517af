/** Binds, mounts and volumes: the folders of the engine's machine and the volumes that they bring into a container. */
import {
  referencesIn,
  each,
  entriesOf,
  harmless,
  isGiven,
  named,
  privileged,
  textIn,
  unknownPart,
  unless,
  within,
} from './reference.ts';
import type { Reference, Rule, Rules } from './reference.ts';
import { cutBind, isVolumeName } from '../binds.ts';
import { bindsFolder } from '../host-paths.ts';
import type { Json } from '../request.ts';

function volume(name: string): Reference {
  return { of: 'volume', name, how: `uses the volume ${name}` };
}

export function hostPath(path: string): Reference {
  return { of: 'host-path', name: path, how: `mounts ${path} of the engine’s machine` };
}

/** Drivers of volumes: the engine's own keeps them in its folder. */
export const volumeDriver: Rule = unless(['local'], (name) => [
  { of: 'driver', name, how: `keeps a volume with the driver ${name}` },
]);

export const binds: Rule = each(
  named((bind) => {
    const { source } = cutBind(bind);
    if (source === undefined) return [];
    return [isVolumeName(source) ? volume(source) : hostPath(source)];
  }),
);

const volumeOptions: Rules = {
  NoCopy: harmless,
  Labels: harmless,
  Subpath: harmless,
  DriverConfig: (config) => driverConfig(config),
};

function driverConfig(config: Json): readonly Reference[] {
  const options = entriesOf(config).find(([key]) => key === 'Options')?.[1];
  return [
    ...referencesIn(config, { Name: volumeDriver, Options: harmless }, 'DriverConfig'),
    ...volumeDriverOptions(options),
  ];
}

const bindOptions: Rules = {
  Propagation: harmless,
  NonRecursive: harmless,
  CreateMountpoint: harmless,
  ReadOnlyNonRecursive: harmless,
  ReadOnlyForceRecursive: harmless,
};

const mountRest: Rules = {
  Type: harmless,
  Source: harmless,
  Target: harmless,
  ReadOnly: harmless,
  Consistency: harmless,
  BindOptions: within(bindOptions, 'BindOptions'),
  VolumeOptions: within(volumeOptions, 'VolumeOptions'),
  TmpfsOptions: within({ SizeBytes: harmless, Mode: harmless, Options: harmless }, 'TmpfsOptions'),
  ImageOptions: within({ Subpath: harmless }, 'ImageOptions'),
  ClusterOptions: within({}, 'ClusterOptions'),
};

/** Of a container and of a service. */
export const mounts: Rule = each((mount) => {
  const fields = new Map(entriesOf(mount));
  return [
    ...source(textIn(fields.get('Type')), textIn(fields.get('Source'))),
    ...referencesIn(mount, mountRest, 'Mount'),
  ];
});

function source(type: string, from: string): readonly Reference[] {
  switch (type) {
    case 'tmpfs':
      return [];
    case 'bind':
      return [hostPath(from)];
    case 'volume':
    case 'cluster':
      return from === '' ? [] : [volume(from)];
    case 'image':
      return [{ of: 'image', name: from, how: `reads the image ${from}` }];
    case 'npipe':
      return [hostPath(from)];
    default:
      throw unknownPart(`Mount.Type ${type}`);
  }
}

/** Options of mount(8) that change nothing about what is mounted, or where it is seen. */
const plainOptions = new Set(
  'async atime defaults dev diratime dirsync exec mand noatime nodev nodiratime noexec nomand norelatime nostrictatime nosuid relatime ro rw strictatime suid sync'.split(
    ' ',
  ),
);
const tmpfsOptions = new Set(['size', 'nr_blocks', 'nr_inodes', 'mode', 'uid', 'gid', 'huge', 'mpol', 'noswap']);

const mountKeys = new Set(['type', 'device', 'o', 'size']);

/**
 * What the driver `local` hands to mount(2). A folder is mounted by the option `bind`, whatever type is written beside it;
 * only a tmpfs without it stays in memory.
 */
export function volumeDriverOptions(options: Json | undefined): readonly Reference[] {
  const given = new Map(entriesOf(options).filter(([, value]) => isGiven(value)));
  // others the engine refuses (moby, volume/local); Podman takes these in capitals too
  for (const key of given.keys())
    if (!mountKeys.has(key) && mountKeys.has(key.toLowerCase())) throw unknownPart(`the volume option ${key}`);
  const [type, device, flags] = [
    textIn(given.get('type')),
    textIn(given.get('device')),
    listOf(textIn(given.get('o'))),
  ];
  if (type === '' && device === '' && flags.length === 0) return [];
  const others = flags.filter(([flag]) => !plainOptions.has(flag));
  const isBind = bindsFolder(given.get('o')) || type === 'none';
  if (isBind && others.every(([flag, value]) => value === undefined && isOfBind(flag))) return [hostPath(device)];
  if (!isBind && type === 'tmpfs' && others.every(([flag]) => tmpfsOptions.has(flag))) return [];
  if (!isBind && /^(?:nfs4?|cifs|smb3?)$/.test(type)) return [shareOf(type, device, new Map(others))];
  return [
    privileged(`mounts ${device || type} of the engine’s machine (${[type, textIn(given.get('o'))].join(' ').trim()})`),
  ];
}

function isOfBind(flag: string): boolean {
  return /^(?:r?bind|r?private|r?shared|r?slave|r?unbindable)$/.test(flag);
}

function listOf(written: string): readonly (readonly [string, string | undefined])[] {
  return written
    .split(',')
    .filter(Boolean)
    .map((option) => {
      const equals = option.indexOf('=');
      return equals < 0 ? [option, undefined] : [option.slice(0, equals), option.slice(equals + 1)];
    });
}

/** Another machine's folder. */
function shareOf(type: string, device: string, options: ReadonlyMap<string, string | undefined>): Reference {
  const host = options.get('addr') ?? options.get('ip') ?? /^(?:\/\/)?([^:/]+)/.exec(device)?.[1] ?? '';
  const port = options.get('port') ?? (type.startsWith('nfs') ? '2049' : '445');
  return { of: 'address', name: `${host}:${port}`, how: `mounts ${device} of the machine ${host}` };
}

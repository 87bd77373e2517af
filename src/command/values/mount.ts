/** `--mount`: comma-separated keys, as the docker CLI's opts.MountOpt reads them. The value is the API's Mount. */
import { didYouMean } from '../../did-you-mean.ts';
import { engineSays, isOfEngine, ValueError, type Kind } from '../kinds.ts';
import { bool, readCsv } from './basic.ts';
import { readBytes } from './bytes.ts';

export interface Mount {
  Type: string;
  Source?: string;
  Target?: string;
  ReadOnly?: boolean;
  Consistency?: string;
  BindOptions?: {
    Propagation?: string;
    NonRecursive?: boolean;
    CreateMountpoint?: boolean;
    ReadOnlyNonRecursive?: boolean;
    ReadOnlyForceRecursive?: boolean;
  };
  VolumeOptions?: {
    NoCopy?: boolean;
    Subpath?: string;
    Labels?: Record<string, string>;
    DriverConfig: { Name?: string; Options?: Record<string, string> };
  };
  ImageOptions?: { Subpath?: string };
  TmpfsOptions?: { SizeBytes?: number; Mode?: number };
}

const types = ['bind', 'volume', 'tmpfs', 'image', 'npipe', 'cluster'];
const propagations = ['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave'];

const noType = 'type is required';

/** Docker sends a driver, be it an empty one, along with any of them: an inspect shows it. */
function volumeOptions(mount: Mount): NonNullable<Mount['VolumeOptions']> {
  return (mount.VolumeOptions ??= { DriverConfig: {} });
}

type Setter = (mount: Mount, value: string, key: string) => void;

const setters: Readonly<Record<string, Setter>> = {
  type: (mount, value) => {
    const type = value.toLowerCase();
    if (type === '') throw new ValueError('the type is empty', 'write type=bind, type=volume or type=tmpfs', noType);
    if (!types.includes(type))
      throw new ValueError(
        `"${value}" is not a type of mount`,
        'write type=bind, type=volume or type=tmpfs',
        engineSays(`invalid mount config for type "${type}": mount type unknown`),
      );
    mount.Type = type;
  },
  source: (mount, value) => (mount.Source = value),
  target: (mount, value) => (mount.Target = value),
  readonly: (mount, value) => (mount.ReadOnly = bool.parse(value)),
  consistency: (mount, value) => (mount.Consistency = value.toLowerCase()),
  'bind-propagation': (mount, value) => {
    if (!propagations.includes(value.toLowerCase()))
      throw new ValueError(
        `"${value}" is not a propagation`,
        `write one of ${propagations.join(', ')}`,
        engineSays(`invalid mount config for type "bind": invalid propagation mode: ${value.toLowerCase()}`),
      );
    (mount.BindOptions ??= {}).Propagation = value.toLowerCase();
  },
  'bind-nonrecursive': (mount, value) => ((mount.BindOptions ??= {}).NonRecursive = bool.parse(value)),
  'bind-recursive': (mount, value) => setRecursive((mount.BindOptions ??= {}), value),
  'volume-subpath': (mount, value) => (volumeOptions(mount).Subpath = value),
  'volume-nocopy': (mount, value) => (volumeOptions(mount).NoCopy = bool.parse(value)),
  'volume-label': (mount, value) => addTo((volumeOptions(mount).Labels ??= {}), value),
  'volume-driver': (mount, value) => (volumeOptions(mount).DriverConfig.Name = value),
  'volume-opt': (mount, value) => addTo((volumeOptions(mount).DriverConfig.Options ??= {}), value),
  'image-subpath': (mount, value) => ((mount.ImageOptions ??= {}).Subpath = value),
  'tmpfs-size': (mount, value) => ((mount.TmpfsOptions ??= {}).SizeBytes = readBytes(value)),
  'tmpfs-mode': (mount, value) => {
    if (!/^[0-7]{1,5}$/.test(value))
      throw new ValueError(`"${value}" is not a file mode`, 'write it in octal, like 1777');
    (mount.TmpfsOptions ??= {}).Mode = Number.parseInt(value, 8);
  },
};
const otherNames: Readonly<Record<string, string>> = {
  src: 'source',
  dst: 'target',
  destination: 'target',
  ro: 'readonly',
};
/** What docker adds to its words where there are few values. */
const ofThese: Readonly<Record<string, string>> = {
  'bind-recursive': ' (must be "enabled", "disabled", "writable", or "readonly")',
};
const alone = ['readonly', 'volume-nocopy', 'bind-nonrecursive'];
/** Which options go with which type of mount. */
const families: readonly (readonly [prefix: string, option: keyof Mount, type: string])[] = [
  ['bind', 'BindOptions', 'bind'],
  ['volume', 'VolumeOptions', 'volume'],
  ['image', 'ImageOptions', 'image'],
  ['tmpfs', 'TmpfsOptions', 'tmpfs'],
];

export const mount: Kind<Mount, 'many'> = { id: 'mount', arity: 'many', parse: readMount };

function readMount(raw: string): Mount {
  const value = raw.trim();
  if (value === '')
    throw new ValueError('the value is empty', 'write it like type=volume,source=data,target=/data', 'EOF');
  const found: Mount = { Type: 'volume' };
  for (const field of readCsv(value)) setField(found, field);
  if (found.Target === undefined || found.Target === '')
    throw new ValueError('the target is missing', 'add target=/path/in/the/container', 'target is required');
  for (const [prefix, option, type] of families)
    if (found[option] !== undefined && found.Type !== type)
      throw new ValueError(
        `${prefix}-… options do not go with type=${found.Type}`,
        `write type=${type}, or leave them out`,
        `cannot mix '${prefix}-*' options with mount type '${found.Type}'`,
      );
  if (found.Type === 'bind' && !found.Source)
    throw new ValueError(
      'a bind mount needs a source',
      'add source=/path/on/the/host',
      engineSays('invalid mount config for type "bind": field Source must not be empty'),
    );
  const forced = found.BindOptions?.ReadOnlyForceRecursive === true;
  if (forced && !found.ReadOnly)
    throw new ValueError(
      'bind-recursive=readonly needs readonly',
      'add readonly to the mount',
      "option 'bind-recursive=readonly' requires 'readonly' to be specified in conjunction",
    );
  if (forced && found.BindOptions?.Propagation !== 'rprivate')
    throw new ValueError(
      'bind-recursive=readonly needs bind-propagation=rprivate',
      'add bind-propagation=rprivate to the mount',
      "option 'bind-recursive=readonly' requires 'bind-propagation=rprivate' to be specified in conjunction",
    );
  if (found.Type === 'tmpfs' && found.Source)
    throw new ValueError(
      'a tmpfs has no source',
      'leave source out: a tmpfs lives in memory',
      engineSays('invalid mount config for type "tmpfs": field Source must not be specified'),
    );
  return found;
}

function setField(found: Mount, field: string): void {
  const at = field.indexOf('=');
  const written = (at === -1 ? field : field.slice(0, at)).toLowerCase();
  const key = otherNames[written] ?? written;
  const setter = Object.hasOwn(setters, key) ? setters[key] : undefined;
  if (setter === undefined) {
    const docker =
      at === -1 ? `invalid field '${field}' must be a key=value pair` : `unexpected key '${written}' in '${field}'`;
    const near = didYouMean(written, [...Object.keys(setters), ...Object.keys(otherNames)]);
    throw new ValueError(
      `"${written}" is not a key of --mount`,
      near === undefined ? 'the main ones are type, source, target and readonly' : `did you mean ${near}?`,
      docker,
    );
  }
  if (at === -1 && !alone.includes(key))
    throw new ValueError(
      `"${field}" is not key=value`,
      `write ${written}=…`,
      `invalid field '${field}' must be a key=value pair`,
    );
  const value = at === -1 ? 'true' : field.slice(at + 1);
  try {
    setter(found, value, written);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const says =
      error.docker !== undefined && (isOfEngine(error.docker) || error.docker === noType)
        ? error.docker
        : `invalid value for ${written}: ${value}${ofThese[key] ?? ''}`;
    throw new ValueError(error.message, error.hint, says);
  }
}

function setRecursive(options: NonNullable<Mount['BindOptions']>, value: string): void {
  if (value === 'disabled') options.NonRecursive = true;
  else if (value === 'writable') options.ReadOnlyNonRecursive = true;
  else if (value === 'readonly') options.ReadOnlyForceRecursive = true;
  else if (value !== 'enabled')
    throw new ValueError(
      `"${value}" is not a value of bind-recursive`,
      'write enabled, disabled, writable or readonly',
    );
}

function addTo(record: Record<string, string>, text: string): void {
  const at = text.indexOf('=');
  record[at === -1 ? text : text.slice(0, at)] = at === -1 ? '' : text.slice(at + 1);
}

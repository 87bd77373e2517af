/** `-v`, as the docker CLI's volume parser and the engine read it together. */
import { bindParts } from '../../api/binds.ts';
import { engineSays, ValueError, type Kind } from '../kinds.ts';

export interface VolumeMount {
  /** As it was written: what Binds takes. */
  readonly raw: string;
  /** `bind`: a path of the host · `volume`: a named volume · `anonymous`: a fresh volume without a name. */
  readonly type: 'bind' | 'volume' | 'anonymous';
  readonly source?: string;
  readonly target: string;
  /** `ro`, `z`, `nocopy`… */
  readonly options: readonly string[];
  readonly readOnly: boolean;
}

const modes = [
  'rw',
  'ro',
  'z',
  'Z',
  'nocopy',
  'shared',
  'rshared',
  'slave',
  'rslave',
  'private',
  'rprivate',
  'cached',
  'delegated',
  'consistent',
];

export const volume: Kind<VolumeMount, 'many'> = { id: 'list', arity: 'many', parse: readVolume };

function readVolume(raw: string): VolumeMount {
  if (raw === '')
    throw new ValueError(
      'a volume needs a path in the container',
      'write it like data:/data',
      'invalid empty volume spec',
    );
  // docker takes what is as short as this for a path in the container
  const parts = raw.length <= 2 ? [raw] : bindParts(raw);
  if (parts.length > 3)
    throw new ValueError(
      `"${raw}" has too many colons`,
      'write source:target:mode',
      `invalid spec: ${raw}: too many colons`,
    );
  if (parts.some((part) => part === ''))
    throw new ValueError(
      `"${raw}" has an empty part`,
      'write source:target, like data:/data',
      `invalid spec: ${raw}: empty section between colons`,
    );
  const [source, target, mode] =
    parts.length === 1 ? [undefined, parts[0] ?? '', undefined] : [parts[0], parts[1] ?? '', parts[2]];
  if (source === undefined) return { raw, type: 'anonymous', target, options: [], readOnly: false };
  const options = mode === undefined ? [] : mode.split(',');
  for (const option of options)
    if (!modes.includes(option))
      throw new ValueError(
        `"${option}" is not a mode of a mount`,
        'the common ones are ro (read only), rw, z and Z',
        engineSays(`invalid mode: ${mode ?? ''}`),
      );
  checkTarget(target, source, raw);
  const type = isPath(source) ? 'bind' : 'volume';
  if (type === 'volume') checkVolumeName(source);
  return { raw, type, source, target, options, readOnly: options.includes('ro') };
}

export function isPath(source: string): boolean {
  return /^[./~]/.test(source) || /^[A-Za-z]:/.test(source) || source.startsWith('\\\\') || source.startsWith('%');
}

function checkTarget(target: string, source: string, raw: string): void {
  if (target === '/')
    throw new ValueError(
      'the root of the container cannot be covered by a mount',
      'mount onto a folder in it, like /data',
      refusedTarget(source, raw, "invalid specification: destination can't be '/'"),
    );
  if (target.startsWith('/')) return;
  if (/^(?:[A-Za-z]:[\\/]|\\\\[.?]\\)/.test(target)) return;
  if (modes.includes(target))
    throw new ValueError(
      `"${raw}" names one path and a mode`,
      `write ${source}:${isPath(source) ? source : '/data'}:${target}`,
      refusedTarget(source, raw, `invalid mount path: '${target}' mount path must be absolute`),
    );
  throw new ValueError(
    `"${target}" is not a full path in the container`,
    `start it with a slash: ${source}:/${target.replace(/^\.?\/?/, '')}`,
    refusedTarget(source, raw, `invalid mount path: '${target}' mount path must be absolute`),
  );
}

/**
 * What the engine says of a target; it is told a relative source by its full path, which is not known here. An engine on
 * Linux knows no drives, and cuts at every colon.
 */
function refusedTarget(source: string, raw: string, says: string): string | undefined {
  if (/^[.~]/.test(source)) return undefined;
  const [name = '', , mode] = raw.split(':');
  if (/^[A-Za-z]:/.test(source) && mode !== undefined)
    return modes.includes(mode) ? tooShort(name) : engineSays(`invalid mode: ${mode}`);
  const type = isPath(source) ? 'bind' : 'volume';
  return engineSays(`invalid volume specification: '${raw}': invalid mount config for type "${type}": ${says}`);
}

function tooShort(name: string): string {
  return engineSays(`create ${name}: volume name is too short, names should be at least two alphanumeric characters`);
}

function checkVolumeName(name: string): void {
  if (/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) return;
  if (name.length === 1)
    throw new ValueError(
      `"${name}" is too short for the name of a volume`,
      'use two characters or more',
      tooShort(name),
    );
  const says = engineSays(
    `create ${name}: "${name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
  );
  if (/[/\\]/.test(name))
    throw new ValueError(
      `"${name}" is not the name of a volume`,
      `for a folder write ./${name}, or its full path`,
      says,
    );
  throw new ValueError(
    `"${name}" is not the name of a volume`,
    'use letters, digits, _ . and -, with a letter or digit first',
    says,
  );
}

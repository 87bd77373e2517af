/** `volumes:` of a service, short and long. */
import { bindParts } from '../../../api/binds.ts';
import { isPath } from '../../../command/values/volume.ts';
import type { JsonObject } from '../../../api/request.ts';
import { bindableIn, clean } from '../absolute.ts';
import type { FilePlace } from '../compose-error.ts';
import { dotted, wrong } from '../compose-error.ts';
import { bool, labels, list, oneOf, record, shortOr, size, text, whole } from '../readers.ts';
import type { Reader } from '../readers.ts';

const longVolume = record(
  {
    type: oneOf(['bind', 'volume', 'tmpfs', 'cluster', 'npipe', 'image']),
    source: text,
    target: text,
    read_only: bool,
    consistency: text,
    bind: record({
      selinux: oneOf(['z', 'Z']),
      propagation: text,
      create_host_path: bool,
      recursive: oneOf(['enabled', 'disabled', 'writable', 'readonly']),
    }),
    volume: record({ labels, nocopy: bool, subpath: text }),
    tmpfs: record({ size: notNegative, mode: whole }),
    image: record({ subpath: text }),
  },
  { needs: ['type', 'target'] },
);

/** @param home what `~` stands for */
export function volumes(home: string | undefined): Reader {
  return list(
    shortOr(
      (written, at) => short(written, at, home),
      (value, at) => long(value, at, home),
    ),
  );
}

function long(value: unknown, at: FilePlace, home: string | undefined): JsonObject {
  const read = longVolume(value, at) ?? {};
  const { type, source, target } = read as {
    readonly type?: string;
    readonly source?: string;
    readonly target?: string;
  };
  if (type === 'bind' && source === undefined && at.file.whole)
    throw wrong(at, 'invalid mount config for type "bind": field Source must not be empty');
  return {
    ...read,
    ...(type === 'bind' && source !== undefined && { source: bindableIn(at.file, source, home) }),
    ...(target !== undefined && { target: targetOf(target) }),
  };
}

/** A path of Windows stays as it is written. */
function targetOf(written: string): string {
  return written.startsWith('/') ? clean(written) : written;
}

function notNegative(value: unknown, at: FilePlace): string | undefined {
  if (typeof value !== 'number' || value >= 0) return size(value, at);
  throw wrong(at, `${dotted(at.path)} must be greater than or equal to 0`);
}

const propagations: readonly string[] = ['shared', 'rshared', 'slave', 'rslave', 'private', 'rprivate'];

function short(written: string, at: FilePlace, home: string | undefined): JsonObject {
  const parts = bindParts(written);
  const [source, target, options] =
    parts.length === 1 ? [undefined, parts[0] ?? '', ''] : [parts[0] ?? '', parts[1] ?? '', parts[2] ?? ''];
  if (parts.length > 3) throw wrong(at, `"${written}" has too many colons; write source:target:mode`);
  if (parts.some((part) => part === ''))
    throw wrong(at, `"${written}" has an empty part; write source:target, like data:/data`);
  if (!target.startsWith('/') && !/^[A-Za-z]:[\\/]/.test(target))
    throw wrong(at, `"${target}" is not a full path in the container; start it with a slash`);
  const words = options.split(',');
  const common = { target: targetOf(target), ...(words.includes('ro') && { read_only: true }) };
  const selinux = words.find((word) => word === 'z' || word === 'Z');
  const propagation = words.find((word) => propagations.includes(word));
  const bind = {
    ...(selinux !== undefined && { selinux }),
    ...(propagation !== undefined && { propagation }),
  };
  if (source === undefined || !isPath(source))
    return {
      type: 'volume',
      ...(source !== undefined && { source }),
      ...common,
      ...(Object.keys(bind).length > 0 && { bind }),
      volume: words.includes('nocopy') ? { nocopy: true } : {},
    };
  return {
    type: 'bind',
    source: bindableIn(at.file, source, home),
    ...common,
    bind: { ...bind, create_host_path: true },
  };
}

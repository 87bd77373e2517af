/** `volumes:` of a service, short and long. */
import { bindParts } from '../../../api/binds.ts';
import { isPath } from '../../../command/values/volume.ts';
import type { JsonObject } from '../../../api/request.ts';
import { absolute, clean } from '../absolute.ts';
import type { FilePlace } from '../compose-error.ts';
import { inside, wrong } from '../compose-error.ts';
import { bool, labels, list, mode, record, shortOr, size, text } from '../readers.ts';
import type { Reader } from '../readers.ts';

const longVolume = record({
  type: text,
  source: text,
  target: text,
  read_only: bool,
  consistency: text,
  bind: record({ selinux: text, propagation: text, create_host_path: bool, recursive: text }),
  volume: record({ labels, nocopy: bool, subpath: text }),
  tmpfs: record({ size, mode }),
  image: record({ subpath: text }),
});

const types: readonly string[] = ['bind', 'volume', 'tmpfs', 'image', 'npipe', 'cluster'];

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
  const {
    type = '',
    source,
    target,
  } = read as { readonly type?: string; readonly source?: string; readonly target?: string };
  if (!types.includes(type))
    throw wrong(
      at,
      type === ''
        ? 'a volume in the long form needs a type: bind, volume or tmpfs'
        : `a volume is of type bind, volume or tmpfs, not ${type}`,
    );
  if (target === undefined) throw wrong(at, 'a volume in the long form needs a target: the path in the container');
  if (type === 'bind' && source === undefined) throw wrong(at, 'a bind mount needs a source: the path on the host');
  return {
    ...read,
    ...(type === 'bind' && source !== undefined && { source: absolute(source, at.file.folder, home) }),
    target: clean(target),
  };
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
  const common = { target: clean(target), ...(words.includes('ro') && { read_only: true }) };
  if (source === undefined || !isPath(source))
    return {
      type: 'volume',
      ...(source !== undefined && { source: volumeName(source, at) }),
      ...common,
      volume: words.includes('nocopy') ? { nocopy: true } : {},
    };
  const selinux = words.find((word) => word === 'z' || word === 'Z');
  const propagation = words.find((word) => propagations.includes(word));
  return {
    type: 'bind',
    source: absolute(source, at.file.folder, home),
    ...common,
    bind: {
      ...(selinux !== undefined && { selinux }),
      ...(propagation !== undefined && { propagation }),
      create_host_path: true,
    },
  };
}

function volumeName(source: string, at: FilePlace): string {
  if (/[/\\]/.test(source))
    throw wrong(inside(at, 'source'), `"${source}" is not the name of a volume; for a folder write ./${source}`);
  return source;
}

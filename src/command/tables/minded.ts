/** What there is to mind about values of run, create and the like: each a sentence, or undefined where all is well. */
import { isSecretName, isSecretValue } from '../../secret.ts';
import type { FlagLine } from '../table.ts';
import type { Mount } from '../values/mount.ts';
import type { Variable } from '../values/pairs.ts';
import { isIpv4, isIpv6 } from '../values/port.ts';
import type { Publish } from '../values/port.ts';
import type { VolumeMount } from '../values/volume.ts';
import { humanSize, rangeText } from './say.ts';

type Minded = string | undefined;

/** What the engine takes at least (moby, daemon/daemon_unix.go). */
const leastMemory = 6 * 1024 * 1024;

export function mindMemory(bytes: number, { written, has }: FlagLine): Minded {
  if (bytes < 0) return `${written} is more than 64 bits hold: the engine takes it for too little, and refuses it`;
  if (has('oom-kill-disable'))
    return '--oom-kill-disable: a process that wants more memory is not killed, it waits; with cgroup v2 the flag has no effect';
  return bytes > 0 && bytes < leastMemory
    ? `${written} is ${humanSize(bytes)}, and the engine refuses less than 6 MiB: a number without a unit counts bytes, 512m is 512 MiB`
    : 'a process that wants more memory is killed: exit code 137';
}

export function mindMemorySwap(line: FlagLine): string {
  return line.has('memory')
    ? '--memory-swap is the sum of memory and swap: equal to --memory it means no swap at all'
    : '--memory-swap needs --memory beside it: the engine refuses it alone';
}

export function mindCpuTime(line: FlagLine): string {
  return line.has('cpus')
    ? '--cpus sets period and quota in one: the engine refuses --cpu-period and --cpu-quota beside it'
    : '--cpus sets period and quota in one';
}

export function mindVariable({ name, value }: Variable): Minded {
  return isSecretName(name) && value !== undefined && isSecretValue(value)
    ? `${name} can be read by anyone who may ask docker inspect, and stays in your shell’s history; --env-file keeps it out of the line`
    : undefined;
}

export function mindBuildArgument({ name, value }: Variable): Minded {
  return isSecretName(name) && (value === undefined || isSecretValue(value))
    ? `${name} stays readable in docker history: a build argument is no place for a secret`
    : undefined;
}

export function mindPublish({ host, container, address, protocol }: Publish, line: FlagLine): Minded {
  if (line.has('network', 'host')) return undefined;
  const inside = rangeText(container);
  if (!host)
    return `-p ${inside} without a host port publishes on a free one that docker picks; docker port tells which`;
  if (address !== undefined && address !== '0.0.0.0' && address !== '::') return undefined;
  const outside = rangeText(host);
  const many = host.first !== host.last;
  return `${many ? 'ports' : 'port'} ${outside} will be reachable from your network; 127.0.0.1:${outside}:${inside}${protocol === 'tcp' ? '' : `/${protocol}`} keeps ${many ? 'them' : 'it'} to this machine`;
}

/** What shares the engine, or all of the host's files. */
function mindSource(source: string | undefined): Minded {
  if (source === undefined) return undefined;
  if (/(?:^|[/\\])(?:docker|containerd|podman)\.sock$|pipe[/\\]docker_engine$/.test(source))
    return 'the engine’s socket is mounted: whoever is in the container can do everything on this machine that root can';
  return source === '/'
    ? 'the whole file system of the host is mounted: the container can change all of it, unless it is read only'
    : undefined;
}

export function mindVolume({ type, source = '', target, raw }: VolumeMount): Minded {
  if (type === 'volume')
    return `-v ${source}:${target} is a volume called ${source}, kept by docker, not a folder; for a folder write ./${source}:${target}`;
  if (type === 'anonymous') return mindTarget(target);
  return (
    mindSource(source) ??
    (/^\.{1,2}(?:[/:]|$)/.test(raw)
      ? `${raw.split(':')[0] ?? ''} is taken from the folder you are in when you run this; docker before 23 wanted a full path, as in "$(pwd)"`
      : undefined)
  );
}

/** Of a path in the container, where there is no source. */
function mindTarget(target: string): Minded {
  if (/^[A-Za-z]:/.test(target))
    return `${target} reads as a path of Windows, and none of this machine is mounted: the name of a volume has two characters or more`;
  if (target === '/') return 'the root of the container cannot be covered by a mount: the engine refuses it';
  if (target.startsWith('/')) return undefined;
  return /^[.\w]*\w/.test(target)
    ? `${target} is not a full path in the container: /${target.replace(/^[./]+/, '')} is a fresh volume there, a volume or folder of yours needs source:/target`
    : `${target} is not a full path in the container, and no folder of this machine is mounted: for that write source:/target`;
}

/** An address that the docker CLI passes on as it is written. */
export function mindAddress(version: 4 | 6): (value: string) => Minded {
  const holds = version === 4 ? isIpv4 : isIpv6;
  return (value) =>
    value === '' || holds(value)
      ? undefined
      : `${value} is not an IPv${String(version)} address: the engine refuses it`;
}

export function mindMount({ Type, Source, Target = '' }: Mount): Minded {
  if (/:(?:ro|rw|z|Z)$/.test(Target))
    return `the target is called ${Target}, colon and all: in --mount, read only is a key of its own, readonly`;
  if (Type !== 'bind') return undefined;
  return mindSource(Source) ?? 'unlike -v, --mount does not make a missing folder of the host';
}

/** A swarm does not carry files to its nodes. */
export function mindServiceMount(mount: Mount): Minded {
  const minded = mindMount(mount);
  return mount.Type === 'bind' && mindSource(mount.Source) === undefined
    ? 'a bind mount must be there on every node that may run a task'
    : minded;
}

/** The flags of `docker run` and `docker create`. Meanings after the Engine API's ContainerCreate and runc's own terms. */
import { engineSays, unlessEmpty, ValueError, type Kind } from '../kinds.ts';
import { flag } from '../table.ts';
import { bool, choice, cpus, int, intBetween, list, string, uint, uint16 } from '../values/basic.ts';
import { bytes, bytesOrUnlimited, readBytes } from '../values/bytes.ts';
import { healthTime, negativeTime } from '../values/duration.ts';
import {
  device,
  deviceRate,
  deviceRule,
  gpus,
  platform,
  readOperations,
  readWeight,
  restart,
  tmpfs,
  ulimit,
} from '../values/limits.ts';
import { mount } from '../values/mount.ts';
import { addHost, addresses, link, mac, network, searchDomain } from '../values/network.ts';
import { annotation, env, label, loosePairs, pairs, sysctl } from '../values/pairs.ts';
import { expose, publish, type Publish } from '../values/port.ts';
import { volume, type VolumeMount } from '../values/volume.ts';
import { contentTrust, detachKeys } from './shared.ts';
import {
  mindAddress,
  mindCpuTime,
  mindMemory,
  mindMemorySwap,
  mindMount,
  mindPublish,
  mindVariable,
  mindVolume,
} from './minded.ts';
import {
  counted,
  humanSize,
  humanTime,
  rangeText,
  sayCpus,
  sayLabel,
  sayMount,
  sayOption,
  sayVariable,
  listOf,
  sayProcesses,
  saySharedMemory,
} from './say.ts';

const windowsOnly = 'it works on Windows containers only, which docker-tutor does not run';
const tries: Kind<number, 'one'> = {
  ...int,
  parse(raw) {
    const value = int.parse(raw);
    if (value >= 0) return value;
    throw new ValueError(`${raw} is too small`, 'the least is 0', negativeTime);
  },
};

function sayPublish(value: Publish): string {
  const inside = `port ${rangeText(value.container)}${value.protocol === 'tcp' ? '' : `/${value.protocol}`} of the container`;
  if (!value.host || value.host.first === 0) return `a free port of the host, chosen by docker, leads to ${inside}`;
  const where =
    value.address === undefined || value.address === '0.0.0.0' ? 'on every address' : `on ${value.address} only`;
  return `host port ${rangeText(value.host)}, ${where}, leads to ${inside}`;
}

function sayVolume({ type, source = '', target, readOnly }: VolumeMount): string {
  const end = readOnly ? ', read only' : '';
  if (type === 'anonymous') return `a fresh volume without a name holds ${target}`;
  if (type === 'volume') return `the volume ${source} holds ${target} in the container${end}`;
  return `the host's ${source} is seen as ${target} in the container${end}`;
}

/** The docker CLI takes it in capitals too. */
const stream: Kind<string, 'many'> = {
  id: 'list',
  arity: 'many',
  words: ['stdin', 'stdout', 'stderr'],
  parse(raw) {
    if (/^std(?:in|out|err)$/i.test(raw)) return raw;
    throw new ValueError(
      `"${raw}" is not a stream`,
      'write stdin, stdout or stderr',
      'valid streams are STDIN, STDOUT and STDERR',
    );
  },
};

export const createFlags = () => ({
  'add-host': flag({
    kind: addHost,
    lands: 'HostConfig.ExtraHosts',
    means: "add a name and its address to the container's /etc/hosts",
    says: ({ host, ip }) => (ip === 'host-gateway' ? `${host} is the machine docker runs on` : `${host} is at ${ip}`),
  }),
  annotation: flag({
    kind: annotation,
    lands: 'HostConfig.Annotations',
    since: '1.43',
    means: 'a note for the program that runs the container (OCI annotation)',
  }),
  attach: flag({
    kind: stream,
    short: 'a',
    lands: 'AttachStdin, AttachStdout, AttachStderr',
    means: 'which of stdin, stdout and stderr your terminal is connected to',
    says: (value) => `connects your terminal to ${value.toLowerCase()}`,
  }),
  'blkio-weight': flag({
    kind: uint16,
    lands: 'HostConfig.BlkioWeight',
    means: 'share of disk time beside others, 10 to 1000',
    default: '0',
  }),
  'blkio-weight-device': flag({
    kind: deviceRate(readWeight, 'weight'),
    lands: 'HostConfig.BlkioWeightDevice',
    means: "share of one disk's time beside others",
  }),
  'cap-add': flag({
    kind: list,
    lands: 'HostConfig.CapAdd',
    means: 'give the container one more right of the kernel (capability)',
    says: (value) => `gives the container the capability ${value}`,
    minds: (value) =>
      /^(?:CAP_)?(?:ALL|SYS_ADMIN)$/i.test(value) ? `${value} comes close to being root on the host` : undefined,
  }),
  'cap-drop': flag({
    kind: list,
    lands: 'HostConfig.CapDrop',
    means: 'take a right of the kernel (capability) away from the container',
    says: (value) =>
      value.toUpperCase() === 'ALL' ? 'takes every capability away' : `takes the capability ${value} away`,
  }),
  'cgroup-parent': flag({
    kind: string,
    lands: 'HostConfig.CgroupParent',
    means: "the control group under which the container's own is made",
  }),
  cgroupns: flag({
    kind: choice(['host', 'private', ''], () => '--cgroupns: invalid CGROUP mode'),
    lands: 'HostConfig.CgroupnsMode',
    means: "whether the container sees the host's control groups or its own only",
  }),
  cidfile: flag({
    kind: unlessEmpty(string),
    lands: 'client',
    means: "write the container's id into a file",
    says: (value) => `writes the container's id into ${value}`,
    pitfall: 'the file must not exist yet: docker stops where it does',
  }),
  'cpu-count': flag({
    kind: int,
    lands: 'HostConfig.CpuCount',
    means: 'number of CPUs (Windows)',
    refused: windowsOnly,
  }),
  'cpu-percent': flag({
    kind: int,
    lands: 'HostConfig.CpuPercent',
    means: 'share of the CPUs in percent (Windows)',
    refused: windowsOnly,
  }),
  'cpu-period': flag({
    kind: int,
    lands: 'HostConfig.CpuPeriod',
    means: 'length in microseconds of the period that --cpu-quota counts in',
    says: (value) => `counts CPU time in periods of ${counted(value, 'microsecond')}`,
    minds: (_, line) => mindCpuTime(line),
  }),
  'cpu-quota': flag({
    kind: int,
    lands: 'HostConfig.CpuQuota',
    means: 'microseconds of CPU time the container gets in each period',
    says: (value) => `gets ${counted(value, 'microsecond')} of CPU time in each period`,
    minds: (_, line) => mindCpuTime(line),
  }),
  'cpu-rt-period': flag({
    kind: int,
    lands: 'HostConfig.CpuRealtimePeriod',
    means: 'period in microseconds for real-time tasks',
  }),
  'cpu-rt-runtime': flag({
    kind: int,
    lands: 'HostConfig.CpuRealtimeRuntime',
    means: 'microseconds of real-time CPU in each period',
  }),
  'cpu-shares': flag({
    kind: int,
    short: 'c',
    lands: 'HostConfig.CpuShares',
    means: 'weight against other containers when the CPU is busy',
    default: '1024',
    pitfall: 'it limits nothing while the CPU is idle: for a limit use --cpus',
  }),
  cpus: flag({
    kind: cpus,
    lands: 'HostConfig.NanoCpus',
    means: 'the most CPU time the container may use, in CPUs',
    says: (value) => `uses ${sayCpus(value)}`,
  }),
  'cpuset-cpus': flag({
    kind: string,
    lands: 'HostConfig.CpusetCpus',
    means: 'which CPUs the container may run on',
    says: (value) =>
      /^\d+$/.test(value) ? `runs on CPU ${value} only` : `runs on the CPUs ${listOf(value.split(','))} only`,
  }),
  'cpuset-mems': flag({
    kind: string,
    lands: 'HostConfig.CpusetMems',
    means: 'which memory nodes (NUMA) the container may use',
  }),
  device: flag({
    kind: device,
    lands: 'HostConfig.Devices',
    means: 'let the container use a device of the host',
    says: ({ host, container, cdi }) =>
      cdi
        ? `gives the container the device ${cdi}`
        : host === container
          ? `the host's ${host} can be used in the container`
          : `the host's ${host} is ${container} in the container`,
  }),
  'device-cgroup-rule': flag({
    kind: deviceRule,
    lands: 'HostConfig.DeviceCgroupRules',
    means: 'allow a class of devices, as c 42:* rmw',
  }),
  'device-read-bps': flag({
    kind: deviceRate(readBytes, 'bytes'),
    lands: 'HostConfig.BlkioDeviceReadBps',
    means: 'most bytes a second read from a disk',
  }),
  'device-read-iops': flag({
    kind: deviceRate(readOperations, 'operations'),
    lands: 'HostConfig.BlkioDeviceReadIOps',
    means: 'most reads a second from a disk',
  }),
  'device-write-bps': flag({
    kind: deviceRate(readBytes, 'bytes'),
    lands: 'HostConfig.BlkioDeviceWriteBps',
    means: 'most bytes a second written to a disk',
  }),
  'device-write-iops': flag({
    kind: deviceRate(readOperations, 'operations'),
    lands: 'HostConfig.BlkioDeviceWriteIOps',
    means: 'most writes a second to a disk',
  }),
  'disable-content-trust': contentTrust,
  dns: flag({
    kind: addresses,
    lands: 'HostConfig.Dns',
    means: 'the name server the container asks',
    says: (value) => `the container asks ${value} for names`,
  }),
  'dns-option': flag({
    kind: list,
    aliases: ['dns-opt'],
    lands: 'HostConfig.DnsOptions',
    means: "an option of the container's resolv.conf",
  }),
  'dns-search': flag({
    kind: searchDomain,
    lands: 'HostConfig.DnsSearch',
    means: 'a domain to complete short names with',
  }),
  domainname: flag({ kind: string, lands: 'Domainname', means: "the container's domain name" }),
  entrypoint: flag({
    kind: string,
    lands: 'Entrypoint',
    means: "the program to start instead of the image's ENTRYPOINT",
    says: (value) =>
      value === '' ? "sets aside the image's ENTRYPOINT" : `starts ${value} instead of the image's ENTRYPOINT`,
    minds: (value) =>
      value === ''
        ? undefined
        : /\s/.test(value)
          ? `--entrypoint takes the program only: "${value}" would be the name of one program; arguments go after the image`
          : '--entrypoint takes the program only: its arguments go after the image',
  }),
  env: flag({
    kind: env,
    short: 'e',
    lands: 'Env',
    means: 'set an environment variable in the container',
    says: (variable) => sayVariable(variable, "in the container's environment"),
    minds: mindVariable,
  }),
  'env-file': flag({
    kind: list,
    lands: 'Env',
    means: 'read environment variables from a file, NAME=value a line',
    says: (value) => `reads environment variables from ${value}`,
    pitfall: 'quotes in the file are taken as part of the value',
  }),
  expose: flag({
    kind: expose,
    lands: 'ExposedPorts',
    means: 'note that the container listens on a port',
    says: ({ ports, protocol }) =>
      `notes that the container listens on port ${rangeText(ports)}${protocol === 'tcp' ? '' : `/${protocol}`}`,
    minds: (_, line) => (line.has('publish-all') ? undefined : '--expose publishes nothing: for the host use -p'),
  }),
  gpus: flag({
    kind: gpus,
    lands: 'HostConfig.DeviceRequests',
    means: 'give the container GPUs of the host',
    says: ({ count, deviceIds }) =>
      deviceIds.length > 0
        ? `gives the container GPU ${deviceIds.join(', ')}`
        : count === -1
          ? 'gives the container every GPU'
          : `gives the container ${String(count)} ${count === 1 ? 'GPU' : 'GPUs'}`,
    pitfall: "the host needs the vendor's container toolkit",
  }),
  'group-add': flag({
    kind: list,
    lands: 'HostConfig.GroupAdd',
    means: "a further group the container's process belongs to",
  }),
  'health-cmd': flag({
    kind: string,
    lands: 'Healthcheck.Test',
    means: 'the command, run in the container, that tells whether it is well',
    says: (value) => `is well as long as this succeeds: ${value}`,
  }),
  'health-interval': flag({
    kind: healthTime('Interval'),
    lands: 'Healthcheck.Interval',
    means: 'time between two health checks',
    says: (value) => `checks its health every ${humanTime(value)}`,
    default: '30s',
  }),
  'health-retries': flag({
    kind: tries,
    lands: 'Healthcheck.Retries',
    means: 'failures in a row that make it unhealthy',
    says: (value) =>
      value === 0 ? 'as the image says it' : `is unhealthy after ${counted(value, 'failure')} in a row`,
    default: '3',
  }),
  'health-start-interval': flag({
    kind: healthTime('StartInterval'),
    lands: 'Healthcheck.StartInterval',
    since: '1.44',
    means: 'time between health checks while it starts',
    default: '5s',
  }),
  'health-start-period': flag({
    kind: healthTime('StartPeriod'),
    lands: 'Healthcheck.StartPeriod',
    means: 'time to start up, in which failures do not count',
    default: '0s',
  }),
  'health-timeout': flag({
    kind: healthTime('Timeout'),
    lands: 'Healthcheck.Timeout',
    means: 'how long one health check may take',
    says: (value) =>
      value === 0 ? 'as the image says it' : `a health check that takes longer than ${humanTime(value)} has failed`,
    default: '30s',
  }),
  hostname: flag({
    kind: string,
    short: 'h',
    lands: 'Hostname',
    means: 'the name the container has for itself',
    says: (value) => `calls itself ${value}`,
    default: 'the start of its id',
    minds: (_, line) =>
      line.has('name') || line.has('network-alias')
        ? undefined
        : 'other containers do not find it by its --hostname, but by --name or --network-alias',
  }),
  init: flag({
    kind: bool,
    lands: 'HostConfig.Init',
    means: 'run a small init as process 1, which passes on signals and buries dead children',
  }),
  interactive: flag({
    kind: bool,
    short: 'i',
    lands: 'OpenStdin',
    means: 'keep stdin open, so that you can type into it',
  }),
  'io-maxbandwidth': flag({
    kind: bytes,
    lands: 'HostConfig.IOMaximumBandwidth',
    means: 'most bytes a second on the system drive (Windows)',
    refused: windowsOnly,
  }),
  'io-maxiops': flag({
    kind: uint,
    lands: 'HostConfig.IOMaximumIOps',
    means: 'most operations a second on the system drive (Windows)',
    refused: windowsOnly,
  }),
  ip: flag({
    kind: string,
    lands: 'NetworkingConfig.EndpointsConfig.IPAMConfig.IPv4Address',
    means: "the container's IPv4 address",
    says: (value) => `asks for the address ${value} on its network`,
    pitfall: 'only on a network of your own that has a --subnet',
    minds: mindAddress(4),
  }),
  ip6: flag({
    kind: string,
    lands: 'NetworkingConfig.EndpointsConfig.IPAMConfig.IPv6Address',
    means: "the container's IPv6 address",
    pitfall: 'only on a network of your own that has a --subnet',
    minds: mindAddress(6),
  }),
  ipc: flag({
    kind: string,
    lands: 'HostConfig.IpcMode',
    means: 'whose shared memory it uses: private, shareable, host, or container:NAME',
    says: saySharedMemory,
  }),
  isolation: flag({
    kind: string,
    lands: 'HostConfig.Isolation',
    means: 'how strongly it is separated (Windows: process or hyperv)',
    default: 'default',
  }),
  'kernel-memory': flag({
    kind: bytes,
    lands: 'HostConfig.KernelMemory',
    means: 'limit of kernel memory',
    pitfall: 'deprecated: the kernel no longer supports it',
  }),
  label: flag({
    kind: label,
    short: 'l',
    lands: 'Labels',
    means: 'a note on the container, to find it by',
    says: sayLabel,
  }),
  'label-file': flag({ kind: list, lands: 'Labels', means: 'read labels from a file, key=value a line' }),
  link: flag({
    kind: link,
    lands: 'HostConfig.Links',
    means: 'let this container reach another by name',
    says: ({ container, alias }) => `reaches the container ${container} by the name ${alias}`,
    minds: (_, line) =>
      `--link is a leftover${line.has('network') ? '' : ' of the default bridge'}: on a network of your own, containers find each other by name without it`,
  }),
  'link-local-ip': flag({
    kind: addresses,
    lands: 'NetworkingConfig.EndpointsConfig.IPAMConfig.LinkLocalIPs',
    means: 'a link-local address of the container',
  }),
  'log-driver': flag({
    kind: string,
    lands: 'HostConfig.LogConfig.Type',
    means: 'where its output is kept: json-file, local, journald, none…',
    says: (value) => (value === 'none' ? 'keeps its output nowhere' : `hands its output to the log driver ${value}`),
    default: "the engine's",
  }),
  'log-opt': flag({
    kind: loosePairs('list'),
    lands: 'HostConfig.LogConfig.Config',
    means: 'an option of the log driver, as max-size=10m',
    says: (pair) => sayOption("the log driver's", pair),
  }),
  'mac-address': flag({
    kind: mac,
    lands: 'NetworkingConfig.EndpointsConfig.MacAddress',
    means: "the container's MAC address",
  }),
  memory: flag({
    kind: bytes,
    short: 'm',
    lands: 'HostConfig.Memory',
    means: 'the most memory it may use',
    says: (value) => `uses ${humanSize(value)} of memory at most`,
    minds: mindMemory,
  }),
  'memory-reservation': flag({
    kind: bytes,
    lands: 'HostConfig.MemoryReservation',
    means: 'the memory it is pressed back to when the host runs short',
    says: (value) => `is pressed back to ${humanSize(value)} when the host runs short of memory`,
  }),
  'memory-swap': flag({
    kind: bytesOrUnlimited,
    lands: 'HostConfig.MemorySwap',
    means: 'the most memory and swap together, -1 for unlimited swap',
    minds: (_, line) => mindMemorySwap(line),
  }),
  'memory-swappiness': flag({
    kind: intBetween(
      -1,
      100,
      'int',
      (value) => `invalid value: ${String(value)}. Valid memory swappiness range is 0-100`,
    ),
    lands: 'HostConfig.MemorySwappiness',
    means: 'how readily its memory is swapped out, 0 to 100',
    says: (value) =>
      value < 0
        ? "its memory is swapped out as the host's is"
        : `its memory is swapped out with the readiness ${String(value)}, of 0 to 100`,
    default: '-1',
  }),
  mount: flag({
    kind: mount,
    lands: 'HostConfig.Mounts',
    means: 'mount a volume, a folder of the host or a tmpfs, in key=value form',
    says: sayMount,
    minds: mindMount,
  }),
  name: flag({
    kind: string,
    lands: 'query name',
    means: "the container's name",
    says: (value) => `calls the container ${value}`,
    default: 'two random words',
  }),
  network: flag({
    kind: network,
    aliases: ['net'],
    lands: 'HostConfig.NetworkMode, NetworkingConfig',
    means: 'the network it joins',
    says: ({ target }) => sayNetwork(target),
    minds: ({ ipv4Address = '', ipv6Address = '' }) => mindAddress(4)(ipv4Address) ?? mindAddress(6)(ipv6Address),
    default: 'bridge',
  }),
  'network-alias': flag({
    kind: list,
    aliases: ['net-alias'],
    lands: 'NetworkingConfig.EndpointsConfig.Aliases',
    means: 'a further name on its network',
    says: (value) => `is found on its network as ${value} too`,
  }),
  'no-healthcheck': flag({ kind: bool, lands: 'Healthcheck.Test', means: "switch off the image's health check" }),
  'oom-kill-disable': flag({
    kind: bool,
    lands: 'HostConfig.OomKillDisable',
    means: 'do not kill it when memory runs out',
    minds: (_, line) =>
      line.has('memory') ? undefined : '--oom-kill-disable without --memory can stall the whole host',
  }),
  'oom-score-adj': flag({
    kind: intBetween(-1000, 1000, 'int', (value) =>
      engineSays(`Invalid value ${String(value)}, range for oom score adj is [-1000, 1000]`),
    ),
    lands: 'HostConfig.OomScoreAdj',
    means: 'how soon it is killed when the host runs out of memory, -1000 to 1000',
  }),
  pid: flag({
    kind: string,
    lands: 'HostConfig.PidMode',
    means: 'whose processes it sees: its own, host, or container:NAME',
    says: sayProcesses,
  }),
  'pids-limit': flag({
    kind: int,
    lands: 'HostConfig.PidsLimit',
    means: 'the most processes it may have, -1 for no limit',
    says: (value) =>
      value < 1
        ? 'may have any number of processes'
        : `may have ${String(value)} ${value === 1 ? 'process' : 'processes'} at most`,
  }),
  platform: flag({
    kind: platform,
    lands: 'query platform',
    means: 'which system and processor the image is for',
    says: (value) => `uses the image for ${value}`,
    pitfall: 'another processor is emulated, if at all, and slow',
  }),
  privileged: flag({
    kind: bool,
    lands: 'HostConfig.Privileged',
    means: 'give it every right and device of the host',
    pitfall:
      'takes nearly every wall between the container and the host away; often one --cap-add or --device is enough',
  }),
  publish: flag({
    kind: publish,
    short: 'p',
    lands: 'HostConfig.PortBindings',
    means: 'make a port of the container reachable on the host',
    says: sayPublish,
    minds: mindPublish,
  }),
  'publish-all': flag({
    kind: bool,
    short: 'P',
    lands: 'HostConfig.PublishAllPorts',
    means: 'publish every exposed port on a free port of the host',
  }),
  pull: flag({
    kind: choice(
      ['always', 'missing', 'never', ''],
      (raw) => `invalid pull option: '${raw}': must be one of "always", "missing" or "never"`,
    ),
    lands: 'client',
    means: 'when to pull the image: always, missing or never',
    says: (value) =>
      value === 'always'
        ? 'pulls the image even if it is here'
        : value === 'never'
          ? 'does not pull the image, and stops where it is not here'
          : 'pulls the image if it is not here',
    default: 'missing',
  }),
  quiet: flag({ kind: bool, short: 'q', lands: 'client', means: 'do not show the progress of a pull' }),
  'read-only': flag({
    kind: bool,
    lands: 'HostConfig.ReadonlyRootfs',
    means: 'the container cannot write to its own file system',
    minds: (_, line) =>
      ['tmpfs', 'volume', 'mount'].some((name) => line.has(name))
        ? undefined
        : 'with --read-only, give it a --tmpfs or a volume where it must write',
  }),
  restart: flag({
    kind: restart,
    lands: 'HostConfig.RestartPolicy',
    means: 'when docker starts it again by itself',
    says: ({ name, maximumRetryCount }) => sayRestart(name, maximumRetryCount),
    default: 'no',
  }),
  rm: flag({
    kind: bool,
    lands: 'HostConfig.AutoRemove',
    means: 'remove the container, and its anonymous volumes, when it ends',
  }),
  runtime: flag({
    kind: string,
    lands: 'HostConfig.Runtime',
    means: 'the program that runs the container',
    default: 'runc',
  }),
  'security-opt': flag({
    kind: list,
    lands: 'HostConfig.SecurityOpt',
    means: 'a security setting: seccomp, AppArmor, SELinux, no-new-privileges',
    says: (value) => `sets the security option ${value}`,
  }),
  'shm-size': flag({
    kind: bytes,
    lands: 'HostConfig.ShmSize',
    means: 'size of /dev/shm, the shared memory',
    says: (value) => `has ${humanSize(value)} of shared memory`,
    default: '64m',
  }),
  'stop-signal': flag({
    kind: string,
    lands: 'StopSignal',
    means: 'the signal docker stop sends',
    says: (value) => `docker stop sends it ${value}`,
    default: 'SIGTERM',
  }),
  'stop-timeout': flag({
    kind: int,
    lands: 'StopTimeout',
    means: 'seconds docker stop waits before it kills',
    says: (value) =>
      value < 0 ? 'docker stop waits without limit' : `docker stop waits ${counted(value, 'second')}, then kills it`,
    default: '10',
  }),
  'storage-opt': flag({
    kind: pairs('a storage option', 'size=10G', 'list', () => 'invalid storage option'),
    lands: 'HostConfig.StorageOpt',
    means: 'an option of the storage driver, as size=10G',
  }),
  sysctl: flag({
    kind: sysctl,
    lands: 'HostConfig.Sysctls',
    means: 'set a kernel parameter for the container',
    says: ({ key, value }) => `sets the kernel parameter ${key} to ${value}`,
  }),
  tmpfs: flag({
    kind: tmpfs,
    lands: 'HostConfig.Tmpfs',
    means: 'a folder in memory, gone with the container',
    says: ({ path }) => `${path} is kept in memory`,
  }),
  tty: flag({
    kind: bool,
    short: 't',
    lands: 'Tty',
    means: 'give it a terminal',
    minds: (_, line) =>
      line.has('interactive') || line.has('detach')
        ? undefined
        : '-t without -i gives a terminal that takes no input; interactive programs want -it',
  }),
  ulimit: flag({
    kind: ulimit,
    lands: 'HostConfig.Ulimits',
    means: 'limit of a resource for each process, as nofile=1024:2048',
    says: ({ name, soft, hard }) =>
      soft === -1 && hard === -1
        ? `does not limit ${name}`
        : `limits ${name} to ${limit(soft)}${hard === soft ? '' : `, which the process may raise to ${limit(hard)}`}`,
  }),
  'use-api-socket': flag({
    kind: bool,
    lands: 'HostConfig.Mounts',
    means: "mount the engine's socket and your logins into the container",
    refused: 'it hands your engine and your logins to the container',
  }),
  user: flag({
    kind: string,
    short: 'u',
    lands: 'User',
    means: 'the user (and group) its process runs as',
    says: (value) => `runs as user ${value}`,
    default: "the image's USER, else root",
  }),
  userns: flag({
    kind: string,
    lands: 'HostConfig.UsernsMode',
    means: "user namespace: host switches the engine's remapping off",
  }),
  uts: flag({ kind: string, lands: 'HostConfig.UTSMode', means: "UTS namespace: host shares the host's name" }),
  volume: flag({
    kind: volume,
    short: 'v',
    lands: 'HostConfig.Binds',
    means: 'mount a volume or a folder of the host into the container',
    says: sayVolume,
    minds: mindVolume,
  }),
  'volume-driver': flag({
    kind: string,
    lands: 'HostConfig.VolumeDriver',
    means: 'the driver of volumes made for it',
    default: 'local',
  }),
  'volumes-from': flag({
    kind: list,
    lands: 'HostConfig.VolumesFrom',
    means: 'mount what another container has mounted',
    says: (value) => `mounts what ${value} has mounted`,
  }),
  workdir: flag({
    kind: string,
    short: 'w',
    lands: 'WorkingDir',
    means: 'the folder its process starts in',
    says: (value) => `starts in ${value}`,
    default: "the image's WORKDIR",
  }),
});

function limit(value: number): string {
  return value === -1 ? 'any number' : String(value);
}

function sayNetwork(target: string): string {
  if (target === 'host') return "uses the host's own network: no isolation, and -p means nothing";
  if (target === 'none') return 'has no network but its own loopback';
  if (target === 'bridge' || target === 'default') return 'joins the default bridge, where names do not resolve';
  if (target.startsWith('container:'))
    return `shares the network of the container ${target.slice('container:'.length)}`;
  return `joins the network ${target}`;
}

function sayRestart(name: string, tries: number): string {
  if (name === 'no') return 'is not started again when it ends';
  if (name === 'always') return 'is started again whenever it ends, and when docker starts';
  if (name === 'unless-stopped') return 'is started again unless you stop it yourself';
  return `is started again when it fails${tries > 0 ? `, ${String(tries)} ${tries === 1 ? 'time' : 'times'} at most` : ''}`;
}

export const runFlags = () => ({
  ...createFlags(),
  detach: flag({
    kind: bool,
    short: 'd',
    lands: 'client',
    means: "detached: print the container's id and give your terminal back",
  }),
  'detach-keys': detachKeys,
  'sig-proxy': flag({
    kind: bool,
    lands: 'client',
    means: 'pass signals such as Ctrl-C on to the container',
    default: 'true',
  }),
});

/** `HostConfig` of a container, every key of the Engine API 1.41 to 1.51: what it shares with the engine's machine. */
import { binds, mounts, volumeDriver } from './mounts.ts';
import {
  hostAliases,
  isolation,
  cgroupnsMode,
  ipcMode,
  networkMode,
  pidMode,
  usernsMode,
  utsMode,
} from './namespaces.ts';
import { each, entriesOf, harmless, named, privileged, textIn, unless, whenAny, whenOn } from './reference.ts';
import type { Reference, Rule, Rules } from './reference.ts';
import { memoryScore, capabilities, hiddenPaths, kernelParameters, securityOptions } from './rights.ts';

const devices = whenAny(privileged('uses devices of the engine’s machine'));

/** Where a container's output goes; the engine's own drivers keep it beside the container. */
const ownLogs = ['json-file', 'local', 'none'];
const ownLogOptions =
  /^(?:max-size|max-file|max-buffer-size|mode|compress|labels|labels-regex|env|env-regex|tag|cache-disabled|cache-max-size|cache-max-file|cache-compress)$/;

/** `{ Type, Config }` of a container, `{ Name, Options }` of a service. Without a driver the options are for the engine's default. */
export const logs: Rule = (value) => {
  const fields = new Map(entriesOf(value));
  const driver = textIn(fields.get('Type') ?? fields.get('Name'));
  const options = entriesOf(fields.get('Config') ?? fields.get('Options')).map(([name]) => name);
  const isOwn = (driver === '' || ownLogs.includes(driver)) && options.every((name) => ownLogOptions.test(name));
  return isOwn
    ? []
    : [{ of: 'log-driver', name: driver || 'default', how: `hands its output to the log driver ${driver}` }];
};

export const runtime = unless(['runc', 'io.containerd.runc.v2'], (name) => [
  { of: 'runtime', name, how: `runs with the runtime ${name}` },
]);

export const links = each(named((link) => [linked(link)]));

function linked(link: string): Reference {
  const name = link.split(':', 1)[0] ?? link;
  return { of: 'container', name, how: `reads the address and the variables of the container ${name}` };
}

const volumesFrom = each(
  named((from) => {
    const name = from.split(':', 1)[0] ?? from;
    return [{ of: 'container', name, how: `uses the volumes of the container ${name}` }];
  }),
);

const storage: Rule = (value) =>
  entriesOf(value).flatMap(([name]) => (name === 'size' ? [] : [privileged(`sets ${name} of the engine’s storage`)]));

/** What `docker update` changes too. */
export const resources: Rules = {
  BlkioDeviceReadBps: harmless,
  BlkioDeviceReadIOps: harmless,
  BlkioDeviceWriteBps: harmless,
  BlkioDeviceWriteIOps: harmless,
  BlkioWeight: harmless,
  BlkioWeightDevice: harmless,
  CgroupParent: named(() => [privileged('is put under another control group of the engine’s machine')]),
  CpuCount: harmless,
  CpuPercent: harmless,
  CpuPeriod: harmless,
  CpuQuota: harmless,
  CpuRealtimePeriod: harmless,
  CpuRealtimeRuntime: harmless,
  CpuShares: harmless,
  CpusetCpus: harmless,
  CpusetMems: harmless,
  DeviceCgroupRules: devices,
  DeviceRequests: devices,
  Devices: devices,
  IOMaximumBandwidth: harmless,
  IOMaximumIOps: harmless,
  Init: harmless,
  KernelMemory: harmless,
  KernelMemoryTCP: harmless,
  Memory: harmless,
  MemoryReservation: harmless,
  MemorySwap: harmless,
  MemorySwappiness: harmless,
  NanoCpus: harmless,
  OomKillDisable: harmless,
  PidsLimit: harmless,
  RestartPolicy: harmless,
  Ulimits: harmless,
};

export const hostConfig: Rules = {
  ...resources,
  // hooks and properties of the runtime are set by them
  Annotations: whenAny(privileged('hands annotations to the engine’s runtime')),
  AutoRemove: harmless,
  Binds: binds,
  CapAdd: capabilities,
  CapDrop: harmless,
  Capabilities: capabilities,
  Cgroup: named(() => [privileged('is put into another control group')]),
  CgroupnsMode: cgroupnsMode,
  ConsoleSize: harmless,
  // written by the client
  ContainerIDFile: harmless,
  Dns: harmless,
  DnsOptions: harmless,
  DnsSearch: harmless,
  ExtraHosts: hostAliases,
  GroupAdd: harmless,
  IpcMode: ipcMode,
  Isolation: isolation,
  Links: links,
  LogConfig: logs,
  MaskedPaths: hiddenPaths,
  Mounts: mounts,
  NetworkMode: networkMode,
  OomScoreAdj: memoryScore,
  PidMode: pidMode,
  PortBindings: harmless,
  Privileged: whenOn(privileged('has every right on the engine’s machine (--privileged)')),
  PublishAllPorts: harmless,
  ReadonlyPaths: hiddenPaths,
  ReadonlyRootfs: harmless,
  Runtime: runtime,
  SecurityOpt: securityOptions,
  ShmSize: harmless,
  StorageOpt: storage,
  Sysctls: kernelParameters,
  Tmpfs: harmless,
  UTSMode: utsMode,
  UsernsMode: usernsMode,
  VolumeDriver: volumeDriver,
  VolumesFrom: volumesFrom,
};

/**
 * What Go's types know of an answer and its JSON does not: which objects are maps, what stands where nothing was sent.
 * `{{.Config.Labels.x}}` prints `<no value>`, `{{.State.Health}}` `<nil>`, `{{.HostConfig.Binds}}` `[]`.
 * Paths name JSON keys; `*` is any key or element. (docker/docker, api/types/{container,image,network,volume}.)
 */
import { isList, isMap, truth } from '../gotemplate/go-value.ts';
import type { FieldOrder, GoNil, GoValue } from '../gotemplate/go-value.ts';

/** What a field is that was not sent: nil, an empty text, 0, or false. */
type Zero = GoNil['nil'] | 'text' | 'number' | 'no';

export interface GoTypes {
  readonly maps: readonly string[];
  /** Where null or nothing is no empty list. */
  readonly nils: Readonly<Record<string, GoNil['nil']>>;
  /** Fields that may be absent, and what they then are. */
  readonly absent: Readonly<Record<string, Zero>>;
  /** Structs whose fields are printed in this order; those that are absent are as `absent` says, else empty texts. */
  readonly order: Readonly<Record<string, FieldOrder>>;
  /** Structs that Go holds by their address. */
  readonly pointers: readonly string[];
  /** Structs of which JSON has only the fields that hold something, in their order. */
  readonly omitsEmpty: readonly string[];
}

const spelling: Readonly<Record<string, string>> = {
  ID: 'Id',
  DNS: 'Dns',
  DNSOptions: 'DnsOptions',
  DNSSearch: 'DnsSearch',
  CPUShares: 'CpuShares',
  CPUPeriod: 'CpuPeriod',
  CPUQuota: 'CpuQuota',
  CPURealtimePeriod: 'CpuRealtimePeriod',
  CPURealtimeRuntime: 'CpuRealtimeRuntime',
  CPUCount: 'CpuCount',
  CPUPercent: 'CpuPercent',
  NanoCPUs: 'NanoCpus',
  HostIP: 'HostIp',
  CPUCfsPeriod: 'CpuCfsPeriod',
  CPUCfsQuota: 'CpuCfsQuota',
  HTTPProxy: 'HttpProxy',
  HTTPSProxy: 'HttpsProxy',
};

const config = {
  maps: ['Config.Labels', 'Config.ExposedPorts', 'Config.Volumes'],
  nils: { 'Config.Volumes': 'map', 'Config.Labels': 'map', 'Config.Healthcheck': 'pointer' },
  absent: { 'Config.Healthcheck': 'pointer', 'Config.ExposedPorts': 'map' },
} as const;

const containerConfigFields = [
  ...['Hostname', 'Domainname', 'User', 'AttachStdin', 'AttachStdout', 'AttachStderr', 'ExposedPorts'],
  ...['Tty', 'OpenStdin', 'StdinOnce', 'Env', 'Cmd', 'Healthcheck', 'ArgsEscaped', 'Image', 'Volumes', 'WorkingDir'],
  ...['Entrypoint', 'NetworkDisabled', 'MacAddress', 'OnBuild', 'Labels', 'StopSignal', '*StopTimeout', 'Shell'],
];
const imageConfigFields = [
  [
    ...['User', 'ExposedPorts', 'Env', 'Entrypoint', 'Cmd', 'Volumes', 'WorkingDir', 'Labels', 'StopSignal'],
    'ArgsEscaped',
  ],
  ['Healthcheck', 'OnBuild', 'Shell'],
];
const resourceFields = [
  ...['CpuShares', 'Memory', 'NanoCpus', 'CgroupParent', 'BlkioWeight', 'BlkioWeightDevice', 'BlkioDeviceReadBps'],
  ...['BlkioDeviceWriteBps', 'BlkioDeviceReadIOps', 'BlkioDeviceWriteIOps', 'CpuPeriod', 'CpuQuota'],
  ...['CpuRealtimePeriod', 'CpuRealtimeRuntime', 'CpusetCpus', 'CpusetMems', 'Devices', 'DeviceCgroupRules'],
  ...['DeviceRequests', 'KernelMemory', 'KernelMemoryTCP', 'MemoryReservation', 'MemorySwap', '*MemorySwappiness'],
  ...['*OomKillDisable', '*PidsLimit', 'Ulimits', 'CpuCount', 'CpuPercent', 'IOMaximumIOps', 'IOMaximumBandwidth'],
];
const hostConfigFields = [
  ...['Binds', 'ContainerIDFile', 'LogConfig', 'NetworkMode', 'PortBindings', 'RestartPolicy', 'AutoRemove'],
  ...['VolumeDriver', 'VolumesFrom', 'ConsoleSize', 'Annotations', 'CapAdd', 'CapDrop', 'CgroupnsMode', 'Dns'],
  ...['DnsOptions', 'DnsSearch', 'ExtraHosts', 'GroupAdd', 'IpcMode', 'Cgroup', 'Links', 'OomScoreAdj', 'PidMode'],
  ...['Privileged', 'PublishAllPorts', 'ReadonlyRootfs', 'SecurityOpt', 'StorageOpt', 'Tmpfs', 'UTSMode'],
  ...['UsernsMode', 'ShmSize', 'Sysctls', 'Runtime', 'Isolation', resourceFields, 'Mounts', 'MaskedPaths'],
  ...['ReadonlyPaths', '*Init'],
];
const mountFields = ['Type', 'Name', 'Source', 'Destination', 'Driver', 'Mode', 'RW', 'Propagation'];

const container: GoTypes = {
  maps: [
    ...config.maps,
    'NetworkSettings.Networks',
    'NetworkSettings.Ports',
    'NetworkSettings.Networks.*.DriverOpts',
    'HostConfig.PortBindings',
    'HostConfig.LogConfig.Config',
    'HostConfig.Sysctls',
    'HostConfig.Annotations',
    'HostConfig.Tmpfs',
    'HostConfig.StorageOpt',
    'GraphDriver.Data',
  ],
  nils: {
    ...config.nils,
    'HostConfig.PortBindings': 'map',
    'HostConfig.MemorySwappiness': 'pointer',
    'HostConfig.OomKillDisable': 'pointer',
    'HostConfig.PidsLimit': 'pointer',
    'HostConfig.Init': 'pointer',
    'NetworkSettings.Networks.*.IPAMConfig': 'pointer',
    'NetworkSettings.Networks.*.DriverOpts': 'map',
    'GraphDriver.Data': 'map',
    'State.Health': 'pointer',
  },
  absent: {
    ...config.absent,
    'State.Health': 'pointer',
    SizeRw: 'pointer',
    SizeRootFs: 'pointer',
    'HostConfig.Annotations': 'map',
    'HostConfig.Mounts': 'list',
    'HostConfig.StorageOpt': 'map',
    'HostConfig.Tmpfs': 'map',
    'HostConfig.Sysctls': 'map',
    'HostConfig.Init': 'pointer',
    'HostConfig.KernelMemory': 'number',
    'HostConfig.KernelMemoryTCP': 'number',
    'Config.ArgsEscaped': 'no',
    'Config.NetworkDisabled': 'no',
    'Config.MacAddress': 'text',
    'Config.StopSignal': 'text',
    'Config.StopTimeout': 'pointer',
    'Config.Shell': 'list',
  },
  order: { 'Mounts.*': mountFields, Config: containerConfigFields, HostConfig: hostConfigFields },
  pointers: [
    ...['Config.Healthcheck', 'State.Health', 'State.Health.Log.*', 'NetworkSettings.Networks.*'],
    ...['NetworkSettings.Networks.*.IPAMConfig', 'HostConfig.Ulimits.*', 'HostConfig.BlkioWeightDevice.*'],
    ...['HostConfig.BlkioDeviceReadBps.*', 'HostConfig.BlkioDeviceWriteBps.*'],
    ...['HostConfig.BlkioDeviceReadIOps.*', 'HostConfig.BlkioDeviceWriteIOps.*'],
  ],
  omitsEmpty: [],
};

const image: GoTypes = {
  maps: [...config.maps, 'GraphDriver.Data'],
  nils: { ...config.nils, 'GraphDriver.Data': 'map' },
  absent: {
    ...config.absent,
    Variant: 'text',
    OsVersion: 'text',
    'Config.StopSignal': 'text',
    'Config.ArgsEscaped': 'no',
    'Config.OnBuild': 'list',
    'Config.Shell': 'list',
    'Config.Env': 'list',
    'Config.Cmd': 'list',
    'Config.Entrypoint': 'list',
    'Config.Volumes': 'map',
    'Config.Labels': 'map',
  },
  order: { Config: imageConfigFields },
  pointers: ['Config.Healthcheck'],
  omitsEmpty: ['Config'],
};

const network: GoTypes = {
  maps: ['Labels', 'Options', 'Containers', 'IPAM.Options', 'IPAM.Config.*.AuxiliaryAddresses', 'Services'],
  nils: { Labels: 'map', Options: 'map', 'IPAM.Options': 'map' },
  absent: {
    Peers: 'list',
    Services: 'map',
    'IPAM.Config.*.IPRange': 'text',
    'IPAM.Config.*.Gateway': 'text',
    'IPAM.Config.*.AuxiliaryAddresses': 'map',
  },
  order: { 'IPAM.Config.*': ['Subnet', 'IPRange', 'Gateway', 'AuxiliaryAddresses'] },
  pointers: [],
  omitsEmpty: [],
};

const volume: GoTypes = {
  maps: ['Labels', 'Options', 'Status'],
  nils: { Labels: 'map', Options: 'map' },
  absent: { UsageData: 'pointer', ClusterVolume: 'pointer', CreatedAt: 'text', Status: 'map' },
  order: {},
  pointers: [],
  omitsEmpty: [],
};

/** Of docker info (api/types/{system,registry,swarm}). */
const info: GoTypes = {
  maps: ['Runtimes', 'Runtimes.*.options', 'Runtimes.*.status', 'RegistryConfig.IndexConfigs'],
  nils: { 'Swarm.Cluster': 'pointer' },
  absent: {
    SystemStatus: 'list',
    KernelMemory: 'no',
    KernelMemoryTCP: 'no',
    CgroupVersion: 'text',
    GenericResources: 'list',
    ProductLicense: 'text',
    DefaultAddressPools: 'list',
    FirewallBackend: 'pointer',
    CDISpecDirs: 'list',
    DiscoveredDevices: 'list',
    Containerd: 'pointer',
    Warnings: 'list',
    ServerErrors: 'list',
    UserName: 'text',
    ClientErrors: 'list',
    'Runtimes.*.runtimeArgs': 'list',
    'Runtimes.*.options': 'map',
    'Runtimes.*.status': 'map',
    'RegistryConfig.AllowNondistributableArtifactsCIDRs': 'list',
    'RegistryConfig.AllowNondistributableArtifactsHostnames': 'list',
    'RegistryConfig.ExtraFields': 'map',
    'Swarm.ControlAvailable': 'no',
    'Swarm.RemoteManagers': 'list',
    'Swarm.Nodes': 'number',
    'Swarm.Managers': 'number',
    'Swarm.Cluster': 'pointer',
    'Swarm.Warnings': 'list',
  },
  order: {
    Plugins: ['Volume', 'Network', 'Authorization', 'Log'],
    'Runtimes.*': [['path', 'runtimeArgs', 'runtimeType', 'options'], 'status'],
    RegistryConfig: [
      ...['AllowNondistributableArtifactsCIDRs', 'AllowNondistributableArtifactsHostnames', 'InsecureRegistryCIDRs'],
      ...['IndexConfigs', 'Mirrors', 'ExtraFields'],
    ],
    Swarm: [
      ...['NodeID', 'NodeAddr', 'LocalNodeState', 'ControlAvailable', 'Error', 'RemoteManagers', 'Nodes', 'Managers'],
      ...['Cluster', 'Warnings'],
    ],
    ContainerdCommit: ['ID', 'Expected'],
    RuncCommit: ['ID', 'Expected'],
    InitCommit: ['ID', 'Expected'],
    'DefaultAddressPools.*': ['Base', 'Size'],
  },
  pointers: ['RegistryConfig.IndexConfigs.*', 'Swarm.Cluster'],
  omitsEmpty: [],
};

const labelled: GoTypes = {
  maps: ['Spec.Labels', 'Description.Engine.Labels', 'Spec.TaskTemplate.ContainerSpec.Labels'],
  nils: {},
  absent: {},
  order: {},
  pointers: [],
  omitsEmpty: [],
};

const known: Readonly<Record<string, GoTypes>> = { container, image, network, volume, info };

/** The answer as Go's types hold it. @param kind container, image, network, volume…: what was inspected; or info */
export function typed(value: GoValue, kind: string): GoValue {
  const types = known[kind] ?? labelled;
  return typedAt(value, '', types, Object.entries(types.absent));
}

function typedAt(value: GoValue, path: string, types: GoTypes, absent: readonly (readonly [string, Zero])[]): GoValue {
  const inside = (key: string): string => (path === '' ? key : `${path}.${key}`);
  if (value === undefined) return { nil: types.nils[path] ?? 'list' };
  if (isList(value)) return value.map((item) => typedAt(item, inside('*'), types, absent));
  if (!isMap(value)) return value;
  if (types.maps.includes(path))
    return new Map([...value].map(([key, item]) => [key, typedAt(item, inside('*'), types, absent)]));
  const layout = types.order[path];
  const order = namesIn(layout ?? []);
  const zeros = absent.flatMap(([at, zero]): [string, GoValue][] => {
    const key = at.slice(at.lastIndexOf('.') + 1);
    return at === inside(key) ? [[key, zeroOf(zero)]] : [];
  });
  const known = new Map(zeros);
  const fields = new Map<string, GoValue>(order.map((key) => [key, known.get(key) ?? '']));
  for (const [key, item] of value) fields.set(key, typedAt(item, inside(key), types, absent));
  for (const [key, zero] of zeros) if (!fields.has(key)) fields.set(key, zero);
  const source = new Map([...value].map(([key, item]) => [key, told(item, inside(key), types)]));
  return {
    type: 'struct',
    fields,
    spelling,
    ...(layout && { layout }),
    ...(types.pointers.includes(path) && { pointer: true }),
    source: told(source, path, types),
  };
}

function namesIn(order: FieldOrder): readonly string[] {
  return order.flatMap((field) => (typeof field === 'string' ? [field.replace('*', '')] : namesIn(field)));
}

function zeroOf(zero: Zero): GoValue {
  if (zero === 'number') return 0;
  return zero === 'text' ? '' : zero === 'no' ? false : { nil: zero };
}

/** As Go writes it into JSON. */
function told(value: GoValue, path: string, { order, omitsEmpty }: GoTypes): GoValue {
  if (!omitsEmpty.includes(path) || !isMap(value)) return value;
  const keys = namesIn(order[path] ?? [...value.keys()]);
  return new Map(keys.flatMap((key) => (isEmpty(value.get(key)) ? [] : [[key, value.get(key)]])));
}

function isEmpty(value: GoValue): boolean {
  return !truth(value);
}

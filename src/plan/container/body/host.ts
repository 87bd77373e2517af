/** `HostConfig` of a new container: what the host gives it and keeps from it (docker/cli, opts.go). */
import type { VolumeMount } from '../../../command/values/volume.ts';
import { loadNeeded } from '../../ask.ts';
import { compact } from '../../compact.ts';
import type { ContainerFlags } from './flags.ts';
import { networkMode } from './networks.ts';
import { portBindings } from './port-bindings.ts';
import type { Json, JsonObject } from '../../../api/request.ts';
import { capabilities } from '../../capabilities.ts';
import { Stopped } from '../../effects.ts';
import type { Plan, PlanContext } from '../../effects.ts';
import { wholePath } from '../../relative-path.ts';

export function* containerHost(flags: ContainerFlags, context: PlanContext): Plan<JsonObject> {
  const { SecurityOpt, unmasked } = yield* securityOptions(flags);
  const host = compact({
    ...storage(flags, context),
    ...namespaces(flags),
    ...privileges(flags),
    SecurityOpt,
    ...resources(flags),
    ...devices(flags),
    PortBindings: portBindings(flags),
    PublishAllPorts: flags['publish-all'],
    Links: flags.link?.map(({ container, alias }) => `${container}:${alias}`),
    Dns: flags.dns,
    DnsOptions: flags['dns-option'],
    DnsSearch: flags['dns-search'],
    ExtraHosts: flags['add-host']?.map(({ host, ip }) => `${host}:${ip}`),
    AutoRemove: flags.rm,
    ContainerIDFile: flags.cidfile,
    RestartPolicy: flags.restart && {
      Name: flags.restart.name === 'no' ? '' : flags.restart.name,
      MaximumRetryCount: flags.restart.maximumRetryCount,
    },
    LogConfig: { Type: flags['log-driver'], Config: pairsOf(flags['log-opt']) },
    Annotations: pairsOf(flags.annotation),
    Init: flags.init,
    Isolation: flags.isolation,
    Runtime: flags.runtime,
  });
  return unmasked ? { ...host, MaskedPaths: [], ReadonlyPaths: [] } : host;
}

function storage(flags: ContainerFlags, context: PlanContext): JsonObject {
  const binds = flags.volume?.filter(({ type }) => type !== 'anonymous').map((volume) => bindOf(volume, context));
  return {
    // docker keeps them as a set
    Binds: binds && [...new Set(binds)],
    Mounts: flags.mount?.map((mount) => ({ ...mount })),
    Tmpfs: flags.tmpfs && Object.fromEntries(flags.tmpfs.map(({ path, options }) => [path, options])),
    VolumeDriver: flags['volume-driver'],
    VolumesFrom: flags['volumes-from'],
    ReadonlyRootfs: flags['read-only'],
    StorageOpt: pairsOf(flags['storage-opt']),
  };
}

/** As it was written; the docker CLI makes `.` and `./x` absolute, for the engine does not know our folder. */
function bindOf({ raw, source }: VolumeMount, context: PlanContext): string {
  return source?.startsWith('.') ? wholePath(source, context.cwd) + raw.slice(source.length) : raw;
}

function namespaces(flags: ContainerFlags): JsonObject {
  return {
    NetworkMode: networkMode(flags),
    PidMode: flags.pid,
    IpcMode: flags.ipc,
    UTSMode: flags.uts,
    UsernsMode: flags.userns,
    CgroupnsMode: flags.cgroupns,
    CgroupParent: flags['cgroup-parent'],
  };
}

/** A seccomp profile is a file of the client, sent as its text; `systempaths=unconfined` becomes two empty lists. */
function* securityOptions(flags: ContainerFlags): Plan<{ SecurityOpt: readonly string[]; unmasked: boolean }> {
  const options: string[] = [];
  let unmasked = false;
  for (const option of flags['security-opt'] ?? []) {
    const [key, value] = split(option);
    if (value === '' && key !== 'no-new-privileges')
      throw new Stopped(`Invalid --security-opt: ${JSON.stringify(option)}`);
    if (key === 'systempaths' && value === 'unconfined') unmasked = true;
    else if (key === 'seccomp' && value !== 'unconfined' && value !== 'builtin')
      options.push(`seccomp=${oneLine(yield* seccompProfile(value))}`);
    else options.push(option);
  }
  return { SecurityOpt: options, unmasked };
}

function* seccompProfile(path: string): Plan<string> {
  try {
    return yield* loadNeeded(path);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    throw new Stopped(`opening seccomp profile (${path}) failed: ${error.message}`);
  }
}

function privileges(flags: ContainerFlags): JsonObject {
  const { add, drop } = capabilities(flags['cap-add'] ?? [], flags['cap-drop'] ?? []);
  return {
    Privileged: flags.privileged,
    CapAdd: add,
    CapDrop: drop,
    GroupAdd: flags['group-add'],
    Sysctls: pairsOf(flags.sysctl),
  };
}

function split(option: string): readonly [string, string] {
  const at = option.search(/[=:]/);
  return at === -1 ? [option, ''] : [option.slice(0, at), option.slice(at + 1)];
}

/** JSON without its white space, as the docker CLI sends it; text that is not JSON is left to the engine to refuse. */
function oneLine(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

function resources(flags: ContainerFlags): JsonObject {
  return {
    Memory: flags.memory,
    MemoryReservation: flags['memory-reservation'],
    MemorySwap: flags['memory-swap'],
    MemorySwappiness: flags['memory-swappiness'] === -1 ? undefined : flags['memory-swappiness'],
    KernelMemory: flags['kernel-memory'],
    OomKillDisable: flags['oom-kill-disable'],
    OomScoreAdj: flags['oom-score-adj'],
    ShmSize: flags['shm-size'],
    NanoCpus: flags.cpus,
    CpuCount: flags['cpu-count'],
    CpuPercent: flags['cpu-percent'],
    CpuShares: flags['cpu-shares'],
    CpuPeriod: flags['cpu-period'],
    CpuQuota: flags['cpu-quota'],
    CpuRealtimePeriod: flags['cpu-rt-period'],
    CpuRealtimeRuntime: flags['cpu-rt-runtime'],
    CpusetCpus: flags['cpuset-cpus'],
    CpusetMems: flags['cpuset-mems'],
    PidsLimit: flags['pids-limit'],
    IOMaximumIOps: flags['io-maxiops'],
    IOMaximumBandwidth: flags['io-maxbandwidth'],
    Ulimits: flags.ulimit?.map(({ name, soft, hard }) => ({ Name: name, Soft: soft, Hard: hard })),
  };
}

function devices(flags: ContainerFlags): JsonObject {
  const plain = flags.device?.filter(({ cdi }) => cdi === undefined);
  const cdi = flags.device?.flatMap((device) => device.cdi ?? []) ?? [];
  const requests: Json[] = cdi.length > 0 ? [{ Driver: 'cdi', DeviceIDs: cdi }] : [];
  if (flags.gpus) {
    const { driver, count, deviceIds, capabilities, options } = flags.gpus;
    requests.push({
      ...(driver !== '' && { Driver: driver }),
      ...(count !== 0 && { Count: count }),
      ...(deviceIds.length > 0 && { DeviceIDs: deviceIds }),
      Capabilities: [capabilities],
      Options: options,
    });
  }
  return {
    Devices: plain?.map(({ host, container, permissions }) => ({
      PathOnHost: host,
      PathInContainer: container,
      CgroupPermissions: permissions,
    })),
    DeviceRequests: requests,
    DeviceCgroupRules: flags['device-cgroup-rule'],
    BlkioWeight: flags['blkio-weight'],
    BlkioWeightDevice: flags['blkio-weight-device']?.map(({ path, rate }) => ({ Path: path, Weight: rate })),
    BlkioDeviceReadBps: flags['device-read-bps']?.map(rated),
    BlkioDeviceReadIOps: flags['device-read-iops']?.map(rated),
    BlkioDeviceWriteBps: flags['device-write-bps']?.map(rated),
    BlkioDeviceWriteIOps: flags['device-write-iops']?.map(rated),
  };
}

function rated({ path, rate }: { readonly path: string; readonly rate: number }): JsonObject {
  return { Path: path, Rate: rate };
}

function pairsOf(
  pairs: readonly { readonly key: string; readonly value: string }[] | undefined,
): JsonObject | undefined {
  return pairs && Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
}

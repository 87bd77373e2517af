/** `HostConfig` of a service's container. */
import { compact } from '../../plan/compact.ts';
import type { Json, JsonObject } from '../../api/request.ts';
import type { Wish } from './body.ts';
import { portKey } from './body.ts';
import { mountsOf } from './mounts.ts';
import { networksByPriority } from './endpoints.ts';
import type { Service } from '../file/project.ts';

export interface Placing {
  /** Ids of the containers that `service:` namespaces and volumes_from stand for, by service. */
  readonly containers: Readonly<Record<string, string>>;
  /** Anonymous volumes of the container this one replaces, by their target. */
  readonly inherited: Readonly<Record<string, string>>;
  readonly autoRemove: boolean;
}

export function hostConfig(wish: Wish): JsonObject {
  const { service } = wish;
  const { SecurityOpt, unmasked } = security(service);
  const host = compact({
    ...mountsOf(wish),
    AutoRemove: wish.autoRemove,
    NetworkMode: networkMode(wish),
    PortBindings: bindings(service),
    RestartPolicy: restartPolicy(service),
    ...namespaces(wish),
    ...privileges(service),
    SecurityOpt,
    ...resources(service),
    ...names(service),
    LogConfig: service['logging'] === undefined ? undefined : logging(service['logging'] as JsonObject),
    Init: service['init'],
    Runtime: service['runtime'],
    Isolation: service['isolation'],
  });
  return unmasked ? { ...host, MaskedPaths: [], ReadonlyPaths: [] } : host;
}

/** `service:x` is the container of that service. */
function shared(value: Json | undefined, { containers }: Placing): Json | undefined {
  if (typeof value !== 'string' || !value.startsWith('service:')) return value;
  const service = value.slice('service:'.length);
  return `container:${containers[service] ?? `<id of ${service}>`}`;
}

function networkMode(wish: Wish): Json | undefined {
  if (wish.service.network_mode !== undefined) return shared(wish.service.network_mode, wish);
  const [first] = networksByPriority(wish);
  return first === undefined ? 'none' : (wish.project.networks[first]?.name ?? first);
}

function bindings({ ports = [] }: Service): JsonObject {
  const found: Record<string, JsonObject[]> = {};
  for (const port of ports)
    (found[portKey(port)] ??= []).push({
      ...(port.host_ip !== undefined && { HostIp: port.host_ip }),
      HostPort: port.published ?? '',
    });
  return found;
}

const policies: Readonly<Record<string, string>> = {
  none: 'no',
  no: 'no',
  any: 'always',
  always: 'always',
  'on-failure': 'on-failure',
  'unless-stopped': 'unless-stopped',
};

function restartPolicy(service: Service): JsonObject | undefined {
  const policy = service.deploy?.restart_policy;
  if (policy) return { Name: policies[policy.condition ?? 'any'], MaximumRetryCount: policy.max_attempts };
  const restart = service['restart'];
  if (typeof restart !== 'string') return undefined;
  const [name = '', attempts] = restart.split(':');
  return { Name: policies[name] ?? name, MaximumRetryCount: attempts === undefined ? undefined : Number(attempts) };
}

function namespaces(wish: Wish): JsonObject {
  const { service } = wish;
  return {
    PidMode: shared(service['pid'], wish),
    IpcMode: shared(service['ipc'], wish),
    UTSMode: service['uts'],
    UsernsMode: service['userns_mode'],
    CgroupnsMode: service['cgroup'],
    CgroupParent: service['cgroup_parent'],
    VolumesFrom: ((service['volumes_from'] ?? []) as readonly string[]).map((from) => {
      if (from.startsWith('container:')) return from.slice('container:'.length);
      const [other = '', mode] = from.split(':');
      return `${wish.containers[other] ?? `<id of ${other}>`}${mode === undefined ? '' : `:${mode}`}`;
    }),
  };
}

function privileges(service: Service): JsonObject {
  return {
    Privileged: service['privileged'],
    CapAdd: service['cap_add'],
    CapDrop: service['cap_drop'],
    GroupAdd: service['group_add'],
    Sysctls: service['sysctls'],
    ReadonlyRootfs: service['read_only'],
    StorageOpt: service['storage_opt'],
    Annotations: service['annotations'],
    DeviceCgroupRules: service['device_cgroup_rules'],
    DeviceRequests: deviceRequests(service),
    Devices: ((service['devices'] ?? []) as readonly JsonObject[]).map(({ source, target, permissions }) => ({
      PathOnHost: source,
      PathInContainer: target ?? source,
      CgroupPermissions: permissions ?? 'rwm',
    })),
  };
}

/** GPUs and the like: `gpus`, and what `deploy` reserves. */
function deviceRequests(service: Service): readonly JsonObject[] {
  const reserved = service.deploy?.resources?.reservations?.['devices'];
  const all = [...((reserved ?? []) as readonly JsonObject[]), ...((service['gpus'] ?? []) as readonly JsonObject[])];
  const gpus = (service['gpus'] ?? []) as readonly JsonObject[];
  return all.map((device) => ({
    ...compact({
      Driver: device['driver'],
      Count: device['count'],
      DeviceIDs: device['device_ids'],
      Options: device['options'],
    }),
    Capabilities: [
      [
        ...new Set([
          ...((device['capabilities'] ?? []) as readonly string[]),
          ...(gpus.includes(device) ? ['gpu'] : []),
        ]),
      ],
    ],
  }));
}

function security(service: Service): { SecurityOpt: readonly string[]; unmasked: boolean } {
  const options = (service['security_opt'] ?? []) as readonly string[];
  return {
    SecurityOpt: options.filter((option) => option !== 'systempaths=unconfined'),
    unmasked: options.includes('systempaths=unconfined'),
  };
}

/** What `deploy.resources` says counts more. */
function resources(service: Service): JsonObject {
  const { limits, reservations } = service.deploy?.resources ?? {};
  const number = (key: string): number | undefined => (service[key] === undefined ? undefined : Number(service[key]));
  const cpus = limits?.cpus ?? number('cpus');
  return {
    Memory: limits?.memory === undefined ? number('mem_limit') : Number(limits.memory),
    MemoryReservation: reservations?.memory === undefined ? number('mem_reservation') : Number(reservations.memory),
    MemorySwap: number('memswap_limit'),
    MemorySwappiness: number('mem_swappiness'),
    OomKillDisable: service['oom_kill_disable'],
    OomScoreAdj: service['oom_score_adj'],
    NanoCpus: cpus === undefined ? undefined : Math.round(cpus * 1e9),
    CpuShares: service['cpu_shares'],
    CpuPeriod: number('cpu_period'),
    CpuQuota: number('cpu_quota'),
    CpuRealtimePeriod: number('cpu_rt_period'),
    CpuRealtimeRuntime: number('cpu_rt_runtime'),
    CpusetCpus: service['cpuset'],
    PidsLimit: limits?.pids ?? number('pids_limit'),
    ShmSize: number('shm_size'),
    Ulimits: Object.entries(
      (service['ulimits'] ?? {}) as Readonly<Record<string, number | { soft?: number; hard?: number }>>,
    ).map(([name, limit]) =>
      typeof limit === 'number'
        ? { Name: name, Soft: limit, Hard: limit }
        : { Name: name, Soft: limit.soft, Hard: limit.hard },
    ),
  };
}

function names(service: Service): JsonObject {
  return {
    Dns: service['dns'],
    DnsOptions: service['dns_opt'],
    DnsSearch: service['dns_search'],
    ExtraHosts: ((service['extra_hosts'] ?? []) as readonly string[]).map((entry) => entry.replace('=', ':')),
  };
}

function logging({ driver, options }: JsonObject): JsonObject {
  return { Type: driver ?? '', Config: options };
}

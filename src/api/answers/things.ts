/**
 * The things that engines tell of, as far as docker-tutor uses what is told. What a version or another engine leaves out
 * is a `maybe`: lists and maps without anything in them come as null (Go), fields may be older than the engine is not.
 */
import { fields, list, map, maybe } from './shape.ts';
import type { Shape } from './shape.ts';

const text = maybe('text');
const number = maybe('number');
const flag = maybe('flag');
const object = maybe('object');
const texts = maybe(list('text'));
const labels = maybe(map('text'));
const named = (more: Readonly<Record<string, Shape>>): Shape => maybe(fields(more));

const publishedPort = fields({ IP: text, PrivatePort: number, PublicPort: number, Type: text });

export const listedContainer = fields({
  Id: 'text',
  Names: texts,
  Image: 'text',
  ImageID: text,
  Command: text,
  Created: number,
  State: 'text',
  Status: text,
  Ports: maybe(list(publishedPort)),
  Labels: labels,
  Mounts: maybe(list(fields({ Type: text, Name: text, Source: text, Destination: text, Driver: text }))),
  NetworkSettings: named({ Networks: maybe(map(named({ NetworkID: text, IPAddress: text }))) }),
  SizeRw: number,
  SizeRootFs: number,
});

const ports = maybe(map(maybe(list(fields({ HostIp: text, HostPort: text })))));
const commandWords = maybe(list('text'));

export const container = fields({
  Id: 'text',
  Name: text,
  Image: text,
  RestartCount: number,
  State: fields({
    Status: 'text',
    Running: flag,
    Paused: flag,
    Restarting: flag,
    OOMKilled: flag,
    ExitCode: 'number',
    Error: text,
    StartedAt: text,
    FinishedAt: text,
    Health: named({ Status: text, Log: maybe(list(fields({ Output: text }))) }),
  }),
  Config: fields({
    Image: text,
    Cmd: commandWords,
    Env: texts,
    User: text,
    Tty: flag,
    OpenStdin: flag,
    Labels: labels,
  }),
  HostConfig: fields({
    AutoRemove: flag,
    RestartPolicy: named({ Name: text }),
    Memory: number,
    NanoCpus: number,
    CpuQuota: number,
    CpuPeriod: number,
    PidsLimit: number,
    NetworkMode: text,
    PortBindings: ports,
    Binds: texts,
    Mounts: maybe(list(fields({ Type: text, Source: text, Target: text }))),
  }),
  Mounts: maybe(
    list(fields({ Type: text, Name: text, Source: text, Destination: text, Driver: text, Mode: text, RW: flag })),
  ),
  NetworkSettings: named({
    Networks: maybe(map(named({ NetworkID: text, IPAddress: text, Aliases: texts, MacAddress: text }))),
    Ports: ports,
  }),
});

export const listedImage = fields({
  Id: 'text',
  ParentId: text,
  RepoTags: texts,
  RepoDigests: texts,
  Created: number,
  Size: number,
  SharedSize: number,
  Containers: number,
  Labels: labels,
});

const imageConfig = named({
  Cmd: commandWords,
  Env: texts,
  ExposedPorts: object,
  WorkingDir: text,
  User: text,
  Labels: labels,
  Healthcheck: named({ Test: texts }),
});

export const image = fields({
  Id: 'text',
  RepoTags: texts,
  RepoDigests: texts,
  RootFS: named({ Layers: texts }),
  Size: number,
  Created: text,
  Config: imageConfig,
});

export const layer = fields({ Id: text, Created: number, CreatedBy: text, Size: number, Comment: text, Tags: texts });

export const network = fields({
  Id: 'text',
  Name: 'text',
  Driver: 'text',
  Scope: text,
  Created: text,
  Internal: flag,
  Ingress: flag,
  Labels: labels,
  IPAM: named({ Config: maybe(list(fields({ Subnet: text, Gateway: text }))) }),
  Containers: maybe(map(named({ Name: text, IPv4Address: text }))),
});

export const volume = fields({
  Name: 'text',
  Driver: 'text',
  CreatedAt: text,
  Mountpoint: text,
  Scope: text,
  Labels: labels,
  Options: maybe(map('text')),
  UsageData: named({ Size: number, RefCount: number }),
});

const servicePort = fields({ Protocol: text, TargetPort: number, PublishedPort: number, PublishMode: text });

export const service = fields({
  ID: 'text',
  Version: fields({ Index: 'number' }),
  Spec: fields({
    Name: 'text',
    Labels: labels,
    TaskTemplate: 'object',
    Mode: named({
      Replicated: named({ Replicas: number }),
      Global: object,
      ReplicatedJob: named({ MaxConcurrent: number, TotalCompletions: number }),
      GlobalJob: object,
    }),
    UpdateConfig: object,
    RollbackConfig: object,
    EndpointSpec: object,
  }),
  Endpoint: named({ Spec: object, Ports: maybe(list(servicePort)) }),
  UpdateStatus: named({ State: text, Message: text, StartedAt: text, CompletedAt: text }),
  ServiceStatus: named({ RunningTasks: number, DesiredTasks: number, CompletedTasks: number }),
});

export const task = fields({
  ID: 'text',
  ServiceID: text,
  NodeID: text,
  Slot: number,
  DesiredState: 'text',
  Spec: named({ ContainerSpec: named({ Image: text }) }),
  Status: fields({
    State: 'text',
    Timestamp: text,
    Err: text,
    Message: text,
    PortStatus: named({ Ports: maybe(list(servicePort)) }),
  }),
});

const tls = named({ TrustRoot: text, CertIssuerSubject: text, CertIssuerPublicKey: text });

export const node = fields({
  ID: 'text',
  CreatedAt: text,
  Spec: named({ Name: text, Role: text, Availability: text, Labels: labels }),
  Status: named({ State: text, Message: text, Addr: text }),
  ManagerStatus: named({ Addr: text, Reachability: text, Leader: flag }),
  Description: named({
    Hostname: text,
    Platform: named({ OS: text, Architecture: text }),
    Resources: named({ NanoCPUs: number, MemoryBytes: number }),
    Engine: named({
      EngineVersion: text,
      Labels: labels,
      Plugins: maybe(list(fields({ Type: 'text', Name: 'text' }))),
    }),
    TLSInfo: tls,
  }),
});

export const swarm = fields({
  ID: text,
  CreatedAt: text,
  Version: named({ Index: number }),
  Spec: object,
  JoinTokens: named({ Worker: text, Manager: text }),
});

/** A secret or a config. */
export const piece = fields({ ID: 'text', Spec: named({ Name: text, Labels: labels }) });

export const info = fields({
  ID: text,
  Name: text,
  ServerVersion: text,
  SystemTime: text,
  DockerRootDir: text,
  Driver: text,
  DriverStatus: maybe(list(list('text'))),
  Plugins: named({ Volume: texts, Network: texts, Authorization: texts, Log: texts }),
  CDISpecDirs: texts,
  Runtimes: object,
  ContainerdCommit: named({ ID: text }),
  RuncCommit: named({ ID: text }),
  InitCommit: named({ ID: text }),
  SecurityOptions: texts,
  OSType: text,
  OperatingSystem: text,
  Architecture: text,
  NCPU: number,
  MemTotal: number,
  Labels: texts,
  Warnings: texts,
  RegistryConfig: named({
    InsecureRegistryCIDRs: texts,
    Mirrors: texts,
    IndexConfigs: maybe(map(fields({ Name: text, Secure: flag }))),
  }),
  DefaultAddressPools: maybe(list(fields({ Base: text, Size: number }))),
  Swarm: named({
    LocalNodeState: text,
    NodeID: text,
    NodeAddr: text,
    Error: text,
    ControlAvailable: flag,
    Managers: number,
    Nodes: number,
    RemoteManagers: maybe(list(fields({ Addr: text }))),
    Cluster: named({
      ID: text,
      CreatedAt: text,
      DefaultAddrPool: texts,
      TLSInfo: tls,
      Spec: named({
        Orchestration: object,
        Raft: object,
        Dispatcher: object,
        CAConfig: object,
        EncryptionConfig: object,
      }),
    }),
  }),
});

export const version = fields({
  Version: 'text',
  ApiVersion: 'text',
  MinAPIVersion: text,
  Platform: named({ Name: text }),
  GoVersion: text,
  GitCommit: text,
  BuildTime: text,
  Os: text,
  Arch: text,
  Experimental: flag,
  Components: maybe(list(fields({ Name: 'text', Version: 'text', Details: labels }))),
});

export const diskUsage = fields({
  LayersSize: number,
  Images: maybe(list(listedImage)),
  Containers: maybe(list(listedContainer)),
  Volumes: maybe(list(volume)),
  BuildCache: maybe(
    list(
      fields({
        ID: 'text',
        Type: 'text',
        Parent: text,
        Description: text,
        InUse: flag,
        Shared: flag,
        Size: number,
        CreatedAt: text,
        LastUsedAt: text,
        UsageCount: number,
      }),
    ),
  ),
});

/** A line of a pull, push, build or load. BuildKit's own have a text for `aux`. */
export const message = fields({
  status: text,
  id: text,
  progress: text,
  progressDetail: named({ current: number, total: number }),
  stream: text,
  aux: 'anything',
  error: text,
  errorDetail: named({ code: number, message: text }),
});

export const event = fields({
  Type: text,
  Action: text,
  Actor: named({ ID: text, Attributes: labels }),
  time: number,
  timeNano: number,
});

const cpu = named({
  cpu_usage: named({ total_usage: number, percpu_usage: maybe(list('number')) }),
  system_cpu_usage: number,
  online_cpus: number,
});

export const stats = fields({
  id: text,
  name: text,
  cpu_stats: cpu,
  precpu_stats: cpu,
  memory_stats: named({ usage: number, limit: number, stats: maybe(map('number')) }),
  networks: maybe(map(named({ rx_bytes: number, tx_bytes: number }))),
  blkio_stats: named({
    io_service_bytes_recursive: maybe(list(fields({ op: 'text', value: 'number' }))),
  }),
  pids_stats: named({ current: number }),
});

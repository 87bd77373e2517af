/** What requests reach for: every key of their bodies, and what hostile ones would hide there. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endpoints } from '../../../../src/api/endpoints/endpoint-of.ts';
import type { Endpoint } from '../../../../src/api/endpoints/endpoint.ts';
import { referencesOf } from '../../../../src/api/references/references-of.ts';
import type { JsonObject, Request } from '../../../../src/api/request.ts';

const post = (path: string, body: JsonObject, query?: Record<string, string>): Request => ({
  method: 'POST',
  path,
  body,
  ...(query && { query }),
});
const container = (host: JsonObject, more: JsonObject = {}) =>
  post('/containers/create', { ...more, HostConfig: host });
/** `kind:name` of each. */
const found = (request: Request): readonly string[] => referencesOf(request).map(({ of, name }) => `${of}:${name}`);
const refused = expect.objectContaining({ code: 'E-NOT-YOURS-TO-CHANGE', exitCode: 4 }) as Error;

/** `Resources` and `HostConfig`, as the reference of the Engine API 1.51 lists them, and those that 1.41 had besides. */
const hostKeys =
  `CpuShares Memory CgroupParent BlkioWeight BlkioWeightDevice BlkioDeviceReadBps BlkioDeviceWriteBps BlkioDeviceReadIOps
  BlkioDeviceWriteIOps CpuPeriod CpuQuota CpuRealtimePeriod CpuRealtimeRuntime CpusetCpus CpusetMems Devices DeviceCgroupRules
  DeviceRequests KernelMemory KernelMemoryTCP MemoryReservation MemorySwap MemorySwappiness NanoCpus OomKillDisable Init PidsLimit
  Ulimits CpuCount CpuPercent IOMaximumIOps IOMaximumBandwidth Binds ContainerIDFile LogConfig NetworkMode PortBindings RestartPolicy
  AutoRemove VolumeDriver VolumesFrom Mounts ConsoleSize Annotations CapAdd CapDrop CgroupnsMode Dns DnsOptions DnsSearch ExtraHosts
  GroupAdd IpcMode Cgroup Links OomScoreAdj PidMode Privileged PublishAllPorts ReadonlyRootfs SecurityOpt StorageOpt Tmpfs UTSMode
  UsernsMode ShmSize Sysctls Runtime Isolation MaskedPaths ReadonlyPaths`.split(/\s+/);

describe('a container', () => {
  test.each(hostKeys)('HostConfig.%s is known', (key) => {
    expect(referencesOf(container({ [key]: null }))).toEqual([]);
  });

  test.each<JsonObject>([
    { hostConfig: { Privileged: true } },
    { HostConfig: { privileged: true } },
    { HostConfig: { PRIVILEGED: true } },
    { HostConfig: { CapADD: ['ALL'] } },
    { HostConfig: { Mounts: [{ Type: 'bind', source: '/' }] } },
    { HostConfig: { Mounts: [{ Type: 'magic', Source: '/' }] } },
    { HostConfig: { Mounts: [{ Type: 'volume', Source: 'x', VolumeOptions: { DriverConfig: { opts: {} } } }] } },
    { HostConfig: { Binds: 'x:/y' } },
    { HostConfig: { PidMode: 'pod' } },
    { HostConfig: { UsernsMode: 'keep-id' } },
    { HostConfig: { NetworkMode: 'ns:/proc/1/ns/net' } },
    { NetworkingConfig: { EndpointsConfig: { web: { DriverOpts: { anything: '1' } } } } },
    { NetworkingConfig: { Endpoints: {} } },
  ])('%j is not sent: nobody knows all of it', (body) => {
    expect(() => referencesOf(post('/containers/create', body))).toThrow(refused);
  });

  test('whatever key it has, it is known or refused', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.jsonValue(), (key, value) => {
        fc.pre(!hostKeys.includes(key) && key !== 'Capabilities' && key !== '__proto__');
        expect(() => referencesOf(container({ [key]: value }))).toThrow(refused);
      }),
    );
  });

  test.each<[JsonObject, readonly string[]]>([
    [{ Image: 'busybox', Env: ['A=b'], Labels: { a: 'b' } }, ['image:busybox']],
    [{ HostConfig: { Binds: ['data:/d', '/etc:/e:ro', '/anonymous'] } }, ['volume:data', 'host-path:/etc']],
    [{ HostConfig: { Binds: ['C:\\data:/d'] } }, ['host-path:C:\\data']],
    [{ HostConfig: { Binds: ['d:/d'] } }, []],
    [{ HostConfig: { Mounts: [{ Type: 'volume', Source: 'data', ReadOnly: true, Target: '/d' }] } }, ['volume:data']],
    [{ HostConfig: { Mounts: [{ Type: 'volume', Target: '/d' }] } }, []],
    [{ HostConfig: { Mounts: [{ Type: 'image', Source: 'mine/app', Target: '/d' }] } }, ['image:mine/app']],
    [{ HostConfig: { Mounts: [{ Type: 'tmpfs', Target: '/d' }] } }, []],
    [{ HostConfig: { VolumesFrom: ['db', 'cache:ro'] } }, ['container:db', 'container:cache']],
    [{ HostConfig: { Links: ['db:database'] } }, ['container:db']],
    [{ HostConfig: { NetworkMode: 'bridge' } }, []],
    [{ HostConfig: { NetworkMode: 'default' } }, []],
    [{ HostConfig: { NetworkMode: 'none' } }, []],
    [{ HostConfig: { NetworkMode: 'host' } }, ['right:host-network']],
    [{ HostConfig: { NetworkMode: 'container:db' } }, ['container:db']],
    [{ HostConfig: { NetworkMode: 'shop' } }, ['network:shop']],
    [{ HostConfig: { PidMode: 'container:db', IpcMode: 'container:db' } }, ['container:db', 'container:db']],
    [{ HostConfig: { IpcMode: 'private', CgroupnsMode: 'private', UTSMode: '', PidMode: '' } }, []],
    [
      { HostConfig: { UTSMode: 'host', UsernsMode: 'host', CgroupnsMode: 'host' } },
      Array<string>(3).fill('right:privileged'),
    ],
    [{ HostConfig: { CapAdd: ['NET_RAW', 'cap_chown'] } }, []],
    [
      { HostConfig: { CapAdd: ['CAP_NET_ADMIN', 'all', 'IPC_LOCK'] } },
      ['capability:NET_ADMIN', 'right:privileged', 'capability:IPC_LOCK'],
    ],
    [{ HostConfig: { Runtime: 'runc' } }, []],
    [{ HostConfig: { Runtime: 'crun' } }, ['runtime:crun']],
    [{ HostConfig: { CgroupParent: '/' } }, ['right:privileged']],
    [{ HostConfig: { LogConfig: { Type: 'json-file', Config: { 'max-size': '1m' } } } }, []],
    [{ HostConfig: { LogConfig: { Type: '', Config: {} } } }, []],
    [
      { HostConfig: { LogConfig: { Type: 'syslog', Config: { 'syslog-address': 'tcp://h:1' } } } },
      ['log-driver:syslog'],
    ],
    [{ HostConfig: { LogConfig: { Type: '', Config: { 'syslog-address': 'tcp://h:1' } } } }, ['log-driver:default']],
    [{ HostConfig: { LogConfig: { Type: 'journald' } } }, ['log-driver:journald']],
    [{ HostConfig: { SecurityOpt: ['no-new-privileges', 'apparmor=docker-default', 'seccomp=builtin'] } }, []],
    [
      {
        HostConfig: {
          SecurityOpt: ['label=type:spc_t', 'seccomp={"defaultAction":"SCMP_ACT_ALLOW"}', 'no-new-privileges=false'],
        },
      },
      Array<string>(3).fill('right:privileged'),
    ],
    [{ HostConfig: { MaskedPaths: [] } }, ['right:privileged']],
    [{ HostConfig: { Sysctls: { 'net.core.somaxconn': '1', 'kernel.shmmax': '1', 'net/ipv4/ip_forward': '1' } } }, []],
    [{ HostConfig: { Sysctls: { 'kernel.core_pattern': '|/x' } } }, ['right:privileged']],
    [{ HostConfig: { ExtraHosts: ['db:10.0.0.1'] } }, []],
    [{ HostConfig: { ExtraHosts: ['machine:host-gateway'] } }, ['right:host-network']],
    [{ HostConfig: { Annotations: { 'org.systemd.property.X': '1' } } }, ['right:privileged']],
    [{ HostConfig: { Annotations: {}, Devices: [], DeviceRequests: [], Privileged: false } }, []],
    [{ HostConfig: { DeviceRequests: [{ Count: -1 }] } }, ['right:privileged']],
    [{ HostConfig: { VolumeDriver: 'vieux/sshfs' } }, ['driver:vieux/sshfs']],
    [{ HostConfig: { OomScoreAdj: -1000 } }, ['right:privileged']],
    [{ HostConfig: { OomScoreAdj: 500, StorageOpt: { size: '1G' } } }, []],
    [
      { NetworkingConfig: { EndpointsConfig: { shop: { Aliases: ['db'], Links: ['cache:c'] } } } },
      ['network:shop', 'container:cache'],
    ],
    [{ NetworkingConfig: { EndpointsConfig: { host: null } } }, ['right:host-network']],
  ])('%j reaches for %j', (body, references) => {
    expect(found(post('/containers/create', body))).toEqual(references);
  });
});

describe('the driver local mounts', () => {
  test.each<[JsonObject, readonly string[]]>([
    [{}, []],
    [{ size: '1m' }, []],
    [{ type: 'tmpfs', device: 'tmpfs' }, []],
    [{ type: 'tmpfs', device: 'tmpfs', o: 'size=1m,uid=1000,noexec' }, []],
    [{ type: 'tmpfs', device: '/', o: 'bind' }, ['host-path:/']],
    [{ type: 'tmpfs', device: '/', o: 'rbind,rw' }, ['host-path:/']],
    [{ type: 'nfs', device: '/etc', o: 'bind' }, ['host-path:/etc']],
    [{ type: 'none', device: '/etc', o: 'bind,ro' }, ['host-path:/etc']],
    [{ type: 'none', device: '/etc' }, ['host-path:/etc']],
    [{ device: '/etc', o: 'bind' }, ['host-path:/etc']],
    [{ type: 'tmpfs', device: 'tmpfs', o: 'remount' }, ['right:privileged']],
    [{ type: 'tmpfs', device: 'tmpfs', o: 'move' }, ['right:privileged']],
    [{ type: 'none', device: '/etc', o: 'bind,whatever=1' }, ['right:privileged']],
    [{ type: 'ext4', device: '/dev/sda1' }, ['right:privileged']],
    [{ type: 'overlay', device: 'overlay', o: 'lowerdir=/etc' }, ['right:privileged']],
    [{ type: 'proc', device: 'proc' }, ['right:privileged']],
    [{ type: 'nfs', device: ':/share', o: 'addr=10.0.0.5,rw' }, ['address:10.0.0.5:2049']],
    [{ type: 'nfs4', device: 'files.example:/share', o: 'rw,port=99' }, ['address:files.example:99']],
    [{ type: 'cifs', device: '//files.example/share', o: 'username=me' }, ['address:files.example:445']],
  ])('%j: %j', (options, references) => {
    expect(found(post('/volumes/create', { Name: 'v', DriverOpts: options }))).toEqual(references);
    const config = { DriverConfig: { Options: options } };
    expect(found(container({ Mounts: [{ Type: 'volume', Target: '/d', VolumeOptions: config }] }))).toEqual(references);
  });

  test('options that no driver knows are the engine’s to refuse', () => {
    expect(found(post('/volumes/create', { DriverOpts: { foo: 'bar', x: '' } }))).toEqual([]);
  });

  test('an option that Podman would read as another is not sent', () => {
    expect(() => referencesOf(post('/volumes/create', { DriverOpts: { Type: 'none' } }))).toThrow(refused);
  });
});

describe('what else is made', () => {
  test.each<[Request, readonly string[]]>([
    [post('/volumes/create', { Name: 'v', Driver: 'local' }), []],
    [post('/volumes/create', { Name: 'v', Driver: 'rexray/ebs' }), ['driver:rexray/ebs']],
    [post('/networks/create', { Name: 'n', Driver: 'bridge', IPAM: { Driver: 'default', Options: {} } }), []],
    [
      post('/networks/create', { Name: 'n', Driver: 'macvlan', Options: { parent: 'eth0' } }),
      ['right:host-network', 'right:host-network'],
    ],
    [post('/networks/create', { Name: 'n', Driver: 'weave' }), ['driver:weave']],
    [post('/networks/create', { Options: { 'com.docker.network.bridge.name': 'docker0' } }), ['right:host-network']],
    [post('/networks/create', { Options: { 'com.docker.network.driver.mtu': '1400' } }), []],
    [post('/networks/create', { IPAM: { Driver: 'infoblox' } }), ['driver:infoblox']],
    [post('/networks/create', { IPAM: { Config: [{ Subnet: '172.28.0.0/16' }, { Subnet: 'fd00:1::/64' }] } }), []],
    [post('/networks/create', { IPAM: { Config: [{ Subnet: '8.8.8.0/24' }] } }), ['right:host-network']],
    [post('/networks/create', { ConfigFrom: { Network: 'mine' } }), ['network:mine']],
    [
      post('/networks/net/connect', { Container: 'c', EndpointConfig: { Links: ['db:d'] } }),
      ['network:net', 'container:c', 'container:db'],
    ],
    [post('/networks/net/disconnect', { Container: 'c', Force: true }), ['network:net', 'container:c']],
    [post('/containers/c/exec', { Cmd: ['sh'], Privileged: true }), ['container:c', 'right:privileged']],
    [post('/containers/c/update', { Memory: 0, Devices: [], RestartPolicy: { Name: 'no' } }), ['container:c']],
    [post('/containers/c/start', {}, { 'checkpoint-dir': '/etc' }), ['container:c', 'host-path:/etc']],
    [post('/commit', {}, { container: 'c', repo: 'r' }), ['container:c']],
    [post('/build', {}, { t: 'x', networkmode: 'container:db' }), ['container:db']],
    [
      post('/build', {}, { networkmode: 'shop', cachefrom: '["mine/app"]' }),
      ['image:mine/app', 'network:shop'].reverse(),
    ],
    [post('/build', {}, { remote: 'http://localhost:8080/ctx.tar' }), ['address:localhost:8080']],
    [post('/build', {}, { remote: 'git@github.com:a/b.git' }), ['address:github.com:22']],
    [
      post('/build', {}, { cgroupparent: '/', securityopt: 'seccomp=unconfined' }),
      ['right:privileged', 'right:privileged'],
    ],
    [post('/images/create', {}, { fromSrc: 'https://x.example/a.tar' }), ['address:x.example:443']],
    [post('/images/create', {}, { fromSrc: '-', repo: 'r' }), []],
    [post('/images/create', {}, { fromImage: 'busybox', tag: 'latest' }), []],
    [post('/images/create', {}, { fromImage: 'localhost:5000/x' }), ['registry:localhost:5000']],
    [post('/images/create', {}, { fromImage: 'registry/x' }), []],
    [post('/images/create', {}, { fromImage: '10.0.0.5/x' }), ['registry:10.0.0.5']],
    [post('/images/create', {}, { fromImage: 'evil.example:5000/x' }), ['registry:evil.example:5000']],
    [post('/images/create', {}, { fromImage: 'ghcr.io/x/y' }), []],
    [post('/build', {}, { buildargs: '{"BUILDKIT_SYNTAX":"x"}' }), ['right:privileged']],
    [
      post('/images/localhost:5000/app/push', {}, { tag: '1' }),
      ['image:localhost:5000/app:1', 'registry:localhost:5000'],
    ],
    [post('/images/mine/app/push', {}), ['image:mine/app', 'registry:docker.io']],
    [post('/images/app/tag', {}, { repo: 'x' }), ['image:app']],
    [post('/auth', { serveraddress: 'https://index.docker.io/v1/' }), ['registry:docker.io']],
    [post('/auth', { serveraddress: 'Evil.example:5000' }), ['registry:evil.example:5000']],
    [{ method: 'GET', path: '/images/get', query: { names: 'a\nb' } }, ['image:a', 'image:b']],
    [{ method: 'GET', path: '/images/mine/app/json' }, ['image:mine/app']],
    [{ method: 'GET', path: '/distribution/localhost:5000/app/json' }, ['registry:localhost:5000']],
    [{ method: 'GET', path: '/images/search', query: { term: 'nginx' } }, []],
    [{ method: 'GET', path: '/images/search', query: { term: 'localhost:8080/x' } }, ['registry:localhost:8080']],
    [post('/swarm/join', { RemoteAddrs: ['10.0.0.1:2377'] }), ['right:swarm-init', 'address:10.0.0.1:2377']],
    [
      post('/services/create', {
        TaskTemplate: {
          ContainerSpec: {
            Image: 'busybox',
            Mounts: [{ Type: 'bind', Source: '/etc', Target: '/e' }],
            Secrets: [{ SecretID: 'abc', SecretName: 'key', File: { Name: 'key' } }],
            CapabilityAdd: ['CAP_SYS_ADMIN'],
            Privileges: { Seccomp: { Mode: 'unconfined' }, AppArmor: { Mode: 'default' } },
          },
          Networks: [{ Target: 'shop' }, { Target: 'host' }],
          LogDriver: { Name: 'gelf', Options: { 'gelf-address': 'udp://h:1' } },
          Runtime: 'plugin',
        },
      }),
      [
        ...['image:busybox', 'host-path:/etc', 'secret:key', 'right:privileged', 'right:privileged', 'network:shop'],
        ...['right:host-network', 'log-driver:gelf', 'runtime:plugin'],
      ],
    ],
  ])('%j reaches for %j', (request, references) => {
    expect(found(request)).toEqual(references);
  });

  test.each<Request>([
    post('/volumes/create', { ClusterVolumeSpec: { Group: 'x' } }),
    post('/networks/create', { Options: { something: 'else' } }),
    post('/networks/create', { IPAM: { Options: { x: 'y' } } }),
    post('/build', {}, { entitlements: '[]' }),
    post('/build', {}, { remote: 'ftp:x' }),
    post('/containers/c/exec', { privileged: true }),
    post('/containers/c/update', { Binds: ['/:/x'] }),
    post('/services/create', { TaskTemplate: { ContainerSpec: { Mount: [] } } }),
    { method: 'POST', path: '/nowhere' },
  ])('%j is not sent', (request) => {
    expect(() => referencesOf(request)).toThrow(refused);
  });
});

/** A lesson must not find out by an endpoint whose body nobody looks at. */
test('every endpoint whose row refers to nothing takes no body that names things', () => {
  const silent = (Object.entries(endpoints) as readonly [string, Endpoint][])
    .filter(([key, { refers, guard }]) => /^(?:POST|PUT) /.test(key) && refers === 'nothing' && guard !== 'refuse')
    .map(([key]) => key);
  expect(silent).toEqual([
    'POST /containers/prune',
    'PUT /containers/{id}/archive',
    'POST /containers/{id}/stop',
    'POST /containers/{id}/restart',
    'POST /containers/{id}/kill',
    'POST /containers/{id}/pause',
    'POST /containers/{id}/unpause',
    'POST /containers/{id}/rename',
    'POST /containers/{id}/wait',
    'POST /containers/{id}/resize',
    'POST /containers/{id}/attach',
    'POST /exec/{id}/start',
    'POST /exec/{id}/resize',
    'POST /images/load',
    'POST /images/prune',
    'POST /images/{name*}/tag',
    'POST /moby.buildkit.v1.Control/ListWorkers',
    'POST /moby.buildkit.v1.Control/DiskUsage',
    'POST /build/prune',
    'POST /networks/prune',
    'POST /volumes/prune',
    'POST /swarm/update',
    'POST /swarm/leave',
    'POST /nodes/{id}/update',
  ]);
});

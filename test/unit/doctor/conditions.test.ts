/** A condition a row, as recorded facts: the cause that is told, what it blocks, and that nothing else is wrong. */
import { describe, expect, test } from 'vitest';
import { EngineError } from '../../../src/api/request.ts';
import { causeFailure } from '../../../src/cause-failure.ts';
import { exitCodeOf, examine } from '../../../src/doctor/examine.ts';
import type { ProbeState } from '../../../src/doctor/probe.ts';
import { everyProbe, lookingProbes } from '../../../src/doctor/probes/all.ts';
import type { Performed } from '../../../src/doctor/world/world.ts';
import { engineFailure } from '../../../src/engine/problems.ts';
import { Failure } from '../../../src/failure.ts';
import type { FailureCode } from '../../../src/failure-codes.ts';
import { sha256 } from '../../../src/sha256.ts';
import { container } from '../../fixtures/recorded-engine.ts';
import { recordedWorld } from './recorded-world.ts';
import type { Recorded } from './recorded-world.ts';

interface Row {
  readonly condition: string;
  readonly recorded: Recorded;
  readonly probe: string;
  readonly state: ProbeState;
  readonly code?: FailureCode;
  readonly hint?: string;
}

const config = '/home/ada/.docker/config.json';
const broken = `/home/ada/.docker/contexts/meta/${sha256('lab')}/meta.json`;
const ofEngine = (id: Parameters<typeof causeFailure>[0]): Recorded => ({
  engine: {
    about: () =>
      Promise.reject(causeFailure(id, { args: { address: 'unix:///var/run/docker.sock', from: 'default' } })),
  },
});
const one = (more: object): Recorded => ({ answers: { '/containers/json': [{ ...container, ...more }] } });
const named = (code: 'E-STATE-FOLDER' | 'E-TEMP-FOLDER'): Recorded => ({
  world: { places: () => [new Failure('It cannot be used.', { code, exitCode: 4, args: { path: '/x' } })] },
});

const looked: readonly Row[] = [
  {
    condition: 'config.json is no JSON',
    recorded: { files: { [config]: '{"auths": {' } },
    probe: 'endpoint.config',
    state: 'fail',
    code: 'E-CONFIG-INVALID',
  },
  {
    condition: 'config.json is no JSON, and --host names the engine',
    recorded: { files: { [config]: '{' }, wish: { host: 'unix:///var/run/docker.sock' } },
    probe: 'endpoint.config',
    state: 'warn',
    code: 'E-CONFIG-INVALID',
  },
  {
    condition: 'DOCKER_HOST is no address',
    recorded: { env: { DOCKER_HOST: 'http://x:2375' } },
    probe: 'endpoint.chosen',
    state: 'fail',
    code: 'E-HOST-INVALID',
    hint: 'tcp://x:2375',
  },
  {
    condition: 'the context is not there',
    recorded: { env: { DOCKER_CONTEXT: 'lab' } },
    probe: 'endpoint.chosen',
    state: 'fail',
    code: 'E-CONTEXT-MISSING',
  },
  {
    condition: 'the context is broken',
    recorded: { env: { DOCKER_CONTEXT: 'lab' }, files: { [broken]: '{}' } },
    probe: 'endpoint.chosen',
    state: 'fail',
    code: 'E-CONTEXT-BROKEN',
  },
  {
    condition: 'no socket, in WSL without an engine of its own',
    recorded: { ...ofEngine('E-SOCKET-MISSING'), machine: { wsl: true, dockerd: false } },
    probe: 'engine.answers',
    state: 'fail',
    code: 'E-WSL-INTEGRATION',
    hint: 'WSL integration',
  },
  {
    condition: 'no socket, in WSL with an engine of its own',
    recorded: { ...ofEngine('E-SOCKET-MISSING'), machine: { wsl: true } },
    probe: 'engine.answers',
    state: 'fail',
    code: 'E-SOCKET-MISSING',
    hint: 'sudo systemctl start docker',
  },
  {
    condition: 'a stale socket, with systemd',
    recorded: ofEngine('E-DAEMON-DOWN'),
    probe: 'engine.answers',
    state: 'fail',
    code: 'E-DAEMON-DOWN',
    hint: 'sudo systemctl restart docker',
  },
  {
    condition: 'a stale socket, without systemd',
    recorded: { ...ofEngine('E-DAEMON-DOWN'), machine: { systemd: false } },
    probe: 'engine.answers',
    state: 'fail',
    code: 'E-DAEMON-DOWN',
    hint: 'sudo service docker restart',
  },
  {
    condition: 'an engine with Windows containers',
    recorded: { info: { OSType: 'windows' } },
    probe: 'engine.kind',
    state: 'fail',
    code: 'E-WINDOWS-CONTAINERS',
  },
  { condition: 'Podman', recorded: { flavour: 'podman' }, probe: 'engine.kind', state: 'warn', code: 'E-PODMAN' },
  {
    condition: 'its clock is ahead',
    recorded: { info: { SystemTime: '2026-06-01T12:05:00Z' } },
    probe: 'engine.clock',
    state: 'fail',
    code: 'E-CLOCK',
  },
  {
    condition: 'its clock is behind',
    recorded: { info: { SystemTime: '2026-05-30T12:00:00.123456789Z' } },
    probe: 'engine.clock',
    state: 'fail',
    code: 'E-CLOCK',
  },
  {
    condition: 'its clock is half a minute off',
    recorded: { info: { SystemTime: '2026-06-01T12:00:30Z' } },
    probe: 'engine.clock',
    state: 'pass',
  },
  {
    condition: 'it does not tell its time',
    recorded: { info: { SystemTime: undefined } },
    probe: 'engine.clock',
    state: 'unknown',
  },
  {
    condition: 'no memory limit',
    recorded: { info: { MemoryLimit: false, Warnings: ['WARNING: No memory limit support'] } },
    probe: 'engine.limits',
    state: 'warn',
    code: 'E-CGROUP',
  },
  {
    condition: 'cgroup v1',
    recorded: { info: { CgroupVersion: '1' } },
    probe: 'engine.cgroup',
    state: 'warn',
    code: 'E-CGROUP-V1',
  },
  {
    condition: 'the storage driver vfs',
    recorded: { info: { Driver: 'vfs' } },
    probe: 'engine.storage',
    state: 'warn',
    code: 'E-STORAGE-DRIVER',
  },
  {
    condition: 'a rootless engine',
    recorded: { info: { SecurityOptions: ['name=seccomp,profile=builtin', 'name=rootless'] } },
    probe: 'engine.rights',
    state: 'warn',
    code: 'E-ROOTLESS-LIMITS',
    hint: '-p 8080:80',
  },
  {
    condition: 'a warning of the engine’s own',
    recorded: { info: { Warnings: ['WARNING: API is accessible on http://0.0.0.0:2375 without encryption.'] } },
    probe: 'engine.warnings',
    state: 'warn',
  },
  {
    condition: 'bridges that the firewall does not see',
    recorded: { info: { Warnings: ['WARNING: bridge-nf-call-iptables is disabled'] } },
    probe: 'engine.warnings',
    state: 'warn',
  },
  {
    condition: 'a disk that is full',
    recorded: {
      world: { room: () => Promise.resolve({ free: 1_000_000, size: 10_000_000_000, freeFiles: 1e6, files: 2e6 }) },
    },
    probe: 'disk.room',
    state: 'fail',
    code: 'E-DISK-FULL',
    hint: 'docker system df',
  },
  {
    condition: 'a disk that is nearly full, and images that nothing names',
    recorded: {
      answers: { '/system/df': { Images: [{ RepoTags: null, Size: 2_000_000_000, Containers: 0 }] } },
      world: { room: () => Promise.resolve({ free: 3_000_000_000, size: 10_000_000_000, freeFiles: 1e6, files: 2e6 }) },
    },
    probe: 'disk.room',
    state: 'warn',
    code: 'E-DISK-LOW',
    hint: 'docker system prune',
  },
  {
    condition: 'a disk that is nearly full, and nothing to prune',
    recorded: {
      world: { room: () => Promise.resolve({ free: 3_000_000_000, size: 10_000_000_000, freeFiles: 1e6, files: 2e6 }) },
    },
    probe: 'disk.room',
    state: 'warn',
    code: 'E-DISK-LOW',
    hint: 'docker system df',
  },
  {
    condition: 'no inodes left',
    recorded: { world: { room: () => Promise.resolve({ free: 1e10, size: 1e11, freeFiles: 3, files: 2e6 }) } },
    probe: 'disk.inodes',
    state: 'fail',
    code: 'E-INODES',
    hint: 'df -i',
  },
  {
    condition: 'a disk on another machine',
    recorded: { info: { Name: 'elsewhere' } },
    probe: 'disk.inodes',
    state: 'unknown',
  },
  {
    condition: 'the state folder cannot be used',
    recorded: named('E-STATE-FOLDER'),
    probe: 'machine.places',
    state: 'fail',
    code: 'E-STATE-FOLDER',
  },
  {
    condition: 'the temporary folder cannot be used',
    recorded: named('E-TEMP-FOLDER'),
    probe: 'machine.places',
    state: 'fail',
    code: 'E-TEMP-FOLDER',
  },
  {
    condition: 'a snap, in a folder with a dot',
    recorded: { machine: { snap: true }, world: { cwd: '/home/ada/.work' } },
    probe: 'machine.snap',
    state: 'warn',
    code: 'E-SNAP',
  },
  {
    condition: 'a snap, elsewhere',
    recorded: { machine: { snap: true }, world: { cwd: '/srv' } },
    probe: 'machine.snap',
    state: 'warn',
    code: 'E-SNAP',
  },
  {
    condition: 'a kernel without memory control',
    recorded: { kernelWithout: 'MEMCG' },
    probe: 'machine.kernel',
    state: 'warn',
    code: 'E-CGROUP',
  },
  {
    condition: 'a kernel without NAT',
    recorded: { kernelWithout: 'NF_NAT' },
    probe: 'machine.kernel',
    state: 'warn',
    code: 'E-IPTABLES',
  },
  {
    condition: 'a kernel without overlay',
    recorded: { kernelWithout: 'OVERLAY_FS' },
    probe: 'machine.kernel',
    state: 'warn',
    code: 'E-STORAGE-DRIVER',
  },
  {
    condition: 'a kernel without virtual networks',
    recorded: { kernelWithout: 'VETH' },
    probe: 'machine.kernel',
    state: 'warn',
  },
  {
    condition: 'a kernel without namespaces of processes',
    recorded: { files: { '/proc/self/ns/pid': null } },
    probe: 'machine.kernel',
    state: 'warn',
  },
  {
    condition: 'a kernel that does not tell',
    recorded: { kernelSilent: true },
    probe: 'machine.kernel',
    state: 'unknown',
  },
  {
    condition: 'an engine with few files',
    recorded: { files: { '/proc/700/limits': 'Max open files            1024      1024      files\n' } },
    probe: 'machine.nofile',
    state: 'warn',
    code: 'E-NOFILE',
  },
  {
    condition: 'a shell with few files, and an engine elsewhere',
    recorded: {
      files: {
        '/run/docker.pid': null,
        '/proc/self/limits': 'Max open files            256      256      files\n',
      },
    },
    probe: 'machine.nofile',
    state: 'warn',
    code: 'E-NOFILE',
    hint: 'sudo prlimit --pid $$',
  },
  {
    condition: 'no forwarding',
    recorded: { files: { '/proc/sys/net/ipv4/ip_forward': '0\n' } },
    probe: 'machine.forwarding',
    state: 'fail',
    code: 'E-FORWARD-DROP',
    hint: 'sysctl -w net.ipv4.ip_forward=1',
  },
  {
    condition: 'the policy DROP, and no rule of the engine’s',
    recorded: { programs: { iptables: '-P FORWARD DROP\n' } },
    probe: 'machine.forwarding',
    state: 'warn',
    code: 'E-FORWARD-DROP',
  },
  {
    condition: 'the engine’s own chains are gone',
    recorded: {
      programs: { iptables: '-P FORWARD ACCEPT\n' },
      info: { FirewallBackend: { Driver: 'iptables' } },
      files: { '/sys/class/net/docker0': '' },
    },
    probe: 'machine.forwarding',
    state: 'fail',
    code: 'E-IPTABLES',
    hint: 'sudo systemctl restart docker',
  },
  {
    condition: 'the engine’s own chains are not listed, and neither are rules of another kind',
    recorded: {
      info: { FirewallBackend: { Driver: 'iptables' } },
      files: { '/sys/class/net/docker0': '' },
      world: {
        run: (program) =>
          recordedWorld()
            .run(program, [])
            .then((ran) =>
              ran && program === 'iptables'
                ? { ...ran, stdout: '-P FORWARD ACCEPT\n', stderr: '# Warning: iptables-legacy tables present\n' }
                : ran,
            ),
      },
    },
    probe: 'machine.forwarding',
    state: 'unknown',
  },
  {
    condition: 'no chains of the engine’s, whose network is another one',
    recorded: { programs: { iptables: '-P FORWARD ACCEPT\n' }, info: { FirewallBackend: { Driver: 'iptables' } } },
    probe: 'machine.forwarding',
    state: 'pass',
  },
  {
    condition: 'no forwarding, told to root',
    recorded: { files: { '/proc/sys/net/ipv4/ip_forward': '0\n' }, machine: { root: true } },
    probe: 'machine.forwarding',
    state: 'fail',
    code: 'E-FORWARD-DROP',
    hint: 'sysctl -w net.ipv4.ip_forward=1 (until the next start of the machine)',
  },
  {
    condition: 'rules that are closed to this user',
    recorded: { programs: { iptables: null } },
    probe: 'machine.forwarding',
    state: 'unknown',
  },
  {
    condition: 'no docker command',
    recorded: { programs: { '/usr/bin/docker': null } },
    probe: 'client.docker',
    state: 'warn',
    code: 'E-CLIENT-MISSING',
  },
  {
    condition: 'no compose',
    recorded: { programs: { '/usr/libexec/docker/cli-plugins/docker-compose': null } },
    probe: 'client.compose',
    state: 'warn',
    code: 'E-COMPOSE-MISSING',
  },
  {
    condition: 'no buildx',
    recorded: { programs: { '/usr/libexec/docker/cli-plugins/docker-buildx': null } },
    probe: 'client.buildx',
    state: 'warn',
    code: 'E-BUILDX-MISSING',
  },
  {
    condition: 'a plugin that is none',
    recorded: { programs: { '/usr/libexec/docker/cli-plugins/docker-buildx': 'hello' } },
    probe: 'client.buildx',
    state: 'warn',
    code: 'E-BUILDX-MISSING',
  },
  {
    condition: 'a plugin in the home folder comes first',
    recorded: { programs: { '/home/ada/.docker/cli-plugins/docker-compose': '{"Version":"v5.0.0"}' } },
    probe: 'client.compose',
    state: 'pass',
  },
  {
    condition: 'a docker command that is too new',
    recorded: {
      programs: { '/usr/bin/docker': 'Docker version 29.1.0, build x\n' },
      version: { ApiVersion: '1.41', Version: '20.10.24' },
    },
    probe: 'client.versions',
    state: 'warn',
    hint: 'upgrade the engine',
  },
  {
    condition: 'a docker command that is too old',
    recorded: {
      programs: { '/usr/bin/docker': 'Docker version 20.10.5, build x\n' },
      version: { MinAPIVersion: '1.44' },
    },
    probe: 'client.versions',
    state: 'warn',
    hint: 'upgrade the docker command',
  },
  {
    condition: 'in the group from the next login on',
    recorded: { machine: { dockerGroup: 'next-login' } },
    probe: 'client.group',
    state: 'warn',
    hint: 'newgrp docker',
  },
  {
    condition: 'a login helper that is not there',
    recorded: { files: { [config]: '{"credsStore":"desktop"}' } },
    probe: 'client.helpers',
    state: 'fail',
    code: 'E-CRED-HELPER',
  },
  {
    condition: 'a login helper that prints something else',
    recorded: {
      files: { [config]: '{"credsStore":"desktop"}' },
      programs: { '/usr/bin/docker-credential-desktop': '', 'docker-credential-desktop': '<html>' },
    },
    probe: 'client.helpers',
    state: 'warn',
    code: 'E-CRED-HELPER',
    hint: 'docker-credential-desktop list',
  },
  {
    condition: 'a login helper that does not end',
    recorded: {
      files: { [config]: '{"credHelpers":{"gcr.io":"gcloud"}}' },
      programs: { '/usr/bin/docker-credential-gcloud': '' },
    },
    probe: 'client.helpers',
    state: 'warn',
    code: 'E-CRED-HELPER',
    hint: 'remove "credHelpers"',
  },
  {
    condition: 'a login helper that keeps two logins',
    recorded: {
      files: { [config]: '{"credsStore":"desktop"}' },
      programs: { '/usr/bin/docker-credential-desktop': '', 'docker-credential-desktop': '{"a":"b","c":"d"}' },
    },
    probe: 'client.helpers',
    state: 'pass',
  },
  {
    condition: 'a helper for one registry that is not there',
    recorded: { files: { [config]: '{"credHelpers":{"gcr.io":"gcloud"}}' } },
    probe: 'client.helpers',
    state: 'fail',
    code: 'E-CRED-HELPER',
  },
  {
    condition: 'the engine has a proxy, its containers none',
    recorded: { info: { HttpProxy: 'http://proxy:3128' } },
    probe: 'client.proxies',
    state: 'warn',
    code: 'E-PROXY-CONTAINER',
  },
  {
    condition: 'the shell has a proxy, the engine none',
    recorded: { env: { https_proxy: 'http://proxy:3128' } },
    probe: 'client.proxies',
    state: 'warn',
  },
  {
    condition: 'engine and containers have one',
    recorded: {
      info: { HttpProxy: 'http://proxy:3128' },
      files: { [config]: '{"proxies":{"default":{"httpProxy":"http://proxy:3128"}}}' },
    },
    probe: 'client.proxies',
    state: 'pass',
  },
  {
    condition: 'a container that begins over and over',
    recorded: one({ State: 'restarting', Status: 'Restarting (1) 3 seconds ago' }),
    probe: 'containers.running',
    state: 'warn',
    code: 'E-EXITED',
    hint: 'docker logs web',
  },
  {
    condition: 'an unhealthy container',
    recorded: one({ Status: 'Up 2 minutes (unhealthy)' }),
    probe: 'containers.health',
    state: 'warn',
    code: 'E-UNHEALTHY',
  },
  {
    condition: 'a container that was killed for its memory',
    recorded: {
      answers: {
        '/containers/json': [{ ...container, State: 'exited', Status: 'Exited (137) 1 minute ago' }],
        [`/containers/${String(container['Id'])}/json`]: {
          State: { OOMKilled: true },
          HostConfig: { Memory: 6_000_000 },
        },
      },
    },
    probe: 'containers.memory',
    state: 'warn',
    code: 'E-OOM',
  },
  {
    condition: 'a container that was killed by somebody',
    recorded: {
      answers: {
        '/containers/json': [{ ...container, State: 'exited', Status: 'Exited (137) 1 minute ago' }],
        [`/containers/${String(container['Id'])}/json`]: { State: { OOMKilled: false } },
      },
    },
    probe: 'containers.memory',
    state: 'pass',
  },
  {
    condition: 'runs that were cut short',
    recorded: { wish: { lab: true }, engine: { leftBehind: () => Promise.resolve(2) } },
    probe: 'containers.left',
    state: 'warn',
    code: 'E-NOT-CLEANED',
    hint: 'docker-tutor clean --lab',
  },
  {
    condition: 'the connection is lost on the way',
    recorded: { answers: { '/info': causeFailure('E-ENGINE-LOST') } },
    probe: 'engine.info',
    state: 'fail',
    code: 'E-ENGINE-LOST',
  },
];

/** As an engine says no to a question about a registry. */
const refused = (words: string, status = 500): Recorded => ({
  answers: {
    '/distribution/busybox:latest/json': engineFailure(
      new EngineError(words, status, { method: 'GET', path: '/distribution/busybox:latest/json' }),
    ),
  },
  deep: {
    perform: doing('pull', {
      failure: engineFailure(
        new EngineError(words, status, {
          method: 'POST',
          path: '/images/create',
          query: { fromImage: 'busybox', tag: 'latest' },
        }),
      ),
    }),
  },
});
/** Where a line has this in it, it comes to something else. */
function doing(part: string | RegExp, performed: Partial<Performed>): (line: string) => Promise<Performed> {
  return (line) => {
    const well = { exitCode: 0, stdout: line.startsWith('port ') ? ':32768\n' : 'doctor-1\n', stderr: '' };
    const isThis = typeof part === 'string' ? line.startsWith(part) : part.test(line);
    return Promise.resolve(isThis ? { exitCode: 1, stdout: '', stderr: '', ...performed } : well);
  };
}
const registry = (condition: string, words: string, code: FailureCode, status?: number): Row => ({
  condition,
  recorded: refused(words, status),
  probe: 'deep.registry',
  state: 'fail',
  code,
});

const deep: readonly Row[] = [
  registry(
    'the engine resolves no names',
    'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 127.0.0.53:53: no such host',
    'E-DNS-DAEMON',
  ),
  registry(
    'the engine’s proxy is gone',
    'Get "https://registry-1.docker.io/v2/": proxyconnect tcp: dial tcp 10.0.0.1:3128: connect: connection refused',
    'E-PROXY-DAEMON',
  ),
  registry(
    'the registry is not reached',
    'Get "https://registry-1.docker.io/v2/": dial tcp 1.2.3.4:443: i/o timeout',
    'E-PROXY-DAEMON',
  ),
  registry(
    'no pulls are left',
    'toomanyrequests: You have reached your unauthenticated pull rate limit.',
    'E-RATE-LIMIT',
    429,
  ),
  registry(
    'a registry in plain http',
    'Get "https://mirror:5000/v2/": http: server gave HTTP response to HTTPS client',
    'E-REGISTRY-HTTP',
  ),
  registry(
    'a registry of an unknown authority',
    'Get "https://registry-1.docker.io/v2/": x509: certificate signed by unknown authority',
    'E-REGISTRY-CA',
  ),
  registry(
    'a sign-in page answers',
    "error parsing HTTP 200 response body: invalid character '<' looking for beginning of value",
    'E-NOT-A-REGISTRY',
  ),
  {
    condition: 'few pulls are left',
    recorded: { deep: { pullsLeft: () => Promise.resolve({ left: 3, of: 100 }) } },
    probe: 'deep.rate',
    state: 'warn',
    code: 'E-RATE-LIMIT',
  },
  {
    condition: 'Docker Hub is not reached from here',
    recorded: { deep: { pullsLeft: () => Promise.resolve(undefined) } },
    probe: 'deep.rate',
    state: 'unknown',
  },
  {
    condition: 'the image is for another processor',
    recorded: { deep: { perform: doing('run', { failure: causeFailure('E-EXEC-FORMAT') }) } },
    probe: 'deep.run',
    state: 'fail',
    code: 'E-EXEC-FORMAT',
  },
  {
    condition: 'no step of a build runs',
    recorded: { deep: { perform: doing('build', { failure: causeFailure('E-BUILD-FAILED') }) } },
    probe: 'deep.build',
    state: 'fail',
    code: 'E-BUILD-FAILED',
  },
  {
    condition: 'a volume forgets',
    recorded: { deep: { perform: doing(/cat \/data/, { exitCode: 1, stderr: 'cat: no such file\n' }) } },
    probe: 'deep.volume',
    state: 'fail',
    code: 'E-EXITED',
  },
  {
    condition: 'a folder that the engine does not see',
    recorded: {
      deep: { perform: doing(/cat \/x/, { stderr: "cat: can't open '/x/token': No such file or directory\n" }) },
    },
    probe: 'deep.bind',
    state: 'fail',
    code: 'E-REMOTE-BIND',
  },
  {
    condition: 'a folder that is closed to the container',
    recorded: { deep: { perform: doing(/cat \/x/, { stderr: "cat: can't open '/x/token': Permission denied\n" }) } },
    probe: 'deep.bind',
    state: 'fail',
    code: 'E-MOUNT-DENIED',
  },
  {
    condition: 'a folder that SELinux keeps the container out of',
    recorded: {
      files: { '/sys/fs/selinux/enforce': '1' },
      deep: { perform: doing(/cat \/x/, { stderr: "cat: can't open '/x/token': Permission denied\n" }) },
    },
    probe: 'deep.bind',
    state: 'fail',
    code: 'E-SELINUX',
  },
  {
    condition: 'a published port is silent, and the server is not',
    recorded: { deep: { page: () => Promise.resolve(undefined) } },
    probe: 'deep.port',
    state: 'fail',
    code: 'E-FORWARD-DROP',
  },
  {
    condition: 'a published port, asked from a container',
    recorded: { machine: { inContainer: true }, deep: { page: () => Promise.resolve(undefined) } },
    probe: 'deep.port',
    state: 'unknown',
  },
  {
    condition: 'no addresses for one more network',
    recorded: { deep: { perform: doing('network create', { failure: causeFailure('E-POOLS-EXHAUSTED') }) } },
    probe: 'deep.names',
    state: 'fail',
    code: 'E-POOLS-EXHAUSTED',
  },
  {
    condition: 'containers resolve no names outside',
    recorded: { deep: { perform: doing(/nslookup/, { exitCode: 1 }) } },
    probe: 'deep.outside',
    state: 'fail',
    code: 'E-PROXY-CONTAINER',
  },
  {
    condition: 'a mirror that lacks the image, before a registry that may have it',
    recorded: {
      info: { RegistryConfig: { Mirrors: ['http://127.0.0.1:5000/'] } },
      answers: {
        '/distribution/busybox:latest/json': causeFailure('E-TAG-NOT-FOUND', { args: { image: 'busybox:latest' } }),
      },
    },
    probe: 'deep.registry',
    state: 'unknown',
  },
  {
    condition: 'a mirror answers for the registry',
    recorded: { info: { RegistryConfig: { Mirrors: ['http://127.0.0.1:5000/'] } } },
    probe: 'deep.outside',
    state: 'unknown',
  },
];

/** What needs a probe, straight or by others. */
function dependants(id: string): ReadonlySet<string> {
  const found = new Set([id]);
  for (const known of found) for (const probe of everyProbe) if (probe.needs.includes(known)) found.add(probe.id);
  found.delete(id);
  return found;
}

describe.each([
  { what: 'looking', rows: looked, probes: lookingProbes },
  { what: 'trying out', rows: deep, probes: everyProbe },
])('by $what', ({ rows, probes }) => {
  test('a machine on which nothing is wrong passes', async () => {
    const results = await examine(probes, recordedWorld());
    expect(results.filter(({ state }) => state !== 'pass')).toEqual([]);
  });

  test.each(rows)('$condition: $probe $state $code', async ({ recorded, probe, state, code, hint }) => {
    const results = await examine(probes, recordedWorld(recorded));
    const result = results.find((other) => other.probe === probe);
    expect(result).toMatchObject({ state, ...(code && { code }) });
    expect(result?.observed).toBeTruthy();
    if (hint !== undefined) expect(result?.hints.join('\n')).toContain(hint);
    if (recorded.machine?.root) expect(result?.hints.join('\n')).not.toMatch(/^sudo /m);
    if (state === 'fail') expect(result?.hints.length).toBeGreaterThan(0);
    const others = results.filter((other) => other !== result && other.state !== 'pass');
    const blocks = state === 'fail' || state === 'unknown' ? dependants(probe) : new Set<string>();
    const byIt = others.filter(({ state: theirs, blockedBy }) => theirs === 'blocked' && blockedBy === probe);
    expect(
      [...blocks]
        .filter((id) => probes.some((one) => one.id === id))
        .filter((id) => !byIt.some((one) => one.probe === id)),
    ).toEqual([]);
    // what an engine cannot tell is unknown; nothing else is wrong
    expect(others.filter((other) => !byIt.includes(other) && other.state !== 'unknown')).toEqual([]);
    expect(exitCodeOf(results)).toBe(state === 'fail' ? 4 : 0);
    expect(result?.hints.join('\n')).not.toMatch(/chmod|666/);
  });
});

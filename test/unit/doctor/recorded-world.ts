/** A machine on which nothing is wrong, as recorded facts; a test changes those it is about. */
import type { Machine } from '../../../src/causes/facts.ts';
import type { World } from '../../../src/doctor/world/world.ts';
import { resolveEndpoint } from '../../../src/engine/connect/endpoint.ts';
import type { EngineAbout } from '../../../src/engine/engine.ts';
import { laptop } from '../../fixtures/laptop.ts';
import { container, diskUsage, info, version } from '../../fixtures/recorded-engine.ts';

/** Milliseconds since 1970. */
const now = Date.UTC(2026, 5, 1, 12);

const kernelOptions =
  'NAMESPACES NET_NS PID_NS IPC_NS UTS_NS KEYS POSIX_MQUEUE CGROUPS MEMCG CGROUP_SCHED CPUSETS CGROUP_PIDS VETH BRIDGE NF_NAT NETFILTER_XT_MATCH_ADDRTYPE NETFILTER_XT_MATCH_CONNTRACK OVERLAY_FS'.split(
    ' ',
  );

export interface Recorded {
  readonly env?: Readonly<Record<string, string>>;
  readonly machine?: Partial<Machine>;
  /** Texts by path; null: it is not there. */
  readonly files?: Readonly<Record<string, string | null>>;
  /** Programs by path, and what they print; null: it is not there. */
  readonly programs?: Readonly<Record<string, string | null>>;
  readonly info?: Readonly<Record<string, unknown>>;
  readonly version?: Readonly<Record<string, unknown>>;
  /** Answers by path. */
  readonly answers?: Readonly<Record<string, unknown>>;
  readonly kernelWithout?: string;
  /** The kernel does not tell how it was made. */
  readonly kernelSilent?: boolean;
  readonly flavour?: EngineAbout['flavour'];
  readonly world?: Partial<World>;
  readonly engine?: Partial<World['engine']>;
  readonly deep?: Partial<World['deep']>;
  readonly wish?: World['wish'];
}

const files: Readonly<Record<string, string>> = {
  '/proc/sys/net/ipv4/ip_forward': '1\n',
  '/proc/sys/kernel/osrelease': '6.12.0\n',
  '/proc/self/limits': 'Max open files            1024                 1048576              files\n',
  '/run/docker.pid': '700\n',
  '/proc/700/comm': 'dockerd\n',
  '/proc/700/limits': 'Max open files            1048576              1048576              files\n',
  ...Object.fromEntries(['net', 'pid', 'ipc', 'uts', 'mnt'].map((name) => [`/proc/self/ns/${name}`, ''])),
  '/var/lib/docker': '',
};

const plugins = '/usr/libexec/docker/cli-plugins';
const programs: Readonly<Record<string, string>> = {
  '/usr/bin/docker': 'Docker version 28.5.2, build ecc6942\n',
  [`${plugins}/docker-compose`]: '{"SchemaVersion":"0.1.0","Vendor":"Docker Inc.","Version":"v2.40.3"}',
  [`${plugins}/docker-buildx`]: '{"SchemaVersion":"0.1.0","Vendor":"Docker Inc.","Version":"v0.29.1"}',
  iptables: '-P FORWARD DROP\n-A FORWARD -j DOCKER-USER\n-A FORWARD -j DOCKER-FORWARD\n',
};

export function recordedWorld(recorded: Recorded = {}): World {
  const { env = {}, deep, engine, flavour = 'docker' } = recorded;
  const allFiles = { ...files, ...recorded.files };
  const allPrograms = { ...programs, ...recorded.programs };
  const allEnv = { PATH: '/usr/bin', ...env };
  const text = (path: string): string | undefined => allFiles[path] ?? undefined;
  const wish = recorded.wish ?? {};
  const answers: Readonly<Record<string, unknown>> = {
    '/info': { ...info, SystemTime: new Date(now).toISOString(), ...recorded.info },
    '/version': { ...version, ...recorded.version },
    '/system/df': diskUsage,
    '/containers/json': [container],
    '/images/json': [],
    '/distribution/busybox:latest/json': { Descriptor: {}, Platforms: [] },
    ...recorded.answers,
  };
  return {
    env: allEnv,
    home: '/home/ada',
    cwd: '/home/ada',
    hostName: 'workshop',
    machine: { ...laptop, ...recorded.machine },
    signal: new AbortController().signal,
    wish,
    now: () => now,
    text,
    configFiles: { read: text, folders: () => [] },
    exists: (path) => text(path) !== undefined,
    isProgram: (path) => typeof allPrograms[path] === 'string',
    run: (program) => {
      const printed = allPrograms[program] ?? undefined;
      return Promise.resolve(printed === undefined ? undefined : { code: 0, stdout: printed, stderr: '' });
    },
    room: () =>
      Promise.resolve({ free: 50_000_000_000, size: 100_000_000_000, freeFiles: 1_000_000, files: 2_000_000 }),
    kernelConfig: () =>
      recorded.kernelSilent
        ? undefined
        : {
            path: '/proc/config.gz',
            text: kernelOptions
              .filter((name) => name !== recorded.kernelWithout)
              .map((name) => `CONFIG_${name}=y\n`)
              .join(''),
          },
    places: () => [],
    ...recorded.world,
    engine: {
      endpoint: () =>
        resolveEndpoint(wish, {
          env: allEnv,
          home: '/home/ada',
          platform: 'linux',
          files: { read: text, folders: () => [] },
        }),
      about: () => Promise.resolve({ version: '28.5.2', apiVersion: '1.51', told: {}, flavour }),
      get: (path) => {
        const answer = answers[path];
        if (answer instanceof Error) return Promise.reject(answer);
        return Promise.resolve(answer);
      },
      leftBehind: () => Promise.resolve(0),
      ...engine,
    },
    deep: {
      name: 'doctor-1',
      folder: () => '/tmp/doctor-1',
      perform: (line) => Promise.resolve({ exitCode: 0, stdout: printedBy(line), stderr: '' }),
      page: () => Promise.resolve({ status: 200 }),
      pullsLeft: () => Promise.resolve({ left: 90, of: 100 }),
      ...deep,
    },
  };
}

function printedBy(line: string): string {
  return line.startsWith('port ') ? '0.0.0.0:32768\n' : 'doctor-1\n';
}

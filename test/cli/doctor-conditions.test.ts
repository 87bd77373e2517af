/** Conditions made on this machine, a row each: doctor names the cause, blocks what depends on it, and finds nothing else. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { hostname } from 'node:os';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ProbeResult } from '../../src/doctor/probe.ts';
import { sha256 } from '../../src/sha256.ts';
import { container } from '../fixtures/recorded-engine.ts';
import { engineServer, refusing, served, servers, tlsEngineServer, tlsFolder } from './doctor-engine.ts';
import type { RecordedAnswers } from './doctor-engine.ts';
import { bin, environment, lacking, temporaryFolder } from './process.ts';

const scratch = temporaryFolder();
const open = servers();
/** Of the test that runs: its home is in it. */
let folder: string;
let count = 0;

interface Start {
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** What starts the program. */
  readonly before?: readonly string[];
}

interface Told {
  readonly code: number | null;
  readonly probes: readonly ProbeResult[];
}

interface Row {
  readonly condition: string;
  readonly code: string;
  readonly probe: string;
  readonly state?: ProbeResult['state'];
  /** What its explanation says of this very case. */
  readonly tells?: string;
  /** What is to be done first. */
  readonly hint?: string;
  /** Why it cannot be made here. */
  readonly skip?: string | undefined;
  /** Probes that cannot be looked at in this condition, beside those that it blocks. */
  readonly besides?: readonly string[];
  make(): Promise<Start> | Start;
}

function begin(): void {
  count += 1;
  folder = join(scratch.path, String(count));
  const plugins = join(folder, 'home/.docker/cli-plugins');
  mkdirSync(plugins, { recursive: true });
  mkdirSync(join(folder, 'tools'));
  const tool = (path: string, prints: string): void => {
    writeFileSync(path, `#!/bin/sh\necho '${prints}'\n`, { mode: 0o755 });
  };
  tool(join(folder, 'tools/docker'), 'Docker version 28.5.2, build ecc6942');
  for (const name of ['compose', 'buildx']) tool(join(plugins, `docker-${name}`), '{"Version":"v2.40.3"}');
}

async function doctor({ env = {}, args = [], before = [] }: Start): Promise<Told> {
  const all = environment({
    HOME: join(folder, 'home'),
    PATH: `${join(folder, 'tools')}:${process.env['PATH'] ?? ''}`,
    DOCKER_TUTOR_HOME: join(folder, 'state'),
    ...env,
  });
  const [program = '', ...words] = [...before, process.execPath, bin, 'doctor', '--json', ...args];
  const child = spawn(program, words, { env: all, stdio: ['ignore', 'pipe', 'inherit'], timeout: 60_000, cwd: '/' });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...(JSON.parse(printed) as { probes: readonly ProbeResult[] }) };
}

/** An engine that answers as recorded. */
async function engine(recorded: RecordedAnswers = {}, more: Start = {}): Promise<Start> {
  const address = await open.listen(engineServer(recorded), join(folder, 'engine.sock'));
  return { ...more, env: { DOCKER_HOST: address, ...more.env } };
}

const told = (state: ProbeResult['state'], probes: readonly ProbeResult[]): readonly string[] =>
  probes.filter((one) => one.state === state).map(({ probe, code }) => `${probe} ${code ?? ''}`.trim());

const isRoot = process.getuid?.() === 0;
const noSetpriv = isRoot ? lacking('setpriv') : 'not root';
const nobody = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'];
const noMount =
  isRoot && spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0
    ? undefined
    : 'no file system can be mounted here';
/** A small disk for the program alone, in whose place the engine's data would lie. */
const disk = (options: string): readonly string[] => [
  ...[
    'unshare',
    '--mount',
    'sh',
    '-c',
    `mount -t tmpfs -o ${options} none '${join(folder, 'data')}' && exec "$@"`,
    'sh',
  ],
];
async function onDisk(options: string): Promise<Start> {
  mkdirSync(join(folder, 'data'));
  return engine({ info: { Name: hostname(), DockerRootDir: join(folder, 'data') } }, { before: disk(options) });
}

const context = (meta: string): Start => {
  const place = join(folder, 'home/.docker/contexts/meta', sha256('class'));
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'meta.json'), meta);
  return { env: { DOCKER_CONTEXT: 'class' } };
};
const config = (text: string): void => writeFileSync(join(folder, 'home/.docker/config.json'), text);

/** The same for a user who has a folder to write to, and no rights but those of everybody. */
function asNobody(start: Start): Start {
  for (const path of [scratch.path, folder]) chmodSync(path, 0o755);
  mkdirSync(join(folder, 'open'));
  chmodSync(join(folder, 'open'), 0o777);
  return { ...start, before: nobody, env: { ...start.env, DOCKER_TUTOR_HOME: join(folder, 'open/state') } };
}

/** An engine that speaks TLS, and what this side has of it. */
async function tls(
  name: string,
  options: { readonly ca?: string; readonly wants?: boolean; readonly client?: boolean } = {},
): Promise<Start> {
  const wants = options.wants ? { requestCert: true, rejectUnauthorized: true } : {};
  const address = await open.listen(tlsEngineServer(served(name, wants)));
  return { env: { DOCKER_HOST: address, ...certificates(options.ca) } };
}
function certificates(ca = 'ca'): Readonly<Record<string, string>> {
  const place = join(folder, 'certs');
  mkdirSync(place);
  writeFileSync(join(place, 'ca.pem'), readFileSync(join(tlsFolder, `${ca}.pem`)));
  return { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: place };
}

/** An ssh that says this, and ends so. */
function ssh(says: string, code: number): Start {
  writeFileSync(join(folder, 'tools/ssh'), `#!/bin/sh\necho '${says}' >&2\nexit ${String(code)}\n`, { mode: 0o755 });
  return { env: { DOCKER_HOST: 'ssh://ada@lab07' } };
}

async function stale(): Promise<Start> {
  const server = createServer();
  await open.listen(server, join(folder, 'a.sock'));
  linkSync(join(folder, 'a.sock'), join(folder, 'stale.sock'));
  await open.close();
  return { env: { DOCKER_HOST: `unix://${join(folder, 'stale.sock')}` } };
}

/** A folder that is found empty where docker and its plugins are looked for; node is started by its path. */
function bare(): Readonly<Record<string, string>> {
  mkdirSync(join(folder, 'empty'));
  return { HOME: join(folder, 'empty'), PATH: join(folder, 'empty') };
}
const globalPlugins = ['/usr/local/lib', '/usr/local/libexec', '/usr/lib', '/usr/libexec'].map(
  (at) => `${at}/docker/cli-plugins`,
);
const noPlugins = globalPlugins.some((at) => spawnSync('test', ['-d', at]).status === 0)
  ? 'plugins are installed for all users here'
  : undefined;
const noForwarding = ['machine.forwarding'];

const one = (more: object): RecordedAnswers => ({ answers: { '/containers/json': [{ ...container, ...more }] } });
const id = String(container['Id']);

const rows: readonly Row[] = [
  {
    condition: 'no socket',
    code: 'E-SOCKET-MISSING',
    probe: 'engine.answers',
    make: () => ({ env: { DOCKER_HOST: `unix://${join(folder, 'none.sock')}` } }),
  },
  {
    condition: 'a lab that is not up',
    code: 'E-SOCKET-MISSING',
    probe: 'engine.answers',
    hint: 'docker-tutor lab up',
    make: () => ({ args: ['--lab'], env: { DOCKER_TUTOR_LAB_DIR: join(folder, 'lab') } }),
  },
  {
    condition: 'a socket that is closed to this user',
    code: 'E-SOCKET-DENIED',
    probe: 'engine.answers',
    tells: 'belongs to root and the group root, and its permissions (000) let nobody else in',
    skip: noSetpriv,
    async make() {
      const start = await engine();
      chmodSync(join(folder, 'engine.sock'), 0);
      return asNobody(start);
    },
  },
  {
    condition: 'a socket in a folder that is closed to this user',
    code: 'E-SOCKET-DENIED',
    probe: 'engine.answers',
    tells: '/closed, on the way to the socket, is closed to',
    skip: noSetpriv,
    async make() {
      mkdirSync(join(folder, 'closed'), { mode: 0o700 });
      const address = await open.listen(engineServer(), join(folder, 'closed/engine.sock'));
      return asNobody({ env: { DOCKER_HOST: address } });
    },
  },
  {
    condition: 'a folder in place of the socket',
    code: 'E-SOCKET-MISSING',
    probe: 'engine.answers',
    tells: 'A folder is at that path',
    make: () => ({ env: { DOCKER_HOST: `unix://${folder}` } }),
  },
  {
    condition: 'a file in place of the socket',
    code: 'E-SOCKET-MISSING',
    probe: 'engine.answers',
    tells: 'A file is at that path',
    make() {
      writeFileSync(join(folder, 'a.sock'), '');
      return { env: { DOCKER_HOST: `unix://${join(folder, 'a.sock')}` } };
    },
  },
  {
    condition: 'a context whose socket is not there',
    code: 'E-SOCKET-MISSING',
    probe: 'engine.answers',
    tells: 'The path that the context class names does not exist.',
    hint: 'unset DOCKER_CONTEXT (if you did not mean this context)',
    make: () => context(JSON.stringify({ Name: 'class', Endpoints: { docker: { Host: 'unix:///none.sock' } } })),
  },
  { condition: 'a socket where nobody listens any more', code: 'E-DAEMON-DOWN', probe: 'engine.answers', make: stale },
  {
    condition: 'a server that takes connections and says nothing',
    code: 'E-DAEMON-HUNG',
    probe: 'engine.answers',
    make: async () => ({ env: { DOCKER_HOST: await open.listen(createServer(), join(folder, 'hung.sock')) } }),
  },
  {
    condition: 'a web server',
    code: 'E-NOT-AN-ENGINE',
    probe: 'engine.answers',
    async make() {
      const page = '<html>It works</html>';
      const server = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () =>
          socket.end(
            `HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: text/html\r\nContent-Length: ${String(page.length)}\r\nConnection: close\r\n\r\n${page}`,
          ),
        );
      });
      return { env: { DOCKER_HOST: await open.listen(server) } };
    },
  },
  {
    condition: 'a DOCKER_HOST that is no address',
    code: 'E-HOST-INVALID',
    probe: 'endpoint.chosen',
    make: () => ({ env: { DOCKER_HOST: '/var/run/docker.sock' } }),
  },
  {
    condition: 'a DOCKER_HOST that is dead, while the default socket answers',
    code: 'E-HOST-STALE',
    probe: 'engine.answers',
    skip: noMount,
    async make() {
      const run = join(folder, 'run');
      mkdirSync(run);
      await open.listen(engineServer(), join(run, 'docker.sock'));
      const before = ['unshare', '--mount', 'sh', '-c', `mount --bind '${run}' /run && exec "$@"`, 'sh'];
      return { before, env: { DOCKER_HOST: `unix://${join(folder, 'none.sock')}` } };
    },
  },
  {
    condition: 'a context that is not there',
    code: 'E-CONTEXT-MISSING',
    probe: 'endpoint.chosen',
    make: () => ({ args: ['--context', 'class'] }),
  },
  {
    condition: 'a context whose file is broken',
    code: 'E-CONTEXT-BROKEN',
    probe: 'endpoint.chosen',
    make: () => context('{"Name": "class"'),
  },
  {
    condition: 'a config.json that is no JSON',
    code: 'E-CONFIG-INVALID',
    probe: 'endpoint.config',
    make: () => (config('{"auths": {},}'), {}),
  },
  {
    condition: 'a config.json that is no JSON, and a DOCKER_HOST',
    code: 'E-CONFIG-INVALID',
    probe: 'endpoint.config',
    state: 'warn',
    besides: ['client.logins', 'client.helpers'],
    make: () => (config('{"auths": {},}'), engine()),
  },
  {
    condition: 'a config.json with a byte order mark, which docker passes over',
    code: 'E-CONFIG-INVALID',
    probe: 'endpoint.config',
    state: 'warn',
    tells: 'byte order mark',
    besides: ['client.logins', 'client.helpers'],
    make: () => (config('\ufeff{}'), engine()),
  },
  {
    condition: 'a folder in place of config.json',
    code: 'E-CONFIG-INVALID',
    probe: 'endpoint.config',
    state: 'warn',
    tells: 'it is a folder',
    besides: ['client.logins', 'client.helpers'],
    make: () => (mkdirSync(join(folder, 'home/.docker/config.json')), engine()),
  },
  {
    condition: 'a config.json that is closed to this user',
    code: 'E-CONFIG-INVALID',
    probe: 'endpoint.config',
    state: 'warn',
    tells: 'it is closed to you',
    besides: ['client.logins', 'client.helpers'],
    skip: noSetpriv,
    async make() {
      config('{}');
      chmodSync(join(folder, 'home/.docker/config.json'), 0);
      const start = await engine();
      chmodSync(join(folder, 'engine.sock'), 0o666);
      return asNobody(start);
    },
  },
  {
    condition: 'a port where nobody listens',
    code: 'E-UNREACHABLE',
    probe: 'engine.answers',
    async make() {
      const address = await open.listen(createServer());
      await open.close();
      return { env: { DOCKER_HOST: address } };
    },
  },
  {
    condition: 'a name that does not resolve',
    code: 'E-DNS',
    probe: 'engine.answers',
    make: () => ({ env: { DOCKER_HOST: 'tcp://engine.invalid:2375' } }),
  },
  {
    condition: 'TLS wanted',
    code: 'E-TLS-WANTED',
    probe: 'engine.answers',
    make: async () => ({ env: { DOCKER_HOST: await open.listen(tlsEngineServer(served('server'))) } }),
  },
  {
    condition: 'TLS not spoken',
    code: 'E-TLS-NOT-SPOKEN',
    probe: 'engine.answers',
    make: async () => ({ env: { DOCKER_HOST: await open.listen(engineServer()), ...certificates() } }),
  },
  {
    condition: 'a certificate of an unknown authority',
    code: 'E-TLS-CA',
    probe: 'engine.answers',
    make: () => tls('server', { ca: 'other-ca' }),
  },
  {
    condition: 'a certificate that has expired',
    code: 'E-TLS-EXPIRED',
    probe: 'engine.answers',
    tells: 'It held until 20',
    make: () => tls('expired'),
  },
  {
    condition: 'a certificate for another name',
    code: 'E-TLS-NAME',
    probe: 'engine.answers',
    tells: 'It holds for engine.example, and 127.0.0.1 is not among them.',
    make: () => tls('elsewhere'),
  },
  {
    condition: 'a client certificate wanted',
    code: 'E-TLS-CLIENT',
    probe: 'engine.answers',
    tells: 'You have sent none.',
    make: () => tls('server', { wants: true }),
  },
  {
    condition: 'a certificate without its key',
    code: 'E-TLS-CLIENT',
    probe: 'endpoint.chosen',
    async make() {
      const start = await tls('server');
      writeFileSync(join(folder, 'certs/cert.pem'), '');
      return start;
    },
  },
  {
    condition: 'ssh that lets nobody in',
    code: 'E-SSH-AUTH',
    probe: 'engine.answers',
    make: () => ssh('ada@lab07: Permission denied (publickey).', 255),
  },
  {
    condition: 'ssh to a host that is off',
    code: 'E-TIMEOUT',
    probe: 'engine.answers',
    make: () => ssh('ssh: connect to host lab07 port 22: Connection timed out', 255),
  },
  {
    condition: 'ssh to a host whose key is not known',
    code: 'E-SSH-HOSTKEY',
    probe: 'engine.answers',
    make: () => ssh('Host key verification failed.', 255),
  },
  {
    condition: 'ssh to a host without docker',
    code: 'E-SSH-NO-DOCKER',
    probe: 'engine.answers',
    make: () => ssh('sh: 1: docker: not found', 127),
  },
  {
    condition: 'an engine that is too old',
    code: 'E-API-TOO-OLD',
    probe: 'engine.answers',
    make: () => engine({ version: { ApiVersion: '1.30', MinAPIVersion: '1.12', Version: '17.06' } }),
  },
  {
    condition: 'an engine that is too new',
    code: 'E-API-TOO-NEW',
    probe: 'engine.answers',
    make: () => engine({ version: { ApiVersion: '1.99', MinAPIVersion: '1.99', Version: '99.0' } }),
  },
  {
    condition: 'Podman',
    code: 'E-PODMAN',
    probe: 'engine.kind',
    state: 'warn',
    make: () => engine({ headers: { 'Libpod-Api-Version': '5.4.0' } }),
  },
  {
    condition: 'an engine that goes away',
    code: 'E-ENGINE-LOST',
    probe: 'engine.info',
    make: () => engine({ answers: { '/info': (_: unknown, response: { destroy(): void }) => response.destroy() } }),
  },
  {
    condition: 'an engine that answers with a page',
    code: 'E-ENGINE-ANSWER',
    probe: 'engine.info',
    make: () =>
      engine({
        answers: {
          '/info': (_: unknown, response: ServerResponse) =>
            response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>'),
        },
      }),
  },
  {
    condition: 'an engine that refuses',
    code: 'E-ENGINE-ERROR',
    probe: 'engine.info',
    make: () => engine({ answers: { '/info': refusing('the database is locked') } }),
  },
  {
    condition: 'Windows containers',
    code: 'E-WINDOWS-CONTAINERS',
    probe: 'engine.kind',
    make: () => engine({ info: { OSType: 'windows' } }),
  },
  {
    condition: 'a clock that is an hour behind',
    code: 'E-CLOCK',
    probe: 'engine.clock',
    make: () => engine({ info: { SystemTime: new Date(Date.now() - 3_600_000).toISOString() } }),
  },
  {
    condition: 'no limits',
    code: 'E-CGROUP',
    probe: 'engine.limits',
    state: 'warn',
    make: () => engine({ info: { MemoryLimit: false, PidsLimit: false } }),
  },
  {
    condition: 'cgroup v1',
    code: 'E-CGROUP-V1',
    probe: 'engine.cgroup',
    state: 'warn',
    make: () => engine({ info: { CgroupVersion: '1' } }),
  },
  {
    condition: 'the storage driver vfs',
    code: 'E-STORAGE-DRIVER',
    probe: 'engine.storage',
    state: 'warn',
    make: () => engine({ info: { Driver: 'vfs' } }),
  },
  {
    condition: 'a rootless engine',
    code: 'E-ROOTLESS-LIMITS',
    probe: 'engine.rights',
    state: 'warn',
    make: () => engine({ info: { SecurityOptions: ['name=rootless'] } }),
  },
  {
    condition: 'a disk that is low',
    code: 'E-DISK-LOW',
    probe: 'disk.room',
    state: 'warn',
    skip: noMount,
    make: () => onDisk('size=1g'),
  },
  {
    condition: 'a disk that is full',
    code: 'E-DISK-FULL',
    probe: 'disk.room',
    skip: noMount,
    make: () => onDisk('size=10m'),
  },
  {
    condition: 'a disk without inodes',
    code: 'E-INODES',
    probe: 'disk.inodes',
    skip: noMount,
    make: () => onDisk('size=20g,nr_inodes=2'),
  },
  {
    condition: 'no docker command',
    code: 'E-CLIENT-MISSING',
    probe: 'client.docker',
    state: 'warn',
    besides: ['client.compose', 'client.buildx', 'client.versions', ...noForwarding],
    make: async () => engine({}, { env: bare() }),
  },
  {
    condition: 'no compose',
    code: 'E-COMPOSE-MISSING',
    probe: 'client.compose',
    state: 'warn',
    skip: noPlugins,
    make: () => (rmSync(join(folder, 'home/.docker/cli-plugins/docker-compose')), engine()),
  },
  {
    condition: 'no buildx',
    code: 'E-BUILDX-MISSING',
    probe: 'client.buildx',
    state: 'warn',
    skip: noPlugins,
    make: () => (rmSync(join(folder, 'home/.docker/cli-plugins/docker-buildx')), engine()),
  },
  {
    condition: 'a login helper that is not there',
    code: 'E-CRED-HELPER',
    probe: 'client.helpers',
    make: () => (config('{"credsStore": "nosuch"}'), engine()),
  },
  {
    condition: 'a proxy of the engine that its containers lack',
    code: 'E-PROXY-CONTAINER',
    probe: 'client.proxies',
    state: 'warn',
    make: () => engine({ info: { HttpsProxy: 'http://proxy:3128' } }),
  },
  {
    condition: 'few open files',
    code: 'E-NOFILE',
    probe: 'machine.nofile',
    state: 'warn',
    make: () => engine({}, { before: ['sh', '-c', 'ulimit -n 1000 && exec "$@"', 'sh'] }),
  },
  {
    condition: 'no forwarding',
    code: 'E-FORWARD-DROP',
    probe: 'machine.forwarding',
    make: () => engine({ info: { IPv4Forwarding: false } }),
  },
  {
    condition: 'a file in place of the state folder',
    code: 'E-STATE-FOLDER',
    probe: 'machine.places',
    make: () => (writeFileSync(join(folder, 'state'), ''), engine()),
  },
  {
    condition: 'no temporary folder',
    code: 'E-TEMP-FOLDER',
    probe: 'machine.places',
    make: () => (symlinkSync('nowhere', join(folder, 'tmp')), engine({}, { env: { TMPDIR: join(folder, 'tmp') } })),
  },
  {
    condition: 'a container that begins over and over',
    code: 'E-EXITED',
    probe: 'containers.running',
    state: 'warn',
    make: () => engine(one({ State: 'restarting', Status: 'Restarting (1) 2 seconds ago' })),
  },
  {
    condition: 'an unhealthy container',
    code: 'E-UNHEALTHY',
    probe: 'containers.health',
    state: 'warn',
    make: () => engine(one({ Status: 'Up 1 minute (unhealthy)' })),
  },
  {
    condition: 'a container that was killed for its memory',
    code: 'E-OOM',
    probe: 'containers.memory',
    state: 'warn',
    make: () =>
      engine({
        answers: {
          '/containers/json': [{ ...container, State: 'exited', Status: 'Exited (137) 1 minute ago' }],
          [`/containers/${id}/json`]: {
            Id: id,
            Name: '/web',
            State: { Status: 'exited', Running: false, ExitCode: 137, OOMKilled: true },
            HostConfig: { Memory: 8_000_000 },
            Config: {},
          },
        },
      }),
  },
];

const registries: readonly (readonly [condition: string, words: string, code: string, status?: number])[] = [
  [
    'the engine resolves no names',
    'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 10.0.0.1:53: server misbehaving',
    'E-DNS-DAEMON',
  ],
  [
    'the engine’s proxy is gone',
    'Get "https://registry-1.docker.io/v2/": proxyconnect tcp: dial tcp 10.0.0.1:3128: connect: connection refused',
    'E-PROXY-DAEMON',
  ],
  ['no pulls are left', 'toomanyrequests: You have reached your pull rate limit', 'E-RATE-LIMIT', 429],
  ['a mirror in plain http', 'http: server gave HTTP response to HTTPS client', 'E-REGISTRY-HTTP'],
  ['a registry of an unknown authority', 'x509: certificate signed by unknown authority', 'E-REGISTRY-CA'],
];

const forwarding = '/proc/sys/net/ipv4/ip_forward';

/** With nothing wrong: what this machine itself has to say. */
let usual: readonly ProbeResult[];

beforeAll(async () => {
  begin();
  usual = (await doctor(await engine())).probes;
  await open.close();
});
afterEach(() => open.close());
afterAll(() => scratch.remove());

/** What differs from the usual, but for what is blocked by `root`. */
function others(probes: readonly ProbeResult[], probe: string, besides: readonly string[]): readonly string[] {
  const before = new Map(usual.map((result) => [result.probe, result.state]));
  return probes
    .filter(
      (result) =>
        result.probe !== probe && !besides.includes(result.probe) && result.state !== before.get(result.probe),
    )
    .filter(({ state, blockedBy }) => !(state === 'blocked' && blockedBy === probe) && state !== 'pass')
    .filter((result) => !(result.state === 'unknown' && before.get(result.probe) === undefined))
    .map((result) => `${result.probe} ${result.state} ${result.code ?? result.blockedBy ?? ''}`);
}

/** An engine switches it on, and doctor is right to say where it is off. */
const forwards = !existsSync(forwarding) || readFileSync(forwarding, 'utf8').trim() === '1';

test('nothing fails where an engine answers as it should, but forwarding where it is off', () => {
  expect(told('fail', usual)).toEqual(forwards ? [] : ['machine.forwarding E-FORWARD-DROP']);
  expect(usual.find(({ probe }) => probe === 'engine.answers')?.observed).toBe('Docker 28.5.2, API 1.51');
});

test.for(rows)(
  '$condition: $code',
  async ({ code, probe, state = 'fail', tells, hint, skip, besides = [], make }, { skip: skipped }) => {
    if (skip !== undefined) skipped(skip);
    begin();
    const { code: exitCode, probes } = await doctor(await make());
    const result = probes.find((other) => other.probe === probe);
    expect(result).toMatchObject({ code, state });
    expect(result?.explanation).toBeTruthy();
    if (tells !== undefined) expect(`${result?.observed ?? ''} ${result?.explanation ?? ''}`).toContain(tells);
    expect(result?.hints.length).toBeGreaterThan(0);
    if (hint !== undefined) expect(result?.hints[0]).toBe(hint);
    // of a socket, nothing can be told of the network behind it where it is a port
    expect(others(probes, probe, [...besides, ...noForwarding])).toEqual([]);
    expect(exitCode).toBe(told('fail', probes).length > 0 ? 4 : 0);
    if (probe === 'engine.answers') expect(told('blocked', probes).length).toBeGreaterThan(10);
  },
);

test.for(registries)('--deep, and %s: %s', async ([, words, code, status]) => {
  begin();
  const answers = {
    '/distribution/busybox:latest/json': refusing(words, status),
    '/images/create': refusing(words, status),
    '/images/busybox:latest/json': refusing('No such image: busybox:latest', 404),
  };
  const { probes } = await doctor({ ...(await engine({ answers })), args: ['--deep'] });
  expect(told('fail', probes)).toEqual([...told('fail', usual), `deep.registry ${code}`]);
  const run = probes.find(({ probe }) => probe === 'deep.run');
  expect(run).toMatchObject({ state: 'blocked', blockedBy: 'deep.registry' });
});

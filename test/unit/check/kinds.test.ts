import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { check, holdsNow } from '../../../src/check/check.ts';
import type { Claim, ContainerFields, ImageFields, OutputFields } from '../../../src/scenario/expectation.ts';
import { scenarioJsonSchema } from '../../../src/scenario/json-schema.ts';
import { contextOf, framed, publishing } from './told-engine.ts';

const server = {
  Id: 'c'.repeat(64),
  Name: '/server',
  Image: 'sha256:1234567890ab',
  RestartCount: 2,
  State: { Status: 'running', ExitCode: 0, OOMKilled: false, Health: { Status: 'healthy' } },
  Config: {
    Image: 'busybox',
    Entrypoint: null,
    Cmd: ['httpd', '-f', '-p', '80'],
    Env: ['PATH=/bin', 'KEY=v'],
    User: '1000',
    Labels: { a: 'b', 'docker-tutor.run': 'r' },
  },
  HostConfig: { RestartPolicy: { Name: '' }, Memory: 64 * 1024 * 1024, NanoCpus: 500_000_000, PidsLimit: 20 },
  Mounts: [
    { Type: 'volume', Name: 'data', Source: '/var/lib/x', Destination: '/data', RW: true },
    { Type: 'bind', Source: '/srv', Destination: '/srv', RW: false },
  ],
  NetworkSettings: {
    Networks: { youtube: {} },
    Ports: {
      '80/tcp': [
        { HostIp: '0.0.0.0', HostPort: '8080' },
        { HostIp: '::', HostPort: '8080' },
      ],
      '53/udp': null,
    },
  },
};
/** Some folder with files in it. */
const here = import.meta.dirname;
const ended = {
  ...server,
  State: { Status: 'exited', ExitCode: 1, OOMKilled: false },
  NetworkSettings: { Networks: {}, Ports: {} },
};

describe('container', () => {
  type Row = [Omit<ContainerFields, 'name'>, 'passed' | 'failed', string, string];
  it.each<Row>([
    [{}, 'passed', 'server is there', 'state: running'],
    [{ state: 'running' }, 'passed', 'server is running', 'state: running'],
    [{ state: 'exited' }, 'failed', 'server has exited', 'state: running'],
    [{ state: 'exited', exitCode: 0 }, 'failed', 'server has exited with code 0', 'state: running'],
    [{ exitCode: 0 }, 'failed', 'server ended with code 0', 'state: running'],
    [{ exists: false }, 'failed', 'there is no container server', 'it is there, state: running'],
    [
      { state: 'running', network: 'youtube' },
      'passed',
      'server is running and is on youtube',
      'state: running, networks: youtube',
    ],
    [{ state: 'running', network: 'bridge' }, 'failed', 'server is running and is on bridge', 'networks: youtube'],
    [{ networks: ['youtube'] }, 'passed', 'server is on youtube, and only there', 'networks: youtube'],
    [{ networks: [] }, 'failed', 'server is on no network of its own', 'networks: youtube'],
    [{ ports: ['8080:80'] }, 'passed', 'server publishes 8080:80', 'ports: 8080:80'],
    [{ ports: [80] }, 'passed', 'server publishes 80', 'ports: 8080:80'],
    [{ ports: ['0.0.0.0:8080:80/tcp'] }, 'passed', 'server publishes 0.0.0.0:8080:80/tcp', 'ports: 8080:80'],
    [{ ports: ['127.0.0.1:8080:80'] }, 'failed', 'server publishes 127.0.0.1:8080:80', 'ports: 8080:80'],
    [{ ports: [] }, 'failed', 'server publishes no port on the host', 'ports: 8080:80'],
    [{ ports: ['8080:80', '53:53/udp'] }, 'failed', 'server publishes 8080:80 and 53:53/udp', 'ports: 8080:80'],
    [{ health: 'healthy' }, 'passed', 'server is healthy', 'health: healthy'],
    [{ health: 'none' }, 'failed', 'server has no health check', 'health: healthy'],
    [
      { image: 'docker.io/library/busybox:latest' },
      'passed',
      'server was made from docker.io/library/busybox:latest',
      'image: busybox',
    ],
    [{ image: '1234567890ab' }, 'passed', 'server was made from 1234567890ab', 'image: busybox'],
    [{ image: '1' }, 'failed', 'server was made from 1', 'image: busybox'],
    [{ image: 'alpine' }, 'failed', 'server was made from alpine', 'image: busybox'],
    [{ command: 'httpd -f -p 80' }, 'passed', 'server runs httpd -f -p 80', 'command: httpd -f -p 80'],
    [{ command: ['httpd', '-f -p', '80'] }, 'failed', 'server runs httpd -f -p 80', 'command: httpd -f -p 80'],
    [{ env: { KEY: 'v' } }, 'passed', 'server has KEY=v in its environment', 'environment: KEY=v'],
    [{ env: { KEY: 'w', NO: 1 } }, 'failed', 'server has KEY=w and NO=1 in its environment', 'environment: KEY=v'],
    [
      { mounts: [{ target: '/data', source: 'data', readOnly: false }] },
      'passed',
      'server has data at /data (writable)',
      'mounts: data at /data and /srv at /srv (read-only)',
    ],
    [
      { mounts: [{ target: '/srv', type: 'volume' }] },
      'failed',
      'server has a volume mount at /srv',
      'mounts: data at /data and /srv at /srv (read-only)',
    ],
    [{ restartPolicy: 'no' }, 'passed', 'server has the restart policy no', 'restart policy: no'],
    [{ restarts: '>=2' }, 'passed', 'server was started again at least 2 times', 'restarts: 2'],
    [{ restarts: '<2' }, 'failed', 'server was started again fewer than 2 times', 'restarts: 2'],
    [{ user: 1000 }, 'passed', 'server runs as 1000', 'user: 1000'],
    [{ memory: '64m' }, 'passed', 'server may use 64m of memory', 'memory limit: 67108864 bytes'],
    [{ cpus: 0.5 }, 'passed', 'server may use 0.5 of the processors', 'CPU limit: 0.5'],
    [{ pids: 21 }, 'failed', 'server may have 21 processes', 'process limit: 20'],
    [{ oomKilled: true }, 'failed', 'server was ended for want of memory', 'ended for want of memory: no'],
    [{ labels: { a: 'b' } }, 'passed', 'server has the label a=b', 'labels: a=b'],
  ])('%j %s', async (fields, status, claim, observed) => {
    const result = await check(
      { container: { name: 'server', ...fields } },
      contextOf({ 'GET /containers/server/json': server }),
    );
    expect(result).toMatchObject({ status, claim, observed, tries: 1 });
  });

  it.each<[Omit<ContainerFields, 'name'>, 'passed' | 'failed']>([
    [{ exists: false }, 'passed'],
    [{ state: 'running' }, 'failed'],
  ])('that is not there: %j %s', async (fields, status) => {
    expect(await check({ container: { name: 'server', ...fields } }, contextOf({}))).toMatchObject({
      status,
      observed: 'no container server',
    });
  });

  it.each([
    { networks: [], on: [], status: 'passed', observed: 'on no network of its own' },
    { networks: [], on: ['none'], status: 'failed', observed: 'networks: none' },
    { networks: ['bridge'], on: [], status: 'failed', observed: 'on no network of its own' },
  ])('on $on, where $networks are expected: $status, as the network none is one', async ({ networks, on, ...told }) => {
    const seen = { ...server, NetworkSettings: { Networks: Object.fromEntries(on.map((name) => [name, {}])) } };
    const result = await check(
      { container: { name: 'server', networks } },
      contextOf({ 'GET /containers/server/json': seen }),
    );
    expect(result).toMatchObject(told);
  });

  it('that ended, and should run: its exit code and its last words are the likely cause', async () => {
    const result = await check(
      { container: { name: 'server', state: 'running' } },
      contextOf({
        'GET /containers/server/json': ended,
        [`GET /containers/${ended.Id}/logs`]: framed('httpd: bind: Address already in use\n', 2),
      }),
    );
    expect(result).toMatchObject({
      status: 'failed',
      observed: 'state: exited, exit code: 1',
      likely: 'Its main process ended with code 1. The end of its log: “httpd: bind: Address already in use”',
      next: 'docker logs server',
    });
  });

  it('an engine that says no to the look is observed, and holds for nothing', async () => {
    const answers = { 'GET /containers/server/json': 500 };
    for (const claim of [
      { container: { name: 'server' } },
      { not: { container: { name: 'server' } } },
    ] satisfies Claim[]) {
      expect(await check(claim, contextOf(answers))).toMatchObject({
        status: 'failed',
        observed: 'the engine says no',
      });
    }
  });

  it.each([
    ['has ended a moment later', 0, 'failed', 'state: exited, exit code: 0'],
    ['runs for longer already', 60_000, 'passed', 'state: running'],
  ])('one that %s', async (_, age, status, observed) => {
    const StartedAt = new Date(Date.now() - age).toISOString();
    const states = [
      { Status: 'running', StartedAt },
      { Status: 'exited', StartedAt, ExitCode: 0 },
    ];
    const answers = { 'GET /containers/server/json': (times: number) => ({ Id: 's1', State: states[times - 1] }) };
    const claim: Claim = { container: { name: 'server', state: 'running' } };
    expect(await check(claim, contextOf(answers))).toMatchObject({ status, observed });
  });
});

describe('image', () => {
  const app = {
    Id: `sha256:${'1'.repeat(64)}`,
    RepoTags: ['app:latest', 'localhost:5000/app:1'],
    Size: 59_000_000,
    Os: 'linux',
    Architecture: 'arm64',
    Variant: 'v8',
    RootFS: { Layers: ['a', 'b', 'c'] },
    Config: {
      Cmd: ['/bin/sh', '-c', 'python app.py'],
      Entrypoint: null,
      Env: ['A=1'],
      ExposedPorts: { '5000/tcp': {} },
      WorkingDir: '/app',
      User: '',
      Healthcheck: { Test: ['NONE'] },
    },
  };
  it.each<[Omit<ImageFields, 'name'>, 'passed' | 'failed', string]>([
    [{}, 'passed', 'id: 111111111111'],
    [{ exists: false }, 'failed', 'it is here, id: 111111111111'],
    [{ tag: 'localhost:5000/app:1' }, 'passed', 'names: app:latest, localhost:5000/app:1'],
    [{ tag: 'app:2' }, 'failed', 'names: app:latest, localhost:5000/app:1'],
    [{ layers: 3 }, 'passed', 'layers: 3'],
    [{ sharesLayersWith: 'base' }, 'passed', 'layers in common: 1'],
    [{ sharesLayersWith: 'gone' }, 'failed', 'no image gone'],
    [{ platform: 'linux/arm64' }, 'passed', 'platform: linux/arm64/v8'],
    [{ platform: 'linux/arm64/v8' }, 'passed', 'platform: linux/arm64/v8'],
    [{ platform: 'linux/arm64/v7' }, 'failed', 'platform: linux/arm64/v8'],
    [{ platform: 'linux/amd64' }, 'failed', 'platform: linux/arm64/v8'],
    [{ sizeBelow: '60MB' }, 'passed', 'size: 59.0 MB'],
    [{ sizeBelow: '50MiB' }, 'failed', 'size: 59.0 MB'],
    [{ config: { cmd: 'python app.py' } }, 'passed', 'command: ["/bin/sh","-c","python app.py"]'],
    [{ config: { cmd: ['python', 'app.py'] } }, 'failed', 'command: ["/bin/sh","-c","python app.py"]'],
    [{ config: { exposed: [5000], workdir: '/app' } }, 'passed', 'exposed: 5000/tcp, working directory: /app'],
    [{ config: { healthcheck: true } }, 'failed', 'health check: none'],
    [{ config: { user: 'app' } }, 'failed', 'user: root, as none is set'],
  ])('%j %s', async (fields, status, observed) => {
    const answers = {
      'GET /images/app/json': app,
      'GET /images/base/json': { ...app, RootFS: { Layers: ['c', 'x'] } },
    };
    expect(await check({ image: { name: 'app', ...fields } }, contextOf(answers))).toMatchObject({ status, observed });
  });

  it('says that it is here, or not', async () => {
    expect(await check({ image: { name: 'app' } }, contextOf({}))).toMatchObject({
      claim: 'image app is here',
      status: 'failed',
      observed: 'no image app',
    });
    expect(await check({ image: { name: 'app', exists: false } }, contextOf({}))).toMatchObject({
      claim: 'there is no image app',
      status: 'passed',
    });
  });
});

describe('output', () => {
  const outcome = { exitCode: 0, stdout: 'Hello from Docker!\nsecond\n', stderr: 'warning\n' };
  it.each<[OutputFields, number, 'passed' | 'failed', string]>([
    [{ contains: 'Hello from Docker!' }, 0, 'passed', 'the output says “Hello from Docker!”'],
    [{ contains: ['second', 'warning'] }, 0, 'passed', 'the output says “second” and says “warning”'],
    [{ contains: 'warning', stream: 'stdout' }, 0, 'failed', 'the output says “warning”'],
    [{ matches: '^second$' }, 0, 'passed', 'the output matches /^second$/'],
    [{ equals: 'warning', stream: 'stderr' }, 0, 'passed', 'the output is “warning”'],
    [{ lines: 2, stream: 'stdout' }, 0, 'passed', 'the output has 2 lines'],
    [{ lines: '<2', stream: 'stdout' }, 0, 'failed', 'the output has fewer than 2 lines'],
    [{}, 0, 'passed', 'the command succeeded'],
    [{}, 1, 'failed', 'the command succeeded'],
    [{ contains: 'Hello' }, 1, 'failed', 'the output says “Hello”'],
    [{ exitCode: 1 }, 1, 'passed', 'the output ends with exit code 1'],
  ])('%j after exit code %i %s', async (output, exitCode, status, claim) => {
    expect(await check({ output }, contextOf({}, { outcome: { ...outcome, exitCode } }))).toMatchObject({
      status,
      claim,
      tries: 1,
    });
  });

  it('never holds before anything has run, nor after a failure, under not too', async () => {
    const claim = { not: { output: { contains: 'x' } } } satisfies Claim;
    expect(await check(claim, contextOf({}))).toMatchObject({
      status: 'failed',
      observed: 'nothing was run in this step',
    });
    expect((await check(claim, contextOf({}, { outcome: { ...outcome, exitCode: 1 } }))).status).toBe('failed');
    expect((await check(claim, contextOf({}, { outcome }))).status).toBe('passed');
  });
});

describe('the output of a wrong turn', () => {
  const refused = { exitCode: 1, stdout: '', stderr: 'No such container: hello\n' };
  it('may come with any exit code, unless the claim names one', async () => {
    const context = contextOf({}, { outcome: refused, anyExitCode: true });
    const claim: Claim = { output: { contains: 'No such container' } };
    expect(await holdsNow(claim, context)).toBe(true);
    expect(await holdsNow({ not: claim }, context)).toBe(false);
    expect(await holdsNow({ output: { contains: 'No such container', exitCode: 0 } }, context)).toBe(false);
    expect(await holdsNow({ output: { exitCode: 1 } }, context)).toBe(true);
    expect(await holdsNow(claim, contextOf({}, { outcome: refused }))).toBe(false);
  });
});

describe('network, volume, engine', () => {
  const network = {
    Id: 'n',
    Driver: 'bridge',
    Internal: false,
    IPAM: { Config: [{ Subnet: '172.18.0.0/16' }] },
    Containers: { x: { Name: 'server' } },
    Labels: {},
  };
  const answers = {
    'GET /networks/youtube': network,
    'GET /volumes/data': { Driver: 'local', Labels: null },
    'GET /info': { Swarm: { LocalNodeState: 'inactive' }, NCPU: 2 },
    'GET /version': { ApiVersion: '1.51' },
  };
  it.each<[Claim, 'passed' | 'failed', string]>([
    [{ network: { name: 'youtube' } }, 'passed', 'driver: bridge'],
    [
      { network: { name: 'youtube', subnet: '172.18.0.0/16', containers: ['server'] } },
      'passed',
      'subnet: 172.18.0.0/16, containers: server',
    ],
    [{ network: { name: 'youtube', containers: [] } }, 'failed', 'containers: server'],
    [{ network: { name: 'youtube', internal: true } }, 'failed', 'internal: false'],
    [{ network: { name: 'other' } }, 'failed', 'no network other'],
    [{ network: { name: 'other', exists: false } }, 'passed', 'no network other'],
    [{ volume: { name: 'data', driver: 'local' } }, 'passed', 'driver: local'],
    [{ volume: { name: 'data', exists: false } }, 'failed', 'it is there, driver: local'],
    [{ volume: { name: 'data', labels: { a: 1 } } }, 'failed', 'labels: none'],
    [{ engine: { info: 'Swarm.LocalNodeState', equals: 'inactive' } }, 'passed', '“inactive”'],
    [{ engine: { info: 'NCPU', equals: 2 } }, 'passed', '2'],
    [{ engine: { info: 'Nothing.There' } }, 'failed', 'no field Nothing.There'],
    [{ engine: { version: 'ApiVersion', matches: '^1\\.' } }, 'passed', '“1.51”'],
    [{ all: [{ volume: { name: 'data' } }, { network: { name: 'other' } }] }, 'failed', 'no network other'],
    [{ any: [{ volume: { name: 'data' } }, { network: { name: 'other' } }] }, 'passed', 'driver: local'],
    [{ not: { network: { name: 'other' } } }, 'passed', 'no network other'],
  ])('%j %s', async (claim, status, observed) => {
    expect(await check(claim, contextOf(answers))).toMatchObject({ status, observed });
  });
});

describe('the owner of the engine’s socket', () => {
  const at = (address: string, mode = 0o660) => {
    const { engine } = contextOf({});
    if (address.startsWith('unix:')) {
      writeFileSync(address.slice(7), '');
      chmodSync(address.slice(7), mode);
    }
    return contextOf({}, { engine: { ...engine, endpoint: { address, from: 'default' } } });
  };
  const claim: Claim = { engine: { socket: 'owner', contains: 'srw-rw----' } };

  it('is told with its group and rights', async () => {
    const { uid, username } = userInfo();
    const path = join(mkdtempSync(join(tmpdir(), 'socket-')), 'engine.sock');
    expect(await check(claim, at(`unix://${path}`))).toMatchObject({
      status: 'passed',
      observed: expect.stringMatching(new RegExp(`^owner (${username}|${uid}), group \\S+, srw-rw----$`)) as string,
    });
    expect((await check(claim, at(`unix://${path}`, 0o666))).status).toBe('failed');
  });

  it('is told as the format’s help writes it', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'socket-')), 'engine.sock');
    const help = JSON.stringify(scenarioJsonSchema());
    const { observed } = await check(claim, at(`unix://${path}`));
    const shape = (text: string): string => text.replace(/owner \S+, group \S+,/, 'owner O, group G,');
    const written = /owner \S+, group \S+, [^"\\]+/.exec(help)?.[0] ?? '';
    expect(shape(observed)).toBe(shape(written));
  });

  it('is not asked of an engine elsewhere', async () => {
    expect(await check(claim, at('tcp://far:2375'))).toMatchObject({
      status: 'passed',
      observed: 'the engine is asked at tcp://far:2375, no socket of this machine',
    });
  });
});

describe('what a command printed, held against the engine', () => {
  const answers = { 'GET /info': { KernelVersion: '6.1.0-13', NCPU: 2 }, 'GET /version': { ApiVersion: '1.5' } };
  const kernel: Claim = { engine: { info: 'KernelVersion', printed: true } };
  const after = (stdout: string) => contextOf(answers, { outcome: { exitCode: 0, stdout, stderr: '' } });
  it.each<[Claim, string, 'passed' | 'failed', string]>([
    [kernel, '6.1.0-13\n', 'passed', '“6.1.0-13”'],
    [kernel, '6.1.0-130\n', 'failed', '“6.1.0-13”, and the command printed “6.1.0-130”'],
    [kernel, '', 'failed', '“6.1.0-13”, and the command printed nothing'],
    [{ engine: { info: 'NCPU', printed: true } }, 'CPUs: 2', 'passed', '2'],
    [{ engine: { info: 'NCPU', printed: true } }, 'CPUs: 12', 'failed', '2, and the command printed “CPUs: 12”'],
    [{ engine: { version: 'ApiVersion', printed: true } }, 'it speaks 1.5.', 'passed', '“1.5”'],
    [
      { engine: { version: 'ApiVersion', printed: true } },
      '1.51, 11.5 and 1.5.1',
      'failed',
      '“1.5”, and the command printed “1.51, 11.5 and 1.5.1”',
    ],
  ])('%j after %j: %s', async (claim, stdout, status, observed) => {
    expect(await check(claim, after(stdout))).toMatchObject({ status, observed });
  });

  it('never holds before a command has run, nor does its not', async () => {
    expect((await check(kernel, contextOf(answers))).status).toBe('failed');
    expect((await check({ not: kernel }, contextOf(answers))).status).toBe('failed');
  });
});

describe('a mount of the workspace', () => {
  const mounted = (folder: string) => ({
    ...server,
    Mounts: [{ Type: 'bind', Source: folder, Destination: '/www', RW: true }],
  });
  const claim: Claim = { container: { name: 'server', mounts: [{ type: 'bind', target: '/www' }] } };

  it('holds where what is in the folder here is in the container', async () => {
    const answers = {
      'GET /containers/server/json': mounted(here),
      [`HEAD /containers/${server.Id}/archive`]: '',
    };
    expect((await check(claim, contextOf(answers, { workspace: here }))).status).toBe('passed');
  });

  it('does not where the engine has mounted a folder of another machine', async () => {
    const answers = { 'GET /containers/server/json': mounted(here) };
    expect(await check(claim, contextOf(answers, { workspace: here }))).toMatchObject({
      status: 'failed',
      observed: expect.stringMatching(/, without \S+, which is in the folder here$/) as string,
      likely: 'The engine has mounted a folder of its own machine at /www: it does not see yours.',
    });
  });
});

describe('logs and exec', () => {
  const answers = {
    'GET /containers/server/json': server,
    'GET /containers/server/logs': framed('x'),
    [`GET /containers/${server.Id}/logs`]: Buffer.concat([framed('one\n'), framed('two\n', 2)]),
    [`POST /containers/${server.Id}/exec`]: { Id: 'e1' },
    'POST /exec/e1/start': framed('uid=1000\n'),
    'GET /exec/e1/json': { ExitCode: 0 },
  };
  it.each<[Claim, 'passed' | 'failed', string]>([
    [{ logs: { container: 'server', contains: 'two' } }, 'passed', 'the log of server says “two”'],
    [{ logs: { container: 'server', lines: 3 } }, 'failed', 'the log of server has 3 lines'],
    [{ exec: { container: 'server', command: 'id -u' } }, 'passed', 'in server, id -u succeeds'],
    [
      { exec: { container: 'server', command: ['id'], output: { contains: 'root' } } },
      'failed',
      'in server, id says “root”',
    ],
    [
      { exec: { container: 'server', command: 'false', exitCode: 1 } },
      'failed',
      'in server, false ends with exit code 1',
    ],
  ])('%j %s', async (claim, status, words) => {
    expect(await check(claim, contextOf(answers))).toMatchObject({ status, claim: words });
  });

  it('runs nothing in a container of the user', async () => {
    const mine = { ...server, Config: { ...server.Config, Labels: {} } };
    const context = contextOf({ ...answers, 'GET /containers/server/json': mine });
    expect((await check({ exec: { container: 'server', command: 'id' } }, context)).status).toBe('failed');
    expect((context.engine as unknown as { asked: string[] }).asked.filter((one) => one.startsWith('POST'))).toEqual(
      [],
    );
  });
});

describe('file', () => {
  let workspace: string;
  beforeAll(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'docker-tutor-check-'));
    await writeFile(join(workspace, 'index.html'), 'hello\n');
    await writeFile(join(workspace, 'long'), 'first\nprice  = 3\nthird\nfourth\nfifth\n');
    await symlink('/etc/hostname', join(workspace, 'out'));
    await writeFile(join(workspace, 'Dockerfile'), 'FROM a\nCMD ["b"]\n');
  });
  afterAll(() => rm(workspace, { recursive: true }));

  it.each<[Claim, 'passed' | 'failed', string]>([
    [{ file: { path: 'index.html', equals: 'hello' } }, 'passed', '“hello”'],
    [{ file: { path: 'index.html', contains: 'bye' } }, 'failed', '“hello”'],
    [{ file: { path: 'long', contains: 'price' } }, 'passed', '“price  = 3”'],
    [{ not: { file: { path: 'long', matches: '^fi' } } }, 'failed', '“first”'],
    [{ file: { path: 'long', contains: 'bye' } }, 'failed', '“…\nthird\nfourth\nfifth”'],
    [{ file: { path: 'Dockerfile', instructions: ['CMD ["b"]'] } }, 'passed', 'FROM and CMD'],
    [{ file: { path: 'Dockerfile', contains: 'FROM', instructions: ['RUN c'] } }, 'failed', 'no RUN c'],
    [{ file: { path: 'gone' } }, 'failed', 'no file gone'],
    [{ file: { path: 'gone', exists: false } }, 'passed', 'no file gone'],
    [{ file: { path: '../../etc/passwd' } }, 'failed', '../../etc/passwd is outside the workspace'],
    [{ file: { path: 'out' } }, 'failed', 'out is outside the workspace'],
    [{ not: { file: { path: 'out' } } }, 'failed', 'out is outside the workspace'],
  ])('%j %s', async (claim, status, observed) => {
    expect(await check(claim, contextOf({}, { workspace }))).toMatchObject({ status, observed });
  });
});

describe('http', () => {
  const asked: unknown[] = [];
  const page = createServer(({ url }, answer) => {
    asked.push(url);
    answer.writeHead(200, { 'X-From': 'test' }).end('Hello');
  });
  let port = 0;
  beforeEach(() => asked.splice(0));
  beforeAll(async () => {
    page.listen(0, '127.0.0.1');
    await once(page, 'listening');
    port = (page.address() as AddressInfo).port;
  });
  afterAll(() => page.close());

  it.each<[object, 'passed' | 'failed', RegExp]>([
    [{}, 'passed', /^status: 200$/],
    [{ status: 404 }, 'failed', /^status: 200$/],
    [{ body: { contains: 'Hello' } }, 'passed', /body: “Hello”/],
    [{ body: { contains: 'Bye' } }, 'failed', /^body: “Hello”$/],
    [{ header: { 'X-From': 'test' } }, 'passed', /X-From: test/],
    [{ header: { 'X-From': { matches: '^no' } } }, 'failed', /^X-From: test$/],
  ])('%j %s', async (fields, status, observed) => {
    const result = await check({ http: { port, ...fields } }, contextOf(publishing(port), { portsHost: '127.0.0.1' }));
    expect(result.status).toBe(status);
    expect(result.observed).toMatch(observed);
  });

  it('asks no port of this machine that the run has not published, however it is spelled', async () => {
    const others = contextOf(publishing(port + 1));
    const spelled = [
      'localhost',
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f000001',
      '0177.0.0.1',
      '127.0.0.1.',
      '[::ffff:127.0.0.1]',
    ];
    for (const host of ['u:p@localhost', ...spelled])
      expect(await check({ http: { url: `http://${host}:${String(port)}/` } }, others)).toMatchObject({
        status: 'failed',
        observed: 'no container of this lesson publishes this port',
      });
    expect(asked).toEqual([]);
    // it does not answer, as far as the lesson goes
    expect((await check({ not: { http: { port } } }, others)).status).toBe('passed');
  });

  it('asks nobody elsewhere, and says neither that it answers nor that it does not', async () => {
    const claim: Claim = { http: { url: 'http://192.0.2.1/' } };
    for (const one of [claim, { not: claim }])
      expect(await check(one, contextOf({}))).toMatchObject({
        status: 'failed',
        observed: 'it is not on this machine, nor on the engine’s',
      });
  });

  it('explains a silent port by what publishes it and where that listens', async () => {
    const listed = [{ Id: server.Id, Ports: [{ IP: '127.0.0.1', PublicPort: 1, Type: 'tcp' }] }];
    const web = {
      ...server,
      NetworkSettings: { Networks: {}, Ports: { '5000/tcp': [{ HostIp: '0.0.0.0', HostPort: '1' }] } },
    };
    const answers = {
      'GET /containers/json': listed,
      [`GET /containers/${server.Id}/json`]: web,
      [`POST /containers/${server.Id}/exec`]: { Id: 'e1' },
      'POST /exec/e1/start': framed(
        '  sl  local_address rem_address   st\n   0: 0100007F:1388 00000000:0000 0A 00000000:00000000\n',
      ),
      'GET /exec/e1/json': { ExitCode: 0 },
    };
    const result = await check({ http: { url: 'http://127.0.0.1:1/' } }, contextOf(answers));
    expect(result.likely).toContain('listens on 127.0.0.1:5000 only');
    expect(
      (await check({ http: { url: 'http://127.0.0.1:1/' } }, contextOf({ 'GET /containers/json': [] }))).likely,
    ).toBe('No container of this lesson publishes port 1.');
  });
});

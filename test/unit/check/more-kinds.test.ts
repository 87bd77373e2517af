/** reachable, build, registry, compose and service: what they say, and when they hold. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check } from '../../../src/check/check.ts';
import { registryBase } from '../../../src/web/registry-api.ts';
import { watchBuild } from '../../../src/perform/line/build-steps.ts';
import type { BuildFields, Claim, ComposeFields, ServiceFields } from '../../../src/scenario/expectation.ts';
import { contextOf, framed, publishing } from './told-engine.ts';
import type { Answers } from './told-engine.ts';

type Status = 'passed' | 'failed';

describe('reachable', () => {
  const client = { Id: 'c1', State: { Status: 'running' }, Config: { Labels: { 'docker-tutor.run': 'r' } } };
  const inside = (text: string, rest: Answers = {}): Answers => ({
    'GET /containers/client/json': client,
    'POST /containers/c1/exec': { Id: 'e1' },
    'POST /exec/e1/start': framed(text),
    'GET /exec/e1/json': { ExitCode: 0 },
    ...rest,
  });

  it.each<[string, object, Status, string]>([
    ['docker-tutor: resolves 172.18.0.2', {}, 'passed', 'server is 172.18.0.2'],
    ['warning: odd\ndocker-tutor: accepts 172.18.0.2', { port: 80 }, 'passed', '172.18.0.2:80 accepts'],
    ['docker-tutor: refused 172.18.0.2', { port: 80 }, 'failed', '172.18.0.2:80 refuses: nothing listens there'],
    ['docker-tutor: silent 172.18.0.2', { port: 80 }, 'failed', '172.18.0.2:80 does not answer'],
    ['docker-tutor: unresolved ', {}, 'failed', 'client finds no address for server'],
  ])('%j', async (said, fields, status, observed) => {
    const claim: Claim = { reachable: { from: 'client', to: 'server', ...fields } };
    const answers = inside(`${said}\n`);
    expect(await check(claim, contextOf(answers))).toMatchObject({ status, observed });
    expect((await check({ not: claim }, contextOf(answers))).status).toBe(status === 'passed' ? 'failed' : 'passed');
  });

  it('by address asks at the address on a network of both, without a name', async () => {
    const on = (places: object): object => ({ ...client, NetworkSettings: { Networks: places } });
    const answers = inside('docker-tutor: accepts 172.18.0.2\n', {
      'GET /containers/client/json': on({ ours: { IPAddress: '172.18.0.3' } }),
      'GET /containers/server/json': on({ bridge: { IPAddress: '172.17.0.2' }, ours: { IPAddress: '172.18.0.2' } }),
    });
    const { engine } = contextOf(answers);
    const bodies: unknown[] = [];
    const send: typeof engine.send = (request, options) => {
      bodies.push(request.body);
      return engine.send(request, options);
    };
    const claim: Claim = { reachable: { from: 'client', to: 'server', port: 80, by: 'address' } };
    const result = await check(claim, contextOf(answers, { engine: { ...engine, send } }));
    expect(result).toMatchObject({ status: 'passed', observed: '172.18.0.2:80 accepts' });
    expect(bodies).toContainEqual(
      expect.objectContaining({ Cmd: expect.arrayContaining(['172.18.0.2', '80']) as unknown }),
    );
  });

  it('by address proves nothing of a container that has none, under not neither', async () => {
    const claim: Claim = { reachable: { from: 'client', to: 'server', port: 80, by: 'address' } };
    const answers = inside('docker-tutor: silent\n', { 'GET /containers/server/json': { Id: 's1' } });
    const observed = 'no container server that has an address';
    expect(await check(claim, contextOf(answers))).toMatchObject({ status: 'failed', observed });
    expect((await check({ not: claim }, contextOf(answers))).status).toBe('failed');
  });

  it('waits one second for a name server that does not answer, not the usual twenty', async () => {
    const { engine } = contextOf(inside('docker-tutor: unresolved \n'));
    const bodies: unknown[] = [];
    const send: typeof engine.send = (request, options) => {
      bodies.push(request.body);
      return engine.send(request, options);
    };
    await check({ reachable: { from: 'client', to: 'server' } }, contextOf({}, { engine: { ...engine, send } }));
    expect(bodies).toContainEqual(expect.objectContaining({ Env: ['RES_OPTIONS=timeout:1 attempts:1'] }));
  });

  it.each<[string, Answers, RegExp]>([
    ['there is no such container', {}, /^no container client$/],
    [
      'it does not run',
      inside('', { 'GET /containers/client/json': { ...client, State: { Status: 'exited' } } }),
      /does not run, state: exited/,
    ],
    [
      'it is the user’s',
      inside('', { 'GET /containers/client/json': { ...client, Config: { Labels: {} } } }),
      /not of this lesson/,
    ],
    ['nothing can be asked with', inside('', { 'GET /images/json': [] }), /has no tool for it/],
  ])('proves nothing where %s, under not neither', async (_, answers, observed) => {
    const claim: Claim = { reachable: { from: 'client', to: 'server' } };
    expect(await check(claim, contextOf(answers))).toMatchObject({
      status: 'failed',
      observed: expect.stringMatching(observed) as string,
    });
    expect((await check({ not: claim }, contextOf(answers))).status).toBe('failed');
  });
});

describe('build', () => {
  const first = ['FROM busybox', 'COPY requirements.txt .', 'RUN pip install', 'COPY app.py .'];
  const outcome = {
    exitCode: 0,
    stdout: '',
    stderr: '',
    build: first.map((instruction, i) => ({ instruction, cached: i < 3 })),
  };

  it.each<[BuildFields, Status, string]>([
    [{}, 'passed', 'cached: 1 to 3, built: 4'],
    [{ cached: [1, 'RUN pip'], built: ['copy  app.py'] }, 'passed', 'cached: 1 to 3, built: 4'],
    [{ cached: ['COPY'] }, 'failed', 'COPY app.py .: built'],
    [{ built: [3] }, 'failed', 'RUN pip install: cached'],
    [{ built: ['CMD'] }, 'failed', 'no instruction CMD'],
    [{ cached: [9] }, 'failed', 'no instruction step 9'],
  ])('%j', async (fields, status, observed) => {
    expect(await check({ build: fields }, contextOf({}, { outcome }))).toMatchObject({ status, observed });
  });

  it.each<[string, Answers, Status, string]>([
    ['what was built', { 'GET /images/app/json': { Id: 'sha256:abc' } }, 'passed', 'cached: 1 to 3, built: 4'],
    [
      'of an earlier build',
      { 'GET /images/app/json': { Id: 'sha256:def' } },
      'failed',
      'app: an image that was here before',
    ],
    ['of nothing', {}, 'failed', 'no image app'],
  ])('a name %s', async (_, answers, status, observed) => {
    const context = contextOf(answers, { outcome: { ...outcome, built: 'sha256:abc' } });
    expect(await check({ build: { named: 'app' } }, context)).toMatchObject({ status, observed });
  });

  it('proves nothing where nothing was built, under not neither', async () => {
    const empty = { exitCode: 0, stdout: '', stderr: '' };
    expect((await check({ build: {} }, contextOf({}, { outcome: empty }))).status).toBe('failed');
    expect((await check({ not: { build: { cached: [1] } } }, contextOf({}, { outcome: empty }))).status).toBe('failed');
  });

  it('reads the classic builder’s messages, however they are cut, and the last build counts', () => {
    const watch = watchBuild();
    const text = 'Step 1/2 : FROM busybox\n ---> abc\nStep 2/2 : RUN true\n ---> Running in 1\n';
    const again = 'Step 1/2 : FROM busybox\n ---> abc\nStep 2/2 : RUN true\n ---> Using cache\n ---> def\n';
    for (const piece of [text, again.slice(0, 30), again.slice(30)]) watch.see({ stream: piece });
    expect(watch.steps()).toMatchObject([
      { instruction: 'FROM busybox', cached: true },
      { instruction: 'RUN true', cached: true },
    ]);
  });

  it('knows the image that came out of the last build', () => {
    const watch = watchBuild();
    expect(watch.image()).toBeUndefined();
    watch.see({ aux: { ID: 'sha256:abc' } });
    watch.began(undefined);
    expect(watch.image()).toBeUndefined();
    watch.see({ aux: { ID: 'sha256:def' } });
    watch.see({ aux: { ID: 'sha256:789' } });
    expect(watch.image()).toBe('sha256:789');
  });

  it('reads Podman’s messages too', () => {
    const watch = watchBuild();
    watch.see({
      stream: 'STEP 1/3: FROM busybox\nSTEP 2/3: RUN true\n--> Using cache 374dbfd263dc\n--> 374dbfd263d\n',
    });
    watch.see({ stream: 'STEP 3/3: RUN false\n' });
    expect(watch.steps()).toMatchObject([
      { cached: true },
      { instruction: 'RUN true', cached: true },
      { cached: false },
    ]);
  });

  it('an image that is pulled for FROM was not here', () => {
    const watch = watchBuild();
    watch.see({ stream: 'Step 1/1 : FROM busybox\n' });
    watch.see({ status: 'Pulling from library/busybox', id: 'latest' });
    expect(watch.steps()).toMatchObject([{ instruction: 'FROM busybox', cached: false }]);
  });

  it('knows how long each took', () => {
    let now = 0;
    const watch = watchBuild(() => now);
    for (const [at, stream] of [
      [5, 'Step 1/2 : FROM busybox\n'],
      [7, ' ---> abc\n'],
      [8, 'Step 2/2 : RUN sleep 1\n'],
      [9, ' ---> Running in 1\n'],
      [1008, ' ---> def\n'],
    ] as const) {
      now = at;
      watch.see({ stream });
    }
    expect(watch.steps().map(({ ms }) => ms)).toEqual([3, 1000]);
  });
});

describe('registry', () => {
  const digest = `sha256:${'4'.repeat(64)}`;
  const server = createServer((request: IncomingMessage, answer: ServerResponse) => {
    if (request.headers.authorization !== `Basic ${Buffer.from('ann:secret').toString('base64')}`)
      return void answer.writeHead(401, { 'www-authenticate': 'Basic realm="r"' }).end();
    if (request.url === '/v2/app/tags/list') return void answer.end(JSON.stringify({ name: 'app', tags: ['1.0'] }));
    if (request.url === '/v2/app/manifests/1.0')
      return void answer.writeHead(200, { 'docker-content-digest': digest }).end();
    answer.writeHead(404).end(JSON.stringify({ errors: [{ code: 'NAME_UNKNOWN' }] }));
  });
  let at = '';
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    at = `localhost:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(() => server.close());
  const ours = () => publishing(Number(at.split(':')[1]));
  const context = () =>
    contextOf(ours(), {
      portsHost: '127.0.0.1',
      login: async () => ({ server: at, username: 'ann', password: 'secret' }),
    });

  it.each<[object, Status, string]>([
    [{ repository: 'app' }, 'passed', 'tags: 1.0'],
    [{ repository: 'app', tag: '1.0' }, 'passed', 'tag 1.0'],
    [{ repository: 'app', tag: '2.0' }, 'failed', 'tags: 1.0'],
    [{ repository: 'none' }, 'failed', 'no repository none'],
    [{ repository: 'none', exists: false }, 'passed', 'no repository none'],
    [{ repository: 'app', tag: '1.0', exists: false }, 'failed', 'tag 1.0'],
  ])('%j', async (fields, status, observed) => {
    const result = await check({ registry: { at, repository: 'app', ...fields } }, context());
    expect(result).toMatchObject({ status, observed });
  });

  it.each<[string, Status, string]>([
    [`1.0: digest: ${digest} size: 528\n`, 'passed', digest],
    [`1.0: digest: sha256:${'5'.repeat(64)}\n`, 'failed', `${digest}, which the command did not print`],
  ])('with printed wants the digest of the tag: %j', async (stdout, status, observed) => {
    const claim: Claim = { registry: { at, repository: 'app', tag: '1.0', printed: true } };
    const outcome = { exitCode: 0, stdout, stderr: '' };
    expect(await check(claim, { ...context(), outcome })).toMatchObject({ status, observed });
    expect((await check(claim, context())).observed).toBe('nothing was run in this step');
  });

  it('without a login proves neither that it is there nor that it is not', async () => {
    const claim: Claim = { registry: { at, repository: 'app' } };
    const result = await check(claim, contextOf(ours(), { portsHost: '127.0.0.1' }));
    expect(result).toMatchObject({ status: 'failed', observed: `${at} wants a login` });
    expect((await check({ not: claim }, contextOf(ours(), { portsHost: '127.0.0.1' }))).status).toBe('failed');
    expect(JSON.stringify(result)).not.toContain('secret');
  });

  it('that is silent proves nothing', async () => {
    const claim: Claim = { not: { registry: { at: 'localhost:65534', repository: 'app' } } };
    expect(await check(claim, context())).toMatchObject({
      status: 'failed',
      observed: 'localhost:65534: no container of this lesson publishes this port',
    });
    expect(await check(claim, contextOf(publishing(65534)))).toMatchObject({
      status: 'failed',
      observed: expect.stringContaining('nothing listens') as string,
    });
  });

  it.each([
    ['localhost:5000', 'localhost', 'http://localhost:5000'],
    ['127.0.0.1:5000', '10.0.0.1', 'http://10.0.0.1:5000'],
    ['localhost:5000', '::1', 'http://[::1]:5000'],
    ['registry.example.com:5000', 'localhost', 'https://registry.example.com:5000'],
    ['127.0.0.1.example.com', 'localhost', 'https://127.0.0.1.example.com'],
    ['docker.io', 'localhost', 'https://registry-1.docker.io'],
  ])('%s seen from an engine whose ports are at %s is %s', (name, portsHost, base) => {
    expect(registryBase(name, portsHost)).toBe(base);
  });
});

describe('compose', () => {
  const one = (service: string, State: string, Status: string, more = {}) => ({
    State,
    Status,
    Labels: { 'com.docker.compose.service': service, ...more },
  });
  const containers = [
    one('web', 'running', 'Up 3 seconds'),
    one('web', 'running', 'Up 3 seconds'),
    one('db', 'running', 'Up 3 seconds (healthy)'),
    one('job', 'exited', 'Exited (0) 1 second ago'),
    one('web', 'exited', 'Exited (0) 1 second ago', { 'com.docker.compose.oneoff': 'True' }),
  ];

  it.each<[Omit<ComposeFields, 'project'>, Status, string]>([
    [{}, 'passed', 'services: db, job and web'],
    [{ running: ['web', 'db'] }, 'passed', 'web: running, db: running'],
    [{ running: ['job'] }, 'failed', 'job: exited'],
    [{ running: ['cache'] }, 'failed', 'cache: none'],
    [{ healthy: ['db'] }, 'passed', 'db: healthy'],
    [{ healthy: ['web'] }, 'failed', 'web: no health check'],
    [{ replicas: { web: 2, job: 0 } }, 'passed', 'containers: web 2 and job 0'],
    [{ replicas: { web: '>=3' } }, 'failed', 'containers: web 2'],
    [{ exists: false }, 'failed', 'services: db, job and web'],
  ])('%j', async (fields, status, observed) => {
    const context = contextOf({ 'GET /containers/json': containers, 'GET /networks': [] });
    expect(await check({ compose: { project: 'shop', ...fields } }, context)).toMatchObject({ status, observed });
  });

  it('is gone once its containers and networks are', async () => {
    const gone: Claim = { compose: { project: 'shop', exists: false } };
    const left = { 'GET /containers/json': [], 'GET /networks': [{ Name: 'shop_default' }] };
    expect(await check(gone, contextOf(left))).toMatchObject({ status: 'failed', observed: 'networks: shop_default' });
    expect((await check(gone, contextOf({ ...left, 'GET /networks': [] }))).status).toBe('passed');
    expect((await check({ compose: { project: 'shop' } }, contextOf(left))).status).toBe('failed');
  });
});

describe('service', () => {
  const task = (State: string, Image = 'nginx:1@sha256:aa') => ({
    Status: { State },
    Spec: { ContainerSpec: { Image } },
  });
  const answers = {
    'GET /services/web': { ID: 's1' },
    'GET /tasks': [task('running'), task('running'), task('preparing')],
  };

  it.each<[Omit<ServiceFields, 'name'>, Status, string]>([
    [{}, 'passed', 'running tasks: 2'],
    [{ replicas: 2 }, 'passed', 'running tasks: 2'],
    [{ replicas: 3 }, 'failed', 'running tasks: 2'],
    [{ image: 'nginx:1' }, 'passed', 'image: nginx:1@sha256:aa'],
    [{ image: 'nginx:2' }, 'failed', 'image: nginx:1@sha256:aa'],
    [{ image: 'nginx@sha256:bb' }, 'failed', 'image: nginx:1@sha256:aa'],
    [{ image: 'nginx:1@sha256:aa' }, 'passed', 'image: nginx:1@sha256:aa'],
    [{ image: 'MyHost/nginx:1' }, 'failed', 'image: nginx:1@sha256:aa'],
    [{ exists: false }, 'failed', 'it is there, running tasks: 2'],
  ])('%j', async (fields, status, observed) => {
    expect(await check({ service: { name: 'web', ...fields } }, contextOf(answers))).toMatchObject({
      status,
      observed,
    });
  });

  it('is not there where the engine knows no such one', async () => {
    expect((await check({ service: { name: 'web', exists: false } }, contextOf({}))).status).toBe('passed');
    expect((await check({ service: { name: 'web' } }, contextOf({}))).status).toBe('failed');
  });
});

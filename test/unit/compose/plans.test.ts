/** The requests of compose commands, with the names and labels by which docker compose knows a project. */
import { describe, expect, test } from 'vitest';
import type { JsonObject, Request } from '../../../src/api/request.ts';
import { config, drive } from './drive.ts';
import type { Driven } from './drive.ts';

const yaml = `
services:
  web:
    image: web:1
    ports: ["8080:80"]
    depends_on: {db: {condition: service_healthy}}
    deploy: {resources: {limits: {cpus: 0.5, memory: 64m}}}
    volumes: ["./src:/src:ro", "data:/data"]
    secrets: [file, word]
  db:
    image: db:1
    healthcheck: {test: ok, interval: 1s}
    networks: {default: {aliases: [store]}}
volumes: {data: }
secrets: {file: {file: ./pw}, word: {environment: WORD}}
`;

const env = { WORD: 'hush' };
const up = (line: string): Driven => config(yaml, { line, env });
const sent = ({ requests }: Driven): readonly string[] =>
  requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
const bodyOf = ({ requests }: Driven, name: string): JsonObject =>
  requests.find(({ path, query }) => path === '/containers/create' && query?.['name'] === name)?.body ?? {};

describe('compose up -d', () => {
  const driven = up('docker compose up -d');

  test('makes network, volume and containers, and starts each after what it needs', () => {
    expect(sent(driven)).toEqual([
      'POST /networks/create',
      'POST /volumes/create',
      'POST /containers/create',
      'POST /containers/create',
      'PUT /containers/<id of shop-web-1>/archive',
      'POST /containers/<id of shop-db-1>/start',
      'POST /containers/<id of shop-web-1>/start',
    ]);
    expect(driven.exitCode).toBe(0);
  });

  test('says what it does, a line each', () => {
    expect(driven.stderr).toContain(' Network shop_default  Created\n');
    expect(driven.stderr).toContain(
      ' Container shop-db-1  Healthy\n Container shop-web-1  Starting\n Container shop-web-1  Started\n',
    );
  });

  test('labels what it makes', () => {
    expect(bodyOf(driven, 'shop-web-1')['Labels']).toMatchObject({
      'com.docker.compose.project': 'shop',
      'com.docker.compose.service': 'web',
      'com.docker.compose.container-number': '1',
      'com.docker.compose.oneoff': 'False',
      'com.docker.compose.project.working_dir': '/work/shop',
      'com.docker.compose.project.config_files': '/work/shop/compose.yaml',
      'com.docker.compose.config-hash': expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      'com.docker.compose.depends_on': 'db:service_healthy:false',
    });
    const network = driven.requests.find(({ path }) => path === '/networks/create');
    expect(network?.body).toMatchObject({
      Name: 'shop_default',
      Driver: 'bridge',
      Labels: { 'com.docker.compose.project': 'shop', 'com.docker.compose.network': 'default' },
    });
    const volume = driven.requests.find(({ path }) => path === '/volumes/create');
    expect(volume?.body).toMatchObject({
      Name: 'shop_data',
      Labels: { 'com.docker.compose.project': 'shop', 'com.docker.compose.volume': 'data' },
    });
  });

  test('turns the service into a container', () => {
    expect(bodyOf(driven, 'shop-web-1')).toMatchObject({
      Image: 'web:1',
      ExposedPorts: { '80/tcp': {} },
      HostConfig: {
        PortBindings: { '80/tcp': [{ HostPort: '8080' }] },
        NanoCpus: 500_000_000,
        Memory: 67_108_864,
        NetworkMode: 'shop_default',
        Binds: ['/work/shop/src:/src:ro', 'shop_data:/data:rw'],
        Mounts: [{ Type: 'bind', Source: '/work/shop/pw', Target: '/run/secrets/file', ReadOnly: true }],
      },
    });
    expect(bodyOf(driven, 'shop-db-1')).toMatchObject({
      Healthcheck: { Test: ['CMD-SHELL', 'ok'], Interval: 1e9 },
      NetworkingConfig: { EndpointsConfig: { shop_default: { Aliases: ['shop-db-1', 'db', 'store'] } } },
    });
  });

  test('copies a secret that is a variable in, and shows it nowhere else', () => {
    const copied = driven.requests.find(({ method }) => method === 'PUT');
    expect(copied?.upload).toMatchObject({
      of: 'texts',
      files: [{ path: 'run/secrets/word', text: 'hush', mode: '0444' }],
    });
    const others = driven.requests.filter((request) => request !== copied);
    expect(JSON.stringify([others, driven.stdout, driven.stderr])).not.toContain('hush');
  });

  test('--scale makes as many', () => {
    const names = up('docker compose up -d --scale db=3')
      .requests.filter(({ path }) => path === '/containers/create')
      .map(({ query }) => query?.['name']);
    expect(names).toEqual(['shop-db-1', 'shop-db-2', 'shop-db-3', 'shop-web-1']);
  });

  test('of one service brings what it needs, --no-deps does not', () => {
    const made = (line: string): number => up(line).requests.filter(({ path }) => path === '/containers/create').length;
    expect(made('docker compose up -d db')).toBe(1);
    expect(made('docker compose up -d web')).toBe(2);
    expect(made('docker compose up -d --no-deps web')).toBe(1);
  });

  test('--no-deps does not wait for what it leaves alone', () => {
    const engine = running(up('docker compose up -d'));
    expect(config(yaml, { line: 'docker compose up -d web', env, engine }).stderr).toContain('shop-db-1  Healthy');
    const alone = config(yaml, { line: 'docker compose up -d --no-deps web', env, engine });
    expect(alone.stderr).toContain('shop-web-1  Running');
    expect(alone.stderr).not.toContain('shop-db-1');
  });

  test('--no-start starts nothing', () => {
    expect(sent(up('docker compose up --no-start')).some((line) => line.endsWith('/start'))).toBe(false);
  });

  test('a service that is not there is answered with the nearest one', () => {
    expect(up('docker compose up -d wbe')).toMatchObject({
      exitCode: 1,
      stderr: 'no such service: wbe; did you mean web?\n',
    });
  });

  test('an engine before API 1.44 is given the further networks one by one', () => {
    const two = 'services: {a: {image: x, networks: [one, two]}}\nnetworks: {one: , two: }';
    const paths = (apiVersion: string): readonly string[] =>
      sent(drive('docker compose up -d', { files: { 'compose.yaml': two }, apiVersion }));
    expect(paths('1.41')).toContain('POST /networks/shop_two/connect');
    expect(paths('1.51')).not.toContain('POST /networks/shop_two/connect');
  });
});

/** An engine that already runs what the first `up` asked for. */
function running(
  first: Driven,
  change: (labels: Record<string, string>) => Record<string, string> = (labels) => labels,
): (request: Request) => { body: unknown } | undefined {
  const made = first.requests.filter(({ path }) => path === '/containers/create');
  return ({ path, method }) => {
    if (method !== 'GET') return undefined;
    if (path === '/containers/json')
      return {
        body: made.map(({ query, body }) => ({
          Id: `id-${query?.['name'] ?? ''}`,
          Names: [`/${query?.['name'] ?? ''}`],
          Image: 'i',
          ImageID: '<image-id>',
          Command: 'c',
          Created: 0,
          State: 'running',
          Status: 'Up',
          Ports: [],
          Labels: change((body?.['Labels'] ?? {}) as Record<string, string>),
        })),
      };
    if (path === '/networks')
      return { body: [{ Id: 'n', Name: 'shop_default', Labels: { 'com.docker.compose.project': 'shop' } }] };
    if (path.startsWith('/volumes/'))
      return { body: { Name: 'shop_data', Labels: { 'com.docker.compose.project': 'shop' } } };
    return undefined;
  };
}

describe('up again', () => {
  const first = up('docker compose up -d');

  test('changes nothing where nothing has changed', () => {
    expect(sent(config(yaml, { env, line: 'docker compose up -d', engine: running(first) }))).toEqual([]);
  });

  test('replaces only the service that has changed', () => {
    const again = config(yaml.replace('image: web:1', 'image: web:2'), {
      env,
      line: 'docker compose up -d',
      engine: running(first),
    });
    expect(sent(again)).toEqual([
      'POST /containers/create',
      'PUT /containers/<id of shop-web-1>/archive',
      'POST /containers/id-shop-web-1/stop',
      'DELETE /containers/id-shop-web-1',
      'POST /containers/<id of shop-web-1>/rename',
      'POST /containers/<id of shop-web-1>/start',
    ]);
  });

  test.each([
    [
      'the order of keys',
      yaml.replace('    image: web:1\n    ports: ["8080:80"]\n', '    ports: ["8080:80"]\n    image: web:1\n'),
    ],
    ['the number of replicas', yaml.replace('deploy: {resources', 'deploy: {replicas: 1, resources')],
    ['what it depends on', yaml.replace('service_healthy', 'service_started')],
  ])('%s is no change', (_, changed) => {
    expect(sent(config(changed, { env, line: 'docker compose up -d', engine: running(first) }))).toEqual([]);
  });

  test('replaces all with --force-recreate, and none with --no-recreate', () => {
    const made = (line: string, file = yaml): number =>
      config(file, { env, line, engine: running(first) }).requests.filter(({ path }) => path === '/containers/create')
        .length;
    expect(made('docker compose up -d --force-recreate')).toBe(2);
    expect(made('docker compose up -d --no-recreate', yaml.replace('web:1', 'web:2'))).toBe(0);
  });

  test('names services that are gone, and removes them where asked', () => {
    const less = 'services: {db: {image: db:1}}';
    expect(config(less, { env, line: 'docker compose up -d', engine: running(first) }).stderr).toMatch(
      /not in the file: shop-web-1/,
    );
    expect(
      sent(config(less, { env, line: 'docker compose up -d --remove-orphans', engine: running(first) })),
    ).toContain('DELETE /containers/id-shop-web-1');
  });
});

describe('other commands', () => {
  const first = up('docker compose up -d');
  const there = (line: string): Driven => config(yaml, { env, line, engine: running(first) });

  test('down goes the other way round, and leaves volumes', () => {
    expect(sent(there('docker compose down'))).toEqual([
      'POST /containers/id-shop-web-1/stop',
      'DELETE /containers/id-shop-web-1',
      'POST /containers/id-shop-db-1/stop',
      'DELETE /containers/id-shop-db-1',
      'DELETE /networks/n',
    ]);
  });

  test('down -v takes the volumes too', () => {
    expect(sent(there('docker compose down -v')).at(-1)).toBe('DELETE /volumes/shop_data');
  });

  test('a project can be taken down by name, without its file', () => {
    const gone = drive('docker compose -p shop down', { files: {}, engine: running(first) });
    expect(gone.exitCode).toBe(0);
    expect(sent(gone)).toContain('DELETE /containers/id-shop-web-1');
  });

  test.each([
    ['docker compose stop web', ['POST /containers/id-shop-web-1/stop']],
    ['docker compose restart -t 3 db', ['POST /containers/id-shop-db-1/restart']],
    ['docker compose kill -s TERM db', ['POST /containers/id-shop-db-1/kill']],
    ['docker compose pause web', ['POST /containers/id-shop-web-1/pause']],
    ['docker compose rm -sf web', ['POST /containers/id-shop-web-1/stop', 'DELETE /containers/id-shop-web-1']],
    ['docker compose exec -T db ls -l', ['POST /containers/id-shop-db-1/exec', 'POST /exec/<id>/start']],
    ['docker compose pull db', ['POST /images/create']],
    ['docker compose start', []],
  ])('%s', (line, requests) => {
    expect(sent(there(line))).toEqual(requests);
  });

  test('ps prints the table of compose', () => {
    expect(there('docker compose ps').stdout).toMatch(
      /^NAME +IMAGE +COMMAND +SERVICE +CREATED +STATUS +PORTS\nshop-db-1 +i +"c" +db /,
    );
  });

  test('exec names a service that is not running', () => {
    const engine = () => ({ body: [] });
    expect(drive('docker compose exec db ls', { files: { 'compose.yaml': yaml }, env, engine })).toMatchObject({
      exitCode: 1,
      stderr: 'service "db" is not running\n',
    });
  });

  test('build is docker build of the same settings', () => {
    const built = config('services: {a: {build: {context: ./api, target: dev, args: {A: 1}}}}', {
      line: 'docker compose build',
      files: { 'api/Dockerfile': 'FROM x\n' },
    });
    const build = built.requests.find(({ path }) => path === '/build');
    expect(build?.query).toMatchObject({ t: 'shop-a', target: 'dev', buildargs: '{"A":"1"}' });
    expect(build?.upload).toMatchObject({ of: 'context', folder: '/work/shop/api' });
  });

  test('run makes one container without ports, restarts or number', () => {
    const ran = up('docker compose run --rm --no-deps -e X=1 web sh -c "echo hi"');
    const made = ran.requests.find(({ path }) => path === '/containers/create');
    expect(made?.query?.['name']).toMatch(/^shop-web-run-[0-9a-f]{12}$/);
    expect(made?.body).toMatchObject({
      Cmd: ['sh', '-c', 'echo hi'],
      Env: ['X=1'],
      Labels: { 'com.docker.compose.oneoff': 'True' },
      HostConfig: { AutoRemove: true },
    });
    expect(made?.body?.['HostConfig']).not.toHaveProperty('PortBindings');
    expect(made?.body?.['Labels']).not.toHaveProperty(['com.docker.compose.container-number']);
  });
});

test.each([
  ['nginx', 'nginx', 'latest'],
  ['MyHost/app:1', 'MyHost/app', '1'],
  [`nginx:1@sha256:${'a'.repeat(64)}`, 'nginx', '<none>'],
  ['a'.repeat(64), '<none>', '<none>'],
])('docker compose images calls %s %s, tag %s', (image, repository, tag) => {
  const labels = { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' };
  const container = { Id: 'c1', Names: ['/shop-web-1'], Image: image, ImageID: 'sha256:1', Labels: labels };
  const { stdout } = drive('docker compose -p shop images --format json', {
    files: {},
    engine: ({ path }) => (path === '/containers/json' ? { body: [container] } : undefined),
  });
  expect(JSON.parse(stdout)).toMatchObject([{ Repository: repository, Tag: tag }]);
});

test('a Dockerfile that stands in the compose file is sent with its context', () => {
  const inline = 'FROM busybox\nRUN echo $X\n';
  const driven = config(
    `services:\n  a:\n    build:\n      context: .\n      dockerfile_inline: |\n        FROM busybox\n        RUN echo $$X\n`,
    { line: 'docker compose build' },
  );
  const build = driven.requests.find(({ path }) => path === '/build');
  expect(build?.upload).toMatchObject({ of: 'context', dockerfile: '-', inline });
  expect(build?.query?.['dockerfile']).toBe(build?.upload?.of === 'context' ? build.upload.sentAs : '');
});

/** What a scenario may not do without saying so. */
import { mkdtempSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { portAddress } from '../../../src/web/own-address.ts';
import { Failure } from '../../../src/failure.ts';
import type { Effect } from '../../../src/plan/effects.ts';
import { assertPermitted, needsOf } from '../../../src/permission/permissions.ts';
import { watched } from '../../../src/plan/watched.ts';
import { assertPrechecked, precheck } from '../../../src/permission/precheck.ts';
import { realPath } from '../../../src/permission/real-path.ts';
import { parseScenario } from '../../../src/scenario/load.ts';
import { head } from '../scenario/samples.ts';

/** The image is the lesson's, and so is the volume. */
const required = (permissions: readonly string[] = []): string =>
  `requires: { images: [busybox], permissions: ${JSON.stringify(permissions)} }\n`;

function scenarioOf(line: string, permissions: readonly string[] = [], more = '') {
  return parseScenario(
    `${head}${more}${required(permissions)}steps:\n  - id: one\n    title: One\n    do: ${JSON.stringify(line)}\n`,
    's.yaml',
  );
}

const needed = async (line: string): Promise<readonly string[]> =>
  (await precheck(scenarioOf(line))).prepared.flatMap(({ needs }) => needs.map(({ permission }) => permission));

describe('a command needs', () => {
  test.each<[string, readonly string[]]>([
    ['docker run busybox', []],
    ['docker manifest inspect ghcr.io/a/b', ['registry:ghcr.io']],
    ['docker buildx imagetools inspect alpine', ['registry:docker.io']],
    ['docker run -v data:/data busybox', []],
    ['docker run -v ./site:/site busybox', []],
    ['docker run -v {{workspace}}/site:/site busybox', []],
    ['docker run -v $PWD/site:/site busybox', []],
    ['docker run --mount type=bind,source=./x,target=/x busybox', []],
    ['docker run --tmpfs /tmp --cap-add NET_RAW busybox', []],
    ['docker run --cap-add net_admin busybox', ['capability:NET_ADMIN']],
    ['docker run --runtime crun busybox', ['runtime:crun']],
    ['docker run --log-driver syslog busybox', ['log-driver:syslog']],
    ['docker run --cgroup-parent /x busybox', ['privileged']],
    [
      'docker volume create --opt type=tmpfs --opt o=bind --opt device=/ data',
      ['engine-socket', 'bind-outside-workspace'],
    ],
    ['docker volume create --opt type=nfs --opt o=bind --opt device=/etc data', ['bind-outside-workspace']],
    ['docker volume create --opt type=nfs --opt o=addr=10.0.0.5 --opt device=:/x data', ['address:10.0.0.5:2049']],
    ['docker volume create -d rexray data', ['driver:rexray']],
    ['docker build --network host .', ['host-network']],
    ['docker build --secret id=x,src=x .', []],
    ['docker build --secret id=x,src=/etc/shadow .', ['bind-outside-workspace']],
    ['docker build --ssh default=/run/agent.sock .', ['bind-outside-workspace']],
    ['docker build -o out .', []],
    ['docker build -o /srv/out .', ['bind-outside-workspace']],
    ['docker build http://localhost:8080/x.tar', ['address:localhost:8080']],
    ['docker run -p 8080:80 --network none busybox', []],
    ['docker run -v /etc:/etc busybox', ['bind-outside-workspace']],
    ['docker run -v ./../../x:/x busybox', ['bind-outside-workspace']],
    ['docker run -v {{workspace}}/../x:/x busybox', ['bind-outside-workspace']],
    ['docker run -v {{workspace}}-other:/x busybox', ['bind-outside-workspace']],
    ['docker run --mount type=bind,source=/etc,target=/x busybox', ['bind-outside-workspace']],
    [
      'docker run --mount type=volume,target=/x,volume-opt=type=none,volume-opt=o=bind,volume-opt=device=/etc busybox',
      ['bind-outside-workspace'],
    ],
    ['docker volume create --opt type=none --opt o=bind --opt device=/etc data', ['bind-outside-workspace']],
    ['docker volume create --opt type=nfs --opt o=bind --opt device=/etc data', ['bind-outside-workspace']],
    ['docker volume create --opt type=tmpfs --opt o=rbind,ro --opt device=/etc data', ['bind-outside-workspace']],
    [
      'docker run --mount type=volume,target=/x,volume-opt=type=nfs,volume-opt=o=bind,volume-opt=device=/etc busybox',
      ['bind-outside-workspace'],
    ],
    ['docker run -v .:/all -v ./site:/site busybox', ['bind-outside-workspace']],
    ['docker run -v .:/all:ro -v ./site:/site -v ./site:/www busybox', []],
    ['docker volume create --opt type=ext4 --opt device=/dev/sda1 data', ['privileged']],
    ['docker volume create --opt type=tmpfs --opt device=tmpfs data', []],
    ['docker run --env-file /etc/shadow busybox', ['bind-outside-workspace']],
    ['docker run -v /var/run/docker.sock:/s busybox', ['engine-socket']],
    ['docker run -v /run/docker.sock:/s busybox', ['engine-socket']],
    ['docker run -v /var/run:/s busybox', ['engine-socket', 'bind-outside-workspace']],
    ['docker run -v /:/host busybox', ['engine-socket', 'bind-outside-workspace']],
    ['docker run --network host busybox', ['host-network']],
    ['docker run --net=host busybox', ['host-network']],
    ['docker create --network host busybox', ['host-network']],
    ['docker run --privileged busybox', ['privileged']],
    ['docker run --cap-add ALL busybox', ['privileged']],
    ['docker run --cap-add cap_sys_admin busybox', ['privileged']],
    ['docker run --device /dev/fuse busybox', ['privileged']],
    ['docker run --pid host busybox', ['privileged']],
    ['docker run --ipc host busybox', ['privileged']],
    ['docker run --security-opt seccomp=unconfined busybox', ['privileged']],
    ['docker run --security-opt systempaths=unconfined busybox', ['privileged']],
    ['docker run --security-opt no-new-privileges busybox', []],
  ])('%s: %j', async (line, permissions) => {
    const scenario = scenarioOf(line);
    expect(await needed(line)).toEqual(permissions);
    const { objections } = await precheck(scenario);
    expect(objections.map(({ failure }) => failure.args['permission'])).toEqual(permissions);
    const granted = scenarioOf(line, permissions);
    expect((await precheck(granted)).objections).toEqual([]);
  });

  const place = { workspace: '/w', real: (path: string): string => path };
  const ask = (path: string, body: object): Effect => ({
    do: 'ask',
    request: { method: 'POST', path, body: body as never },
    accept: [],
    assume: { status: 200, headers: {}, body: {} },
  });

  test.each<[string, Effect, readonly string[]]>([
    ['swarm init', ask('/swarm/init', {}), ['swarm-init']],
    ['swarm join', ask('/swarm/join', {}), ['swarm-init']],
    ['exec --privileged', ask('/containers/c/exec', { Privileged: true }), ['privileged']],
    [
      'a service on the host’s network',
      ask('/services/create', { TaskTemplate: { Networks: [{ Target: 'host' }] } }),
      ['host-network'],
    ],
    [
      'a service’s bind',
      ask('/services/create', { TaskTemplate: { ContainerSpec: { Mounts: [{ Type: 'bind', Source: '/etc' }] } } }),
      ['bind-outside-workspace'],
    ],
    [
      'a service’s capability',
      ask('/services/s/update', { TaskTemplate: { ContainerSpec: { CapabilityAdd: ['CAP_SYS_ADMIN'] } } }),
      ['privileged'],
    ],
    ['a macvlan network', ask('/networks/create', { Driver: 'macvlan' }), ['host-network']],
    ['a bridge network', ask('/networks/create', { Driver: 'bridge' }), []],
    ['a file written outside', { do: 'save', path: '/home/x', content: '' }, ['bind-outside-workspace']],
    ['a file written inside', { do: 'save', path: 'id.txt', content: '' }, []],
    [
      'a file copied out',
      { do: 'store', handle: { handle: 0 }, to: { to: 'file', path: '../x' } },
      ['bind-outside-workspace'],
    ],
  ])('%s: %j', (_, effect, permissions) => {
    expect(needsOf(effect, place).map(({ permission }) => permission)).toEqual(permissions);
  });

  test.each<[string, Partial<{ folder: string; dockerfile: string }>, readonly string[]]>([
    ['a context inside', { folder: '.', dockerfile: 'Dockerfile' }, []],
    [
      'a context outside',
      { folder: '/home', dockerfile: 'Dockerfile' },
      ['bind-outside-workspace', 'bind-outside-workspace'],
    ],
    ['a Dockerfile outside', { folder: '.', dockerfile: '../Dockerfile' }, ['bind-outside-workspace']],
  ])('%s', (_, upload, permissions) => {
    const request = { method: 'POST', path: '/build', upload: { of: 'context', ...upload } } as never;
    expect(
      needsOf({ do: 'follow', request, to: 'stdout', assume: [] }, place).map(({ permission }) => permission),
    ).toEqual(permissions);
  });
});

describe('links', () => {
  const workspace = realPath(mkdtempSync(join(tmpdir(), 'permissions-')));
  afterAll(() => rmSync(workspace, { recursive: true }));

  test('that lead out of the workspace are outside, also where the end does not exist', () => {
    mkdirSync(join(workspace, 'in'));
    symlinkSync('/etc', join(workspace, 'out'));
    symlinkSync('../none', join(workspace, 'dangling'));
    symlinkSync('none', join(workspace, 'in', 'dangling'));
    symlinkSync('../dangling', join(workspace, 'in', 'further'));
    symlinkSync('ring', join(workspace, 'ring'));
    const place = { workspace, real: realPath };
    const bind = (source: string): Effect => ({
      do: 'ask',
      request: { method: 'POST', path: '/containers/create', body: { HostConfig: { Binds: [`${source}:/x`] } } },
      accept: [],
      assume: { status: 201, headers: {}, body: {} },
    });
    expect(needsOf(bind(join(workspace, 'in/new')), place)).toEqual([]);
    expect(needsOf(bind(join(workspace, 'in/dangling')), place)).toEqual([]);
    expect(needsOf(bind(join(workspace, 'ring')), place)).toEqual([]);
    for (const source of ['out', 'out/none', 'in/../../x', 'dangling', 'dangling/x', 'in/further'])
      expect(needsOf(bind(join(workspace, source)), place)).toMatchObject([{ permission: 'bind-outside-workspace' }]);
    expect(() => assertPermitted(bind(join(workspace, 'out')), [], 'docker run', place)).toThrow(Failure);
    expect(() =>
      assertPermitted(bind(join(workspace, 'out')), ['bind-outside-workspace'], 'docker run', place),
    ).not.toThrow();
  });
});

describe('before anything runs', () => {
  test('a variable is looked at with its value', async () => {
    const scenario = scenarioOf('docker run -v ./{{folder}}:/x busybox', [], 'vars: { folder: site }\n');
    expect((await precheck(scenario)).objections).toEqual([]);
    expect((await precheck(scenario, { folder: '../../etc' })).objections).toMatchObject([
      { failure: { code: 'permission-missing' } },
    ]);
  });

  describe('a Compose file is looked at', () => {
    const up = (volume: string): string => `services:\n  web: { image: busybox, volumes: ['${volume}'] }\n`;
    const scenario = (steps: string) => parseScenario(`${head}${required()}steps:\n${steps}`, 's.yaml');
    const wrote = (text: string): string => `  - { id: file, title: File, write: { path: ./compose.yaml, ${text} } }\n`;
    const upStep = '  - { id: up, title: Up, do: docker compose up -d }\n';
    const needsIn = async (text: string, files: Readonly<Record<string, string>> = {}): Promise<readonly string[]> =>
      (await precheck(scenario(text), {}, { file: (path) => files[path] })).objections.map(
        ({ step, failure }) => `${step}: ${String(failure.args['permission'])}`,
      );

    test.each<[string, readonly string[]]>([
      ['data:/data', []],
      ['./site:/site', []],
      ['../x:/site', ['up: bind-outside-workspace']],
      ['/etc:/etc', ['up: bind-outside-workspace']],
      ['/var/run/docker.sock:/s', ['up: engine-socket']],
    ])('that the scenario brings: %s', async (volume, needs) => {
      const named = volume.startsWith('data:') ? `${up(volume)}volumes: { data: {} }\n` : up(volume);
      expect(await needsIn(upStep, { 'compose.yaml': named })).toEqual(needs);
    });

    test('that a step before has written, added to, or changed', async () => {
      const bad = JSON.stringify(up('/etc:/etc'));
      const good = up('./x:/x');
      expect(await needsIn(wrote(`content: ${bad}`) + upStep)).toEqual(['up: bind-outside-workspace']);
      expect(await needsIn(upStep + wrote(`content: ${bad}`), { 'compose.yaml': good })).toEqual([]);
      expect(await needsIn(wrote('replace: ./x, with: /etc') + upStep, { 'compose.yaml': good })).toEqual([
        'up: bind-outside-workspace',
      ]);
      const append = JSON.stringify('  two: { image: busybox, network_mode: host }\n');
      expect(await needsIn(wrote(`append: ${append}`) + upStep, { 'compose.yaml': good })).toEqual([
        'up: host-network',
      ]);
    });
  });

  describe('an address that is asked', () => {
    const told = async (step: string, more = 'requires: { images: [busybox] }\n'): Promise<readonly string[]> =>
      (
        await precheck(
          parseScenario(`${head}${more}ports: { web: 5000 }\nvars: { far: evil.example }\nsteps:\n${step}`, 's.yaml'),
        )
      ).objections.map(
        ({ line, path, failure }) =>
          `${line} at ${path.join('.')}: ${String(failure.args['permission'] ?? failure.code)}`,
      );
    const request = (fields: string): string => `  - { id: a, title: A, request: { ${fields} } }\n`;

    test.each([
      'http://{{host}}:{{web}}/',
      'http://localhost:{{web}}/x',
      'http://127.1:{{web}}/',
      'http://[::1]:5000/',
    ])('%s is a port of the scenario’s own', async (url) => {
      expect(await told(request(`url: '${url}'`))).toEqual([]);
    });

    test.each([
      ["url: 'http://localhost/x'", 'request http://localhost/x at steps.0.request.url: address:localhost:80'],
      ["url: 'https://127.1/'", 'request https://127.1/ at steps.0.request.url: address:127.0.0.1:443'],
      ['port: 6379', 'request port 6379 at steps.0.request.port: address:localhost:6379'],
    ])('%s is a port of this machine that nothing publishes', async (fields, objection) => {
      expect(await told(request(fields))).toEqual([objection]);
      const publish = '  - { id: p, title: P, do: docker run -d -p 6379:80 -p 80:80 -p 127.0.0.1:443:443 busybox }\n';
      expect(await told(publish + request(fields))).toEqual([]);
      expect(await told(request(fields), 'requires: { permissions: [host-network] }\n')).toEqual([]);
    });

    test.each([
      ['http://evil.example/', 'address:evil.example:80'],
      ['https://evil.example/', 'address:evil.example:443'],
      ['http://{{far}}/', 'address:evil.example:80'],
      ['http://{{host}}.evil.example/', 'address:localhost.evil.example:80'],
      ['http://{{host}}@evil.example/', 'address:evil.example:80'],
      ['http://{{host}}:{{web}}@evil.example/', 'address:evil.example:80'],
      ['http://169.254.169.254/latest/meta-data', 'address:169.254.169.254:80'],
      ['http://192.168.1.1/', 'address:192.168.1.1:80'],
      ['http://0.0.0.0/', 'address:0.0.0.0:80'],
      ['http://[fe80::1]:81/', 'address:[fe80::1]:81'],
      ['http://127.0.0.1.evil.example/', 'address:127.0.0.1.evil.example:80'],
      ['file:///etc/passwd', 'not-an-address'],
      ['localhost:80', 'not-an-address'],
    ])('%s is refused, with its place: %s', async (url, needed) => {
      const filled = url.replace('{{host}}', 'localhost').replace('{{web}}', '5000').replace('{{far}}', 'evil.example');
      expect(await told(request(`url: '${url}'`))).toEqual([`request ${filled} at steps.0.request.url: ${needed}`]);
      if (needed.startsWith('address:'))
        expect(await told(request(`url: '${url}'`), `requires: { permissions: ['${needed}'] }\n`)).toEqual([]);
    });

    test('by a check, or to find a mistake, is looked at too', async () => {
      const http = "http: { url: 'http://evil.example/' }";
      const step = `  - id: a
    title: A
    do: docker ps
    expect: [{ ${http} }, { all: [{ not: { ${http} } }] }]
    mistakes: [{ when: { any: [{ ${http} }] }, say: No. }]
`;
      expect(await told(step)).toEqual([
        'expect http://evil.example/ at steps.0.expect.0.http.url: address:evil.example:80',
        'expect http://evil.example/ at steps.0.expect.1.all.0.not.http.url: address:evil.example:80',
        'mistakes http://evil.example/ at steps.0.mistakes.0.when.any.0.http.url: address:evil.example:80',
      ]);
    });

    test.each([
      ['localhost:{{web}}', []],
      ['127.0.0.1:{{web}}', []],
      ['ghcr.io', ['registry:ghcr.io']],
      ['docker.io', ['registry:docker.io']],
      ['127.0.0.1.evil.example:5000', ['registry:127.0.0.1.evil.example:5000']],
      ['localhost.evil.example', ['registry:localhost.evil.example']],
    ])('a registry at %s needs %j', async (at, needed) => {
      const step = `  - { id: a, title: A, do: docker ps, expect: [{ registry: { at: '${at}', repository: app } }] }\n`;
      const objection = needed.map((one) => `expect ${at} at steps.0.expect.0.registry.at: ${one}`);
      expect(await told(step)).toEqual(objection);
      expect(await told(step, `requires: { permissions: ${JSON.stringify(needed)} }\n`)).toEqual([]);
    });

    test('is that of a published port, whatever its path', () => {
      expect(portAddress('localhost', 5000, '@evil.example/')).toBe('http://localhost:5000/@evil.example/');
      expect(portAddress('10.0.0.5', 5000)).toBe('http://10.0.0.5:5000/');
      for (const host of ['fe80::1', '[fe80::1]']) expect(portAddress(host, 80, '/x')).toBe('http://[fe80::1]:80/x');
    });
  });

  describe('a step that writes is looked at', () => {
    const write = (id: string, text: string): string => `  - { id: ${id}, title: File, write: { ${text} } }\n`;
    const run = (line: string): string => `  - { id: run, title: Run, do: ${JSON.stringify(line)} }\n`;
    const files: Readonly<Record<string, string>> = { 'app.py': 'one two two' };
    const told = async (steps: string, vars = ''): Promise<readonly string[]> =>
      (
        await precheck(
          parseScenario(`${head}${required()}${vars}steps:\n${steps}`, 's.yaml'),
          {},
          {
            file: (path) => files[path],
          },
        )
      ).objections.map(({ step, line, failure }) => `${step}, ${line}: ${failure.code}`);
    const change = (text: string): string => write('change', `path: ./app.py, replace: ${text}, with: three`);
    const refused = 'change, write ./app.py: replace-not-once';

    test('what is to be replaced must be there once', async () => {
      expect(await told(change('one'))).toEqual([]);
      expect(await told(change('two'))).toEqual([refused]);
      expect(await told(change('none'))).toEqual([refused]);
      expect(await told(write('made', 'path: app.py, content: two') + change('two'))).toEqual([]);
      expect(await told(change('one') + write('again', 'path: app.py, replace: one, with: x'))).toEqual([
        'again, write app.py: replace-not-once',
      ]);
    });

    test('but a file that is not known, or that a command may have changed, is looked at when it is written', async () => {
      expect(await told(write('change', 'path: other, replace: one, with: x'))).toEqual([]);
      expect(await told(run('docker run --rm busybox true') + change('none'))).toEqual([refused]);
      for (const line of [
        'docker run --rm -v ./:/work busybox sh -c x',
        'docker cp 0123456789ab:/app.py .',
        'docker save -o app.py busybox',
      ])
        expect(await told(run(line) + change('none'))).toEqual([]);
    });

    test('and its place must be in the workspace', async () => {
      const vars = 'vars: { folder: ../.. }\n';
      expect(await told(write('made', "path: '{{folder}}/x', content: x"), vars)).toEqual([
        'made, write ../../x: outside-workspace',
      ]);
      expect(await told(write('made', 'path: ..data/x, content: x'))).toEqual([]);
    });
  });

  test.each([
    ['docker run --naem x busybox', /naem/],
    ['docker rum busybox', /rum/],
    ['docker checkpoint ls x', /not performed/],
    ['docker ps | grep x', /./],
  ])('%s is refused, with step and command named', async (line, message) => {
    const refusal = assertPrechecked(scenarioOf(line), {}, 's.yaml');
    await expect(refusal).rejects.toThrow(message);
    await expect(refusal).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('s.yaml: step one') as unknown,
      evidence: [`step one: ${line}`, expect.any(String)],
    });
  });
});

test('a plan inside another is watched too', () => {
  function* inner() {
    yield { do: 'save', path: '/out', content: '' } as Effect;
    return 0;
  }
  function* outer() {
    const effect: Effect = { do: 'together', plans: [inner()] };
    yield effect;
    return 0;
  }
  const seen: string[] = [];
  const plan = watched(outer(), ({ do: what }) => seen.push(what));
  const first = plan.next().value as Extract<Effect, { do: 'together' }>;
  for (const one of first.plans) one.next();
  expect(seen).toEqual(['together', 'save']);
});

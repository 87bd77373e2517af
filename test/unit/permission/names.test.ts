/** Names of things that a scenario does not make itself: each needs its permission, and is seen before anything runs. */
import { describe, expect, test } from 'vitest';
import { precheck } from '../../../src/permission/precheck.ts';
import { parseScenario } from '../../../src/scenario/load.ts';
import { head } from '../scenario/samples.ts';

const declared = `names: { app: shop, net: shop-net, data: shop-data }
ports: { web: 8080 }
vars: { far: '' }
requires: { images: [busybox, 'mine/base:1'], permissions: PERMISSIONS }
`;

interface Steps {
  /** Lines of one step each. */
  readonly lines?: readonly string[];
  /** Of the last step. */
  readonly expect?: string;
  readonly when?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly permissions?: readonly string[];
}

async function objections({
  lines = [],
  expect: expected,
  when,
  files = {},
  permissions = [],
}: Steps): Promise<readonly string[]> {
  const all = lines.length === 0 ? ['docker ps'] : lines;
  const steps = all.map((line, i) =>
    [
      `  - id: s${String(i)}`,
      '    title: A step',
      `    do: ${JSON.stringify(line)}`,
      ...(i === all.length - 1 && expected !== undefined ? [`    expect: [${expected}]`] : []),
      ...(i === all.length - 1 && when !== undefined ? [`    mistakes: [{ when: ${when}, say: No. }]`] : []),
    ].join('\n'),
  );
  const text = `${head}${declared.replace('PERMISSIONS', JSON.stringify(permissions))}steps:\n${steps.join('\n')}\n`;
  const found = await precheck(parseScenario(text, 's.yaml'), {}, { file: (path) => files[path] });
  expect(found.needs.map(({ permission }) => permission)).toEqual(
    expect.arrayContaining(found.objections.flatMap(({ failure }) => failure.args['permission'] ?? [])),
  );
  return found.objections.map(
    ({ step, failure }) => `${step}: ${String(failure.args['permission'] ?? failure.message)}`,
  );
}

describe('a command that names what the scenario has not made', () => {
  test.each<[string, readonly string[]]>([
    ['docker logs my-db', ['container:my-db']],
    ['docker inspect --type container my-db', ['container:my-db']],
    ['docker exec my-db id', ['container:my-db']],
    ['docker cp my-db:/etc/passwd .', ['container:my-db']],
    ['docker export -o x.tar my-db', ['container:my-db']],
    ['docker commit my-db {{app}}', ['container:my-db']],
    ['docker stop my-db', ['container:my-db']],
    ['docker run --network container:my-db busybox', ['container:my-db']],
    ['docker run --pid container:my-db busybox', ['container:my-db']],
    ['docker run --volumes-from my-db:ro busybox', ['container:my-db']],
    ['docker run --link my-db:db busybox', ['container:my-db']],
    ['docker run --network my-net busybox', ['network:my-net']],
    ['docker network inspect my-net', ['network:my-net']],
    ['docker network connect my-net my-db', ['network:my-net', 'container:my-db']],
    ['docker volume inspect my-data', ['volume:my-data']],
    ['docker run mine/secret:1', ['image:mine/secret:1']],
    ['docker run mine/base', ['image:mine/base:latest']],
    ['docker tag mine/secret:1 localhost:{{web}}/{{app}}', ['image:mine/secret:1']],
    ['docker save -o x.tar mine/secret:1', ['image:mine/secret:1']],
    ['docker history mine/secret:1', ['image:mine/secret:1']],
    ['docker push mine/secret:1', ['image:mine/secret:1', 'registry:docker.io']],
    ['docker push ghcr.io/{{app}}:1', ['registry:ghcr.io']],
    ['docker push localhost:5555/{{app}}:1', ['registry:localhost:5555']],
    ['docker login -u me -p x ghcr.io', ['registry:ghcr.io']],
    ['docker service logs web', ['service:web']],
    ['docker service update --env-add A=b web', ['service:web']],
  ])('%s', async (line, needed) => {
    const told = needed.map((permission) => `s0: ${permission}`);
    expect(await objections({ lines: [line] })).toEqual(told);
    expect(await objections({ lines: [line], permissions: needed })).toEqual([]);
  });

  test.each([
    'docker run --name {{app}} -v {{data}}:/d --network {{net}} busybox',
    'docker run --network bridge busybox',
    'docker logs {{app}}',
    'docker logs {{app}}-web-1',
    'docker logs 3f2a9c81d0e4',
    'docker run mine/base:1',
    'docker tag mine/base:1 localhost:{{web}}/{{app}}:2',
    'docker push localhost:{{web}}/{{app}}:2',
    'docker run -v cache:/cache busybox',
    'docker ps -a',
    'docker network ls',
    // what is the user's stays
    'docker rm -f my-db',
    'docker rmi mine/secret:1',
    'docker volume rm my-data',
  ])('%s needs none', async (line) => {
    expect(await objections({ lines: [line] })).toEqual([]);
  });
});

test.each<[string, string, readonly string[]]>([
  ['-p {{web}}:5000', 'localhost', []],
  ['-p 127.0.0.1:{{web}}:5000 -p [::1]:{{web}}:5000', 'localhost', []],
  ['-p 127.0.0.1:{{web}}:5000', '127.0.0.1', []],
  // somebody else may listen at the other address
  ['-p 127.0.0.1:{{web}}:5000', 'localhost', ['s1: registry:localhost:8080']],
  ['-p 0.0.0.0:{{web}}:5000', 'localhost', ['s1: registry:localhost:8080']],
])('a registry that is published by %s is pushed to as %s', async (published, host, told) => {
  const lines = [`docker run -d ${published} busybox`, `docker push ${host}:{{web}}/{{app}}:2`];
  expect(await objections({ lines })).toEqual(told);
});

test.each<[string, readonly string[]]>([
  ['docker run -d --name box busybox', ['docker logs box', 'docker exec box id']],
  ['docker create --name box busybox', ['docker start box']],
  ['docker network create net', ['docker run --network net busybox']],
  ['docker volume create data', ['docker volume inspect data']],
  ['docker run -v data:/data busybox', ['docker volume inspect data']],
  ['docker pull nginx:1', ['docker run nginx:1', 'docker run docker.io/library/nginx:1']],
  ['docker tag busybox other', ['docker run other', 'docker run other:latest']],
  ['docker build -t built .', ['docker run built']],
  ['docker load -i images.tar', ['docker run whatever']],
  ['docker service create --name web busybox', ['docker service logs web']],
])('what %s makes is the scenario’s', async (making, lines) => {
  const files = { Dockerfile: 'FROM busybox\n' };
  for (const line of lines) {
    expect(await objections({ lines: [making, line], files })).toEqual([]);
    // and not before
    if (!making.startsWith('docker load')) expect(await objections({ lines: [line, making], files })).not.toEqual([]);
  }
});

test('renamed, and committed', async () => {
  expect(
    await objections({
      lines: [
        'docker run --name {{app}} busybox',
        'docker rename {{app}} box',
        'docker commit box kept',
        'docker run kept',
      ],
    }),
  ).toEqual([]);
});

describe('a Compose file', () => {
  const up = async (compose: string, more: Partial<Steps> = {}): Promise<readonly string[]> =>
    objections({
      lines: ['docker compose -p {{app}} up -d'],
      files: { 'compose.yaml': compose, Dockerfile: 'FROM busybox\n' },
      ...more,
    });

  test.each<[string, readonly string[]]>([
    ['services: { web: { image: busybox, volumes: ["data:/d"] } }\nvolumes: { data: {} }', []],
    ['services: { web: { build: . } }', []],
    ['services: { web: { build: ., image: made/here } }', []],
    ['services: { web: { image: mine/secret } }', ['image:mine/secret:latest']],
    [
      'services: { web: { image: busybox, volumes: ["db:/d"] } }\nvolumes: { db: { external: true, name: my-data } }',
      ['volume:my-data'],
    ],
    [
      'services: { web: { image: busybox, networks: [n] } }\nnetworks: { n: { external: true, name: my-net } }',
      ['network:my-net'],
    ],
    ['services: { web: { image: busybox, network_mode: "container:my-db" } }', ['container:my-db']],
    ['services: { web: { image: busybox, volumes_from: ["container:my-db"] } }', ['container:my-db']],
  ])('%s', async (compose, needed) => {
    expect(await up(compose)).toEqual(needed.map((permission) => `s0: ${permission}`));
    expect(await up(compose, { permissions: needed })).toEqual([]);
  });

  test('makes things with the names that Compose gives them', async () => {
    const compose = 'services: { web: { build: ., volumes: ["data:/d"] } }\nvolumes: { data: {} }';
    const checks = [
      'container: { name: shop-web-1 }',
      'volume: { name: shop_data }',
      'network: { name: shop_default }',
      'image: { name: shop-web }',
    ];
    expect(await up(compose, { expect: checks.map((one) => `{ ${one} }`).join(', ') })).toEqual([]);
  });
});

describe('a check of what the scenario has not made', () => {
  test.each<[string, readonly string[]]>([
    ['container: { name: my-db }', ['container:my-db']],
    [
      'not: { any: [{ container: { name: my-db } }, { volume: { name: my-data } }] }',
      ['container:my-db', 'volume:my-data'],
    ],
    ['logs: { container: my-db, contains: x }', ['container:my-db']],
    ['exec: { container: my-db, command: id }', ['container:my-db']],
    ['network: { name: my-net }', ['network:my-net']],
    ['image: { name: mine/secret:1 }', ['image:mine/secret:1']],
    ['image: { name: busybox, tag: mine/secret:1 }', ['image:mine/secret:1']],
    ['service: { name: web }', ['service:web']],
    ['reachable: { from: my-db, to: x }', ['container:my-db']],
    ['reachable: { from: "{{app}}", to: my-db, port: 80, by: address }', ['container:my-db']],
    ['registry: { at: ghcr.io, repository: x }', ['registry:ghcr.io']],
  ])('%s', async (claim, needed) => {
    const told = needed.map((permission) => `s0: ${permission}`);
    expect(await objections({ expect: `{ ${claim} }` })).toEqual(told);
    expect(await objections({ when: `{ ${claim} }` })).toEqual(told);
    expect(await objections({ expect: `{ ${claim} }`, permissions: needed })).toEqual([]);
  });

  test.each([
    'container: { name: "{{app}}", exists: false }',
    'network: { name: bridge }',
    'image: { name: busybox }',
    'image: { name: "{{app}}:latest" }',
    'reachable: { from: "{{app}}", to: db }',
    'http: { port: "{{web}}" }',
  ])('%s needs none', async (claim) => {
    expect(await objections({ expect: `{ ${claim} }`, when: `{ ${claim} }` })).toEqual([]);
  });
});

test('what no permission can name is left to docker, which refuses it', async () => {
  expect(await objections({ lines: ["docker logs 'a b'"] })).toEqual([]);
});

describe('a Dockerfile that is built', () => {
  const build = 'docker build -t {{app}} .';
  test.each<[string, readonly string[], string]>([
    ['FROM busybox\nRUN true\n', [], build],
    ['FROM mine/secret:1\n', ['s0: image:mine/secret:1'], build],
    ['FROM busybox\nCOPY --from=mine/secret:1 / /x\n', ['s0: image:mine/secret:1'], build],
    ['ARG X=busybox\nFROM $X\n', ['s0: image:mine/secret:1'], `${build} --build-arg X=mine/secret:1`],
    ['FROM busybox\nADD http://localhost:5999/x /\n', ['s0: address:localhost:5999'], build],
    ['FROM busybox\nRUN --network=host true\n', ['s0: host-network'], build],
  ])('%j needs %j', async (text, needed, line) => {
    expect(await objections({ lines: [line], files: { Dockerfile: text } })).toEqual(needed);
  });

  test('in another folder, by another name, by Compose', async () => {
    const files = {
      'web/Own.Dockerfile': 'FROM mine/secret:1\n',
      'compose.yaml': 'services: { web: { build: { context: web, dockerfile: Own.Dockerfile } } }',
    };
    const lines = ['docker build -t {{app}} -f web/Own.Dockerfile web', 'docker compose -p {{app}} build'];
    expect(await objections({ lines, files })).toEqual(['s0: image:mine/secret:1', 's1: image:mine/secret:1']);
  });

  test('what an earlier step has built may be built on', async () => {
    const files = { Dockerfile: 'FROM busybox\n', 'more/Dockerfile': 'FROM shop\n' };
    expect(await objections({ lines: [build, 'docker build more'], files })).toEqual([]);
  });

  test('which image it uses must be told', async () => {
    const [said] = await objections({ lines: [build], files: { Dockerfile: 'FROM mine/x:${TARGETARCH}\n' } });
    expect(said).toContain('s0: docker-tutor does not send a build that uses the image');
  });
});

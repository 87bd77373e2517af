/** What a fetch costs is asked of Docker Hub without a pull, of mirrors before it, and of nobody for what is there. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/engine.ts';
import { planFetch, pullsNeeded } from '../../../src/prefetch/plan.ts';
import type { FetchPlan } from '../../../src/prefetch/plan.ts';
import { fetchPlanText } from '../../../src/report/answers/prefetch.ts';

const { signal } = new AbortController();

let server: Server;
let root: string;
let asked: string[];
let answer: (request: IncomingMessage, reply: ServerResponse) => void;
beforeEach(async () => {
  asked = [];
  server = createServer((request, reply) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    answer(request, reply);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  root = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterEach(() => void server.close());

/** Docker Hub, where `left` pulls are left. */
const hub =
  (left: number) =>
  ({ url = '', headers }: IncomingMessage, reply: ServerResponse): void => {
    if (url.startsWith('/token')) reply.end(JSON.stringify({ token: `for ${headers.authorization ?? 'nobody'}` }));
    else if (url.startsWith('/pages/repositories/library/busybox/tags/1'))
      reply.end(JSON.stringify({ images: [{ os: 'linux', architecture: 'amd64', size: 2_200_000 }] }));
    else if (url.startsWith('/v2/') && headers.authorization?.startsWith('Bearer for '))
      reply
        .writeHead(200, { 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': `${String(left)};w=21600` })
        .end();
    else reply.writeHead(404).end();
  };

function engineWith(tags: readonly string[], mirrors: readonly string[] = [], rootfs: object = {}): Engine {
  const answers: Readonly<Record<string, object>> = {
    '/images/json': tags.map((tag) => ({ Id: `sha256:${'1'.repeat(64)}`, RepoTags: [tag], Created: 1, Size: 1 })),
    [`/images/sha256:${'1'.repeat(64)}/json`]: { Id: `sha256:${'1'.repeat(64)}`, Size: 1, RootFS: rootfs },
    '/info': { OSType: 'linux', Architecture: 'x86_64', RegistryConfig: { Mirrors: mirrors } },
  };
  return {
    endpoint: { address: 'unix:///nowhere', from: 'default' },
    about: { version: '28.5', apiVersion: '1.51', told: {}, flavour: 'docker' },
    send: async ({ path }) =>
      Promise.resolve({
        status: 200,
        headers: {},
        stream: Readable.from([Buffer.from(JSON.stringify(answers[path]))]),
      }),
    close: () => undefined,
  };
}

const nobody = { find: async () => Promise.resolve(undefined) };
const plan = (
  images: readonly string[],
  engine: Engine,
  logins: Parameters<typeof planFetch>[0]['logins'] = nobody,
): Promise<FetchPlan> =>
  planFetch(
    { images, engine, logins, signal },
    { pages: `${root}/pages/`, registry: `${root}/v2/`, tokens: `${root}/token` },
  );

test('of Docker Hub: its page tells the size, a HEAD what is left, and no manifest is fetched', async () => {
  answer = hub(76);
  const found = await plan(['busybox:1', 'docker.io/library/busybox:1', 'alpine'], engineWith(['alpine:latest']));
  expect(fetchPlanText(found)).toBe(
    [
      'IMAGE              SIZE  TO FETCH  PULLS',
      'busybox:1        2.2 MB    2.2 MB  1',
      'alpine:latest      here',
      '',
      'To fetch: 1 image, at most 2.2 MB, as they are sent. It takes 1 pull at Docker Hub, where 76 of 100 are left for 6 hours.',
      '',
    ].join('\n'),
  );
  expect(asked.filter((one) => one.includes('manifests'))).toEqual(['HEAD /v2/library/busybox/manifests/1']);
});

test('whoever is logged in is asked for by their name', async () => {
  answer = hub(1);
  const server = 'https://index.docker.io/v1/';
  const logins = { find: async () => Promise.resolve({ server, username: 'me', password: 'secret' }) };
  const said: (string | undefined)[] = [];
  const before = answer;
  answer = (request, reply) => {
    said.push(request.headers.authorization);
    before(request, reply);
  };
  await plan(['busybox:1'], engineWith([]), logins);
  expect(said).toContain(`Basic ${Buffer.from('me:secret').toString('base64')}`);
});

test('what nobody tells is said to be unknown', async () => {
  answer = (_, reply) => void reply.writeHead(500).end('<html>');
  const found = await plan(['busybox:1'], engineWith([]));
  expect(found).toMatchObject({ images: [{ here: false, pulls: 1 }] });
  expect(found.left).toBeUndefined();
  expect(fetchPlanText(found)).toContain('It takes 1 pull at Docker Hub, and how many are left is unknown.');
});

/** A mirror that has images of these layers: each is a digest's last sign, and its size. */
const mirror =
  (images: Readonly<Record<string, readonly string[]>>) =>
  ({ url = '' }: IncomingMessage, reply: ServerResponse): void => {
    const [, repository = '', kind, reference = ''] = /^\/v2\/library\/(\w+)\/(\w+)\/(.*)$/.exec(url) ?? [];
    const layers = images[repository];
    if (!layers) return void reply.writeHead(404).end();
    const index = { manifests: [{ digest: digestOf('c'), platform: { os: 'linux', architecture: 'amd64' } }] };
    const manifest = {
      config: { digest: digestOf('f') },
      layers: layers.map((sign) => ({ digest: digestOf(sign), size: Number(sign) })),
    };
    const config = { rootfs: { diff_ids: layers.map((sign) => `unpacked ${sign}`) } };
    reply.end(JSON.stringify(kind === 'blobs' ? config : reference === 'latest' ? index : manifest));
  };
const digestOf = (sign: string): string => `sha256:${sign.repeat(64)}`;

test('what a mirror has costs no pull', async () => {
  answer = mirror({ busybox: ['7'] });
  const found = await plan(['busybox'], engineWith([], [`${root}/`]));
  expect(found.images).toMatchObject([{ here: false, weight: { bytes: 7 }, toFetch: 7, pulls: 0 }]);
  expect(pullsNeeded(found)).toBe(0);
  expect(asked.filter((one) => !one.startsWith('GET /v2/library/busybox/'))).toEqual([]);
});

test('a layer that images share is fetched once, and one that the engine has not at all', async () => {
  answer = mirror({ python: ['5', '3'], node: ['5', '2'], nginx: ['4', '1'] });
  const engine = engineWith(['debian:latest'], [root], { Layers: ['unpacked 4'] });
  expect(fetchPlanText(await plan(['python', 'node', 'nginx'], engine))).toBe(
    [
      'IMAGE              SIZE  TO FETCH  PULLS',
      'python:latest       8 B       8 B  0',
      'node:latest         7 B       2 B  0',
      'nginx:latest        5 B       1 B  0',
      '',
      'To fetch: 3 images, 11 B, as they are sent. It takes no pull at Docker Hub.',
      '',
    ].join('\n'),
  );
});

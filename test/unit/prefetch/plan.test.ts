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

function engineWith(tags: readonly string[], mirrors: readonly string[] = []): Engine {
  const answers: Readonly<Record<string, object>> = {
    '/images/json': tags.map((tag) => ({ Id: `sha256:${'1'.repeat(64)}`, RepoTags: [tag], Created: 1, Size: 1 })),
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
      'IMAGE              SIZE  PULLS',
      'busybox:1        2.2 MB  1',
      'alpine:latest      here',
      '',
      'To fetch: 1 image, 2.2 MB, as they are sent. It takes 1 pull at Docker Hub, where 76 of 100 are left for 6 hours.',
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

test('what a mirror has costs no pull', async () => {
  answer = ({ url }, reply) => {
    const isIndex = url === '/v2/library/busybox/manifests/latest';
    const digest = `sha256:${'c'.repeat(64)}`;
    const index = { manifests: [{ digest, platform: { os: 'linux', architecture: 'amd64' } }] };
    reply.end(JSON.stringify(isIndex ? index : { layers: [{ size: 7 }] }));
  };
  const found = await plan(['busybox'], engineWith([], [`${root}/`]));
  expect(found.images).toMatchObject([{ here: false, bytes: 7, pulls: 0 }]);
  expect(pullsNeeded(found)).toBe(0);
  expect(asked.filter((one) => !one.startsWith('GET /v2/library/busybox/manifests/'))).toEqual([]);
});

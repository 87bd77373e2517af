/** Whom a lesson may ask from this machine, and that nothing widens it. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fetchPage } from '../../../src/web/fetch-page.ts';
import { mayAsk } from '../../../src/web/may-ask.ts';
import type { Asking, Destination, Verdict } from '../../../src/web/may-ask.ts';
import { readableAddress } from '../../../src/web/own-address.ts';
import { askRegistry, registryAskers } from '../../../src/web/registry-api.ts';
import { askThrough } from '../../../src/engine/ask.ts';
import type { Permission } from '../../../src/permission-name.ts';
import { contextOf, publishing } from '../check/told-engine.ts';
import type { Answers } from '../check/told-engine.ts';

const signal = AbortSignal.timeout(60_000);

function asking(answers: Answers, rest: Partial<Asking> = {}): Asking {
  const { engine } = contextOf(answers);
  return { ask: askThrough(engine, signal), signal, run: 'r', permissions: [], portsHost: 'localhost', ...rest };
}

const to = (address: string, port: number, host = address): Destination => ({ host, address, port, secure: false });

const listed = (IP: string | undefined, PublicPort: number, Type = 'tcp', NetworkMode = 'bridge'): Answers => ({
  'GET /containers/json': [{ Ports: [{ IP, PublicPort, Type }], HostConfig: { NetworkMode } }],
});
const service = (PublishedPort: number, Protocol = 'tcp'): Answers => ({
  'GET /containers/json': [],
  'GET /services': [{ Endpoint: { Ports: [{ PublishedPort, Protocol }] } }],
});

describe('a port of the engine’s host', () => {
  test.each<[string, Answers, Destination, Verdict]>([
    ['that is published everywhere', listed('0.0.0.0', 80), to('127.0.0.1', 80), 'yes'],
    ['by another spelling of loopback', listed('0.0.0.0', 80), to('127.9.9.9', 80), 'yes'],
    ['by an IPv4 address as IPv6 has it', listed('127.0.0.1', 80), to('::ffff:7f00:1', 80), 'yes'],
    ['that is published at this address', listed('127.0.0.1', 80), to('127.0.0.1', 80), 'yes'],
    ['that is published at another address', listed('192.0.2.1', 80), to('127.0.0.1', 80), 'unpublished'],
    ['that is published by IPv4 only', listed('0.0.0.0', 80), to('::1', 80), 'unpublished'],
    ['that is published by IPv6', listed('::', 80), to('::1', 80), 'yes'],
    ['of an engine that names no address', listed('', 80), to('::1', 80), 'yes'],
    ['next to it', listed('0.0.0.0', 80), to('127.0.0.1', 81), 'unpublished'],
    ['that is published for UDP', listed('0.0.0.0', 80, 'udp'), to('127.0.0.1', 80), 'unpublished'],
    ['that is not published', listed(undefined, 0), to('127.0.0.1', 80), 'unpublished'],
    ['beside a container on the host’s network', listed('', 0, 'tcp', 'host'), to('127.0.0.1', 22), 'unpublished'],
    ['of a service', service(80), to('127.0.0.1', 80), 'yes'],
    ['of a service, for UDP', service(80, 'udp'), to('127.0.0.1', 80), 'unpublished'],
    ['of a service, by IPv6', service(80), to('::1', 80), 'unpublished'],
    [
      'of an engine without a swarm',
      { 'GET /containers/json': [], 'GET /services': 503 },
      to('127.0.0.1', 80),
      'unpublished',
    ],
    ['by no address of it', listed('0.0.0.0', 80), to('192.0.2.1', 80), 'elsewhere'],
    ['by "this host"', listed('0.0.0.0', 80), to('0.0.0.0', 80), 'elsewhere'],
    ['by all of IPv6', listed('::', 80), to('::', 80), 'elsewhere'],
  ])('%s', async (_, answers, destination, verdict) => {
    expect(await mayAsk(asking(answers))(destination)).toBe(verdict);
  });

  test('that the engine does not tell of is not asked', async () => {
    for (const answers of [{ 'GET /containers/json': 500 }, { 'GET /containers/json': [], 'GET /services': 500 }])
      await expect(mayAsk(asking(answers))(to('127.0.0.1', 80))).rejects.toThrow('the engine says no');
    for (const answer of ['<html>', null, { Ports: [] }])
      await expect(mayAsk(asking({ 'GET /containers/json': answer }))(to('127.0.0.1', 80))).rejects.toThrow(
        'gave an answer that is none',
      );
  });

  test('is another machine’s where the engine is', async () => {
    const remote = mayAsk(asking(listed('0.0.0.0', 80), { portsHost: '192.0.2.7' }));
    expect(await remote(to('192.0.2.7', 80))).toBe('yes');
    expect(await remote(to('127.0.0.1', 80))).toBe('elsewhere');
    const six = mayAsk(asking(listed('::', 80), { portsHost: '[2001:db8::1]' }));
    expect(await six(to('2001:db8:0::1', 80))).toBe('yes');
  });

  test('is open to host-network while a container of the run is on that network', async () => {
    const permissions = ['host-network'] as const;
    const asked = async (answers: Answers): Promise<Verdict> =>
      mayAsk(asking(answers, { permissions }))(to('127.0.0.1', 22));
    expect(await asked(listed('', 0, 'tcp', 'host'))).toBe('yes');
    expect(await asked(listed('', 0))).toBe('unpublished');
    expect(await asked({ 'GET /containers/json': [] })).toBe('unpublished');
  });
});

describe('a permission for an address', () => {
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

  test.each<[Permission, Destination, Verdict]>([
    ['address:192.0.2.1:80', to('192.0.2.1', 80), 'yes'],
    ['address:192.0.2.1:80', to('192.0.2.1', 81), 'elsewhere'],
    ['address:192.0.2.1:80', to('192.0.2.1', 80, 'evil.example'), 'yes'],
    ['address:web.example:80', to('192.0.2.1', 80, 'web.example'), 'yes'],
    ['address:web.example:80', to('192.0.2.1', 80), 'elsewhere'],
    ['address:web.example:80', to('192.0.2.1', 80, 'a.web.example'), 'elsewhere'],
    ['address:localhost:80', to('127.0.0.1', 80, 'localhost'), 'yes'],
    ['address:127.0.0.1:80', to('127.0.0.1', 80, 'localhost'), 'yes'],
    ['address:localhost:80', to('127.0.0.1', 80), 'unpublished'],
    ['address:[2001:db8::1]:80', to('2001:db8::1', 80), 'yes'],
    ['registry:192.0.2.1:80', to('192.0.2.1', 80), 'elsewhere'],
    // a name is its owner's, who may point it anywhere
    ['address:web.example:80', to('127.0.0.1', 80, 'web.example'), 'unpublished'],
    ['address:web.example:80', to('::1', 80, 'web.example'), 'unpublished'],
    ['address:web.example:80', to('::ffff:7f00:1', 80, 'web.example'), 'unpublished'],
    ['address:web.example:80', to('0.0.0.0', 80, 'web.example'), 'elsewhere'],
    ['address:web.example:80', to('169.254.169.254', 80, 'web.example'), 'elsewhere'],
    ['address:web.example:80', to('fe80::1%eth0', 80, 'web.example'), 'elsewhere'],
    ...(own === undefined ? [] : [['address:web.example:80', to(own, 80, 'web.example'), 'elsewhere'] as const]),
  ] as [Permission, Destination, Verdict][])('%s: %j is %s', async (permission, destination, verdict) => {
    const permissions = [permission];
    expect(await mayAsk(asking({ 'GET /containers/json': [] }, { permissions }))(destination)).toBe(verdict);
  });
});

test.each([
  ['http://127.1/', '127.0.0.1', 80],
  ['http://2130706433:81/', '127.0.0.1', 81],
  ['http://0x7f.1/', '127.0.0.1', 80],
  ['https://LocalHost/', 'localhost', 443],
  ['http://[::FFFF:127.0.0.1]:80/', '::ffff:7f00:1', 80],
  ['http://web@evil.example:8080/', 'evil.example', 8080],
  ['http://127.0.0.1\\@evil.example/', '127.0.0.1', 80],
  ['http://①②⑦.0.0.1/', '127.0.0.1', 80],
])('%s asks %s, port %i', (url, host, port) => {
  expect(readableAddress(url)).toMatchObject({ host, port });
});

test.each([
  'file:///etc/passwd',
  'ftp://localhost/',
  'localhost:80',
  '//localhost',
  'http://',
  'http://a b/',
  'http://x:99999/',
])('%s is no address', (url) => {
  expect(readableAddress(url)).toBeUndefined();
});

describe('on the way', () => {
  let asked: IncomingMessage[] = [];
  let from: string | undefined;
  const secret = createServer((request, answer) => {
    asked.push(request);
    from = request.socket.remoteAddress;
    answer.end('secret');
  });
  const lesson = createServer((request, answer) => {
    asked.push(request);
    if (request.url === '/endless') return void answer.write('x'.repeat(2 * 1024 * 1024));
    if (request.url?.startsWith('/v2/'))
      return void answer
        .writeHead(401, { 'www-authenticate': `Bearer realm="http://127.0.0.1:${port(secret)}/token"` })
        .end();
    answer.writeHead(302, { location: `http://127.0.0.1:${port(secret)}/` }).end('moved');
  });
  const port = (server: Server): number => (server.address() as AddressInfo).port;
  beforeAll(async () => {
    for (const server of [secret, lesson]) {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    }
  });
  afterAll(() => {
    secret.close();
    lesson.close();
    lesson.closeAllConnections();
  });
  beforeEach(() => (asked = []));
  const asker = (permissions: readonly Permission[] = []) => ({
    signal,
    permissions,
    mayAsk: mayAsk(asking(publishing(port(lesson)), { permissions })),
  });
  const url = (server: Server, path = '/'): string => `http://localhost:${String(port(server))}${path}`;

  test('a redirect is an answer, and not followed', async () => {
    expect(await fetchPage(url(lesson), asker())).toMatchObject({ status: 302, body: 'moved' });
    expect(asked.map(({ url: path }) => path)).toEqual(['/']);
  });

  test('a header names no other server', async () => {
    const headers = { host: `localhost:${String(port(lesson))}`, 'x-forwarded-host': 'localhost' };
    expect(await fetchPage(url(secret), asker(), { headers })).toMatchObject({ refused: 'unpublished' });
    expect(
      await fetchPage(`http://localhost:${String(port(lesson))}@localhost:${String(port(secret))}/`, asker()),
    ).toMatchObject({
      refused: 'unpublished',
    });
    expect(asked).toEqual([]);
  });

  test('what was judged is what is connected to', async () => {
    const seen: Destination[] = [];
    const page = await fetchPage(url(secret), {
      signal,
      mayAsk: async (destination) => {
        seen.push(destination);
        return destination.address === '127.0.0.1' ? 'yes' : 'elsewhere';
      },
    });
    expect(page).toMatchObject({ status: 200, body: 'secret' });
    expect(seen.map(({ host }) => host)).toContain('localhost');
    expect(from).toBe('127.0.0.1');
    expect(asked[0]?.headers.host).toBe(`localhost:${String(port(secret))}`);
  });

  test('a body without end is cut', async () => {
    const page = await fetchPage(url(lesson, '/endless'), asker());
    expect('body' in page && page.body.length).toBeLessThan(2 * 1024 * 1024);
  });

  test('a registry of the lesson sends nobody for a token to another port', async () => {
    const at = `localhost:${String(port(lesson))}`;
    const base = `http://${at}`;
    expect(await askRegistry({ base, ...registryAskers(at, base, asker()) }, 'app/tags/list')).toMatchObject({
      status: 401,
    });
    // nor does one that is permitted
    const permitted = asker([`registry:${at}`]);
    expect(await askRegistry({ base, ...registryAskers(at, base, permitted) }, 'app/tags/list')).toMatchObject({
      status: 401,
    });
    expect(asked.map(({ url: path }) => path)).toEqual(['/v2/app/tags/list', '/v2/app/tags/list']);
  });

  test('a registry of the user’s is asked with a permission only', async () => {
    const at = `localhost:${String(port(secret))}`;
    const base = `http://${at}`;
    expect(await askRegistry({ base, ...registryAskers(at, base, asker()) }, 'x/tags/list')).toMatchObject({
      refused: 'unpublished',
    });
    expect(asked).toEqual([]);
    const permitted = asker([`registry:${at}`]);
    expect(await askRegistry({ base, ...registryAskers(at, base, permitted) }, 'x/tags/list')).toMatchObject({
      status: 200,
    });
  });
});

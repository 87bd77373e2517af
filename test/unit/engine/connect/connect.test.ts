/** Every way to an engine that fails, against real listeners: what a learner meets must have its name, in time. */
import dns from 'node:dns';
import { EventEmitter, once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import type { TlsOptions } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { connect } from '../../../../src/engine/connect/connect.ts';
import type { ConnectOptions } from '../../../../src/engine/connect/connect.ts';
import type { Endpoint, Engine, TlsMaterial } from '../../../../src/engine/engine.ts';
import { readBody } from '../../../../src/engine/streams.ts';
import { Failure } from '../../../../src/failure.ts';

const folder = mkdtempSync(join(tmpdir(), 'docker-tutor-connect-'));
const servers: { server: Server; sockets: Set<Socket> }[] = [];
const engines: Engine[] = [];
const signal = new AbortController().signal;

const pem = (name: string): string =>
  readFileSync(new URL(`../../../fixtures/tls/${name}.pem`, import.meta.url), 'utf8');
const served = (name: string, more: TlsOptions = {}): TlsOptions => ({
  cert: pem(name),
  key: pem(`${name}-key`),
  ...more,
});
const trusting: TlsMaterial = { ca: pem('ca'), verify: true };

async function listening(server: Server, at: string | number = 0): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  });
  servers.push({ server, sockets });
  if (typeof at === 'string') server.listen(at);
  else server.listen(at, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'string' ? `unix://${address}` : `tcp://127.0.0.1:${String((address as AddressInfo).port)}`;
}

const version = { Version: '99.1', ApiVersion: '1.51', MinAPIVersion: '1.24', Os: 'linux', Arch: 'amd64' };

function answering(body: unknown, headers: Record<string, string> = {}): RequestListener {
  return (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(200, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

function endpoint(address: string, more: Partial<Endpoint> = {}): Endpoint {
  return { address, from: 'host-option', ...more };
}

async function connected(to: Endpoint, options: Partial<ConnectOptions> = {}): Promise<Engine> {
  const engine = await connect(to, { signal, limitMs: 400, ...options });
  engines.push(engine);
  return engine;
}

async function failure(to: Endpoint, options: Partial<ConnectOptions> = {}): Promise<Failure> {
  const error: unknown = await connected(to, options).then(
    () => new Error('it connected'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof Failure) return error;
  throw error;
}

afterEach(async () => {
  for (const engine of engines.splice(0)) engine.close();
  await Promise.all(
    servers.splice(0).map(({ server, sockets }) => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    }),
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a socket', () => {
  it('that does not exist is missed within a second', async () => {
    const started = performance.now();
    const found = await failure(endpoint('unix:///nowhere', { from: 'DOCKER_HOST' }), {
      limitMs: 5000,
      defaultAddress: `unix://${folder}/none.sock`,
    });
    expect(performance.now() - started).toBeLessThan(1000);
    expect(found).toMatchObject({
      code: 'E-SOCKET-MISSING',
      exitCode: 4,
      args: { address: 'unix:///nowhere', from: 'DOCKER_HOST' },
    });
  });

  it('without a listener is a daemon that is down', async () => {
    const path = join(folder, 'stale.sock');
    // a process that dies without closing leaves its file behind
    const server = createServer();
    await listening(server, path);
    const copy = join(folder, 'left.sock');
    const { linkSync } = await import('node:fs');
    linkSync(path, copy);
    await new Promise((resolve) => server.close(resolve));
    expect((await failure(endpoint(`unix://${copy}`))).code).toBe('E-DAEMON-DOWN');
  });

  it('that is a plain file is none', async () => {
    const path = join(folder, 'file.sock');
    writeFileSync(path, '');
    expect(await failure(endpoint(`unix://${path}`))).toMatchObject({
      code: 'E-SOCKET-MISSING',
      args: { stands: 'file' },
    });
  });

  it.skipIf(process.getuid?.() === 0)('that is closed to the user is denied', async () => {
    const path = join(folder, 'closed.sock');
    const address = await listening(createServer(), path);
    chmodSync(path, 0);
    expect((await failure(endpoint(address))).code).toBe('E-SOCKET-DENIED');
  });

  it('that ends the connection at once has no daemon behind it', async () => {
    const address = await listening(
      createServer((socket) => socket.destroy()),
      join(folder, 'ends.sock'),
    );
    expect((await failure(endpoint(address))).code).toBe('E-DAEMON-DOWN');
  });

  it('whose path is too long is an invalid address', async () => {
    const found = await failure(endpoint(`unix:///${'x'.repeat(200)}`));
    expect(found).toMatchObject({ code: 'E-HOST-INVALID', message: expect.stringContaining('201 bytes') as string });
  });
});

describe('a port', () => {
  it('that accepts and stays silent is a daemon that hangs', async () => {
    const address = await listening(createServer());
    expect(await failure(endpoint(address))).toMatchObject({
      code: 'E-DAEMON-HUNG',
      evidence: [expect.stringContaining('0.4 s') as string],
    });
  });

  it('that begins an answer and does not end it hangs too', async () => {
    const address = await listening(createHttpServer((_, response) => response.writeHead(200).write('{')));
    expect((await failure(endpoint(address))).code).toBe('E-DAEMON-HUNG');
  });

  it('where nobody listens cannot be reached', async () => {
    const server = createServer();
    const address = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    expect((await failure(endpoint(address))).code).toBe('E-UNREACHABLE');
  });

  it('of a name that does not resolve is a DNS failure', async () => {
    // RFC 6761 keeps .invalid free of names for ever
    expect((await failure(endpoint('tcp://engine.invalid:2375'), { limitMs: 20_000 })).code).toBe('E-DNS');
  }, 30_000);

  it('of a name that no name server answers for is a DNS failure too, at the limit', async () => {
    const silent = vi.spyOn(dns, 'lookup').mockImplementation(() => undefined);
    const found = await failure(endpoint('tcp://engine.example:2375'));
    silent.mockRestore();
    expect(found).toMatchObject({ code: 'E-DNS', evidence: ['no name server answered within 0.4 s'] });
  });

  it.each<[string, RequestListener]>([
    ['a web page', (_, response) => response.end('<html>welcome</html>')],
    ['a 404', (_, response) => response.writeHead(404, { Server: 'web' }).end('no')],
    ['a redirect', (_, response) => response.writeHead(301, { Location: 'https://127.0.0.1:1/' }).end()],
    ['other JSON', answering({ hello: 'world' })],
  ])('that answers with %s is not an engine', async (_, listener) => {
    const found = await failure(endpoint(await listening(createHttpServer(listener))));
    expect(found.code).toBe('E-NOT-AN-ENGINE');
    expect(found.evidence[0]).toMatch(/^GET \/version: status \d{3}/);
  });

  it('that speaks another protocol is not an engine, and its words are quoted', async () => {
    const address = await listening(createServer((socket) => socket.end('SSH-2.0-OpenSSH\u001b[31m\r\n')));
    const found = await failure(endpoint(address));
    expect(found.code).toBe('E-NOT-AN-ENGINE');
    expect(found.evidence.join()).toContain('SSH-2.0');
    expect(found.evidence.join()).not.toContain('\u001b');
  });

  it('that hangs up without a word is not an engine', async () => {
    const address = await listening(createServer((socket) => socket.once('data', () => socket.destroy())));
    expect((await failure(endpoint(address))).code).toBe('E-NOT-AN-ENGINE');
  });
});

describe('TLS', () => {
  it('spoken on both sides, with a client certificate, reaches the engine', async () => {
    const address = await listening(
      createHttpsServer(
        served('server', { ca: pem('ca'), requestCert: true, rejectUnauthorized: true }),
        answering(version),
      ),
    );
    const engine = await connected(
      endpoint(address, { tls: { ...trusting, cert: pem('client'), key: pem('client-key') } }),
    );
    expect(await readBody((await engine.send({ method: 'GET', path: '/info' }, { signal })).stream as never)).toEqual(
      version,
    );
  });

  it('is wanted where plain http meets a TLS port', async () => {
    const address = await listening(createHttpsServer(served('server'), answering(version)));
    expect((await failure(endpoint(address))).code).toBe('E-TLS-WANTED');
  });

  it('is wanted where Go’s server says so', async () => {
    const go = 'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n';
    const address = await listening(createServer((socket) => socket.once('data', () => socket.end(go))));
    expect((await failure(endpoint(address))).code).toBe('E-TLS-WANTED');
  });

  it('is wanted where the answer is a TLS alert', async () => {
    const address = await listening(createServer((socket) => socket.end(Buffer.from([0x15, 0x03, 0x01, 0, 2, 2, 70]))));
    expect((await failure(endpoint(address))).code).toBe('E-TLS-WANTED');
  });

  it('is not spoken where it meets plain http', async () => {
    const address = await listening(createHttpServer(answering(version)));
    expect((await failure(endpoint(address, { tls: trusting }))).code).toBe('E-TLS-NOT-SPOKEN');
  });

  it('hangs where the handshake is not answered', async () => {
    const found = await failure(endpoint(await listening(createServer()), { tls: trusting }));
    expect(found).toMatchObject({ code: 'E-DAEMON-HUNG', evidence: [expect.stringContaining('handshake') as string] });
  });

  it.each([
    [
      'signed by somebody unknown',
      'server',
      { ca: pem('other-ca'), verify: true, folder: '/certs' },
      'E-TLS-CA',
      { ca: '/certs/ca.pem' },
    ],
    [
      'past its time',
      'expired',
      trusting,
      'E-TLS-EXPIRED',
      { until: expect.stringMatching(/^20\d\d-.* UTC$/) as string },
    ],
    ['for another name', 'elsewhere', trusting, 'E-TLS-NAME', { names: 'engine.example' }],
  ])('refuses a certificate %s', async (_, name, tls, code, args) => {
    const address = await listening(createHttpsServer(served(name), answering(version)));
    expect(await failure(endpoint(address, { tls }))).toMatchObject({ code, args });
  });

  it.each([
    ['that has expired', 'expired', /^Yours held until 20\d\d-.* UTC\.$/],
    ['of another signer', 'server', /^Yours was signed by CN=/],
    ['that was not sent', undefined, /^You have sent none\.$/],
  ])('tells of a client certificate %s', async (_, name, wrong) => {
    const wants = { ca: pem(name === 'server' ? 'other-ca' : 'ca'), requestCert: true, rejectUnauthorized: true };
    const address = await listening(createTlsServer(served('server', wants)));
    const tls = { ...trusting, ...(name !== undefined && { cert: pem(name), key: pem(`${name}-key`) }) };
    expect(await failure(endpoint(address, { tls }))).toMatchObject({
      code: 'E-TLS-CLIENT',
      args: { wrong: expect.stringMatching(wrong) as string },
    });
  });

  it.each([
    ['TLS 1.3', 'TLSv1.3'],
    ['TLS 1.2', 'TLSv1.2'],
  ] as const)('names a missing client certificate (%s)', async (_, maxVersion) => {
    const address = await listening(
      createTlsServer(served('server', { ca: pem('ca'), requestCert: true, rejectUnauthorized: true, maxVersion })),
    );
    expect((await failure(endpoint(address, { tls: trusting }))).code).toBe('E-TLS-CLIENT');
  });

  it('names a client certificate that is no PEM', async () => {
    const address = await listening(createHttpsServer(served('server'), answering(version)));
    expect((await failure(endpoint(address, { tls: { ...trusting, cert: 'junk', key: 'junk' } }))).code).toBe(
      'E-TLS-CLIENT',
    );
  });
});

describe('versions', () => {
  it.each([
    ['an older engine sets the version', { ...version, ApiVersion: '1.45' }, '1.45'],
    ['a newer engine is spoken to in ours', { ...version, ApiVersion: '1.60' }, '1.51'],
    ['1.9 is older than 1.41, not newer', { ...version, MinAPIVersion: '1.9' }, '1.51'],
  ])('%s', async (_, body, apiVersion) => {
    const engine = await connected(endpoint(await listening(createHttpServer(answering(body)))));
    expect(engine.about).toMatchObject({ apiVersion, version: '99.1', flavour: 'docker' });
  });

  it.each([
    ['E-API-TOO-OLD', { ...version, ApiVersion: '1.40' }],
    ['E-API-TOO-NEW', { ...version, ApiVersion: '1.70', MinAPIVersion: '1.60' }],
  ])('that do not meet are %s', async (code, body) => {
    expect((await failure(endpoint(await listening(createHttpServer(answering(body)))))).code).toBe(code);
  });

  describe('told by a ping', () => {
    /** Answers `/_ping` with these headers, `/version` as ever, and notes what was asked. */
    async function pinged(headers: Record<string, string>, end = true): Promise<{ engine: Engine; asked: string[] }> {
      const asked: string[] = [];
      const server = createHttpServer((request, response) => {
        asked.push(request.url ?? '');
        if (request.url === '/version') return void answering(version, { ...headers })(request, response);
        response.writeHead(200, headers).write('OK');
        if (end) response.end();
        return undefined;
      });
      return { engine: await connected(endpoint(await listening(server))), asked };
    }

    it('are all that is asked for', async () => {
      const { engine, asked } = await pinged({
        'Api-Version': '1.45',
        Server: 'Docker/26.1.5 (linux)',
        'Content-Length': '2',
      });
      expect(engine.about).toMatchObject({ apiVersion: '1.45', version: '26.1.5', flavour: 'docker' });
      expect(asked).toEqual(['/_ping']);
    });

    it('are enough of Podman, whose /version takes its time', async () => {
      const { engine, asked } = await pinged({
        'Api-Version': '1.41',
        'Libpod-Api-Version': '4.3.1',
        Server: 'Libpod/4.3.1 (linux)',
        'Content-Length': '2',
      });
      expect(engine.about).toMatchObject({ apiVersion: '1.41', version: '4.3.1', flavour: 'podman' });
      expect(asked).toEqual(['/_ping']);
    });

    it.each([
      ['an engine newer than we are', { 'Api-Version': '1.52', Server: 'Docker/29.0.0 (linux)' }],
      ['a server without a name', { 'Api-Version': '1.45' }],
      [
        'one that names itself as Docker and Podman',
        { 'Api-Version': '1.41', 'Libpod-API-Version': '4.3.1', Server: 'Docker/4.3.1 (linux)' },
      ],
      ['a version that is none', { 'Api-Version': 'latest', Server: 'Docker/26.1.5 (linux)' }],
    ])('are not enough of %s: /version tells', async (_, headers) => {
      const { engine, asked } = await pinged(headers);
      expect(engine.about.version).toBe('99.1');
      expect(asked).toEqual(['/_ping', '/version']);
    });

    it('are heard, though the answer never ends', async () => {
      const { engine } = await pinged({ 'Api-Version': '1.45', Server: 'Docker/26.1.5 (linux)' }, false);
      expect(engine.about.version).toBe('26.1.5');
    });
  });

  it('of Podman are known by its header', async () => {
    const engine = await connected(
      endpoint(await listening(createHttpServer(answering(version, { 'Libpod-API-Version': '4.3.1' })))),
    );
    expect(engine.about.flavour).toBe('podman');
  });
});

describe('DOCKER_HOST', () => {
  it('that is dead is stale where the default socket answers', async () => {
    const defaultAddress = await listening(createHttpServer(answering(version)), join(folder, 'default.sock'));
    const found = await failure(endpoint('unix:///nowhere', { from: 'DOCKER_HOST' }), { defaultAddress });
    expect(found.code).toBe('E-HOST-STALE');
    expect(found.evidence[0]).toMatch(/^E-SOCKET-MISSING/);
  });

  it('in the environment does not win over the endpoint', async () => {
    const address = await listening(createHttpServer(answering(version)), join(folder, 'mine.sock'));
    vi.stubEnv('DOCKER_HOST', 'tcp://127.0.0.1:1');
    vi.stubEnv('DOCKER_CERT_PATH', '/nowhere');
    try {
      const engine = await connected(endpoint(address));
      expect((await engine.send({ method: 'GET', path: '/info' }, { signal })).status).toBe(200);
      expect(process.env['DOCKER_HOST']).toBe('tcp://127.0.0.1:1');
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

describe('what is sent', () => {
  async function echoing(): Promise<{ engine: Engine; seen: EventEmitter }> {
    const seen = new EventEmitter();
    const server = createHttpServer((request, response) => {
      if (request.url === '/version') return void answering(version)(request, response);
      const chunks: Buffer[] = [];
      request
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => {
          response.writeHead(request.url?.includes('teapot') ? 418 : 200).end(
            JSON.stringify({
              method: request.method,
              url: request.url,
              headers: request.headers,
              body: Buffer.concat(chunks).toString(),
            }),
          );
        });
      return undefined;
    });
    return { engine: await connected(endpoint(await listening(server))), seen };
  }

  interface Echo {
    method: string;
    url: string;
    headers: Record<string, string>;
    body: string;
  }
  const echoed = async (reply: Promise<{ stream: unknown }>): Promise<Echo> =>
    (await readBody((await reply).stream as never)) as Echo;

  it('has version, query, JSON body and the given headers', async () => {
    const { engine } = await echoing();
    const request = {
      method: 'POST',
      path: '/containers/create',
      query: { name: 'a b', platform: '' },
      body: { Image: 'busybox' },
    } as const;
    const echo = await echoed(engine.send(request, { signal, headers: { 'X-Registry-Auth': 'e30=' } }));
    expect(echo).toMatchObject({
      method: 'POST',
      url: '/v1.51/containers/create?name=a%20b&platform=',
      body: '{"Image":"busybox"}',
      headers: { 'x-registry-auth': 'e30=', 'content-type': 'application/json' },
    });
  });

  it('has an empty body where there is none', async () => {
    const { engine } = await echoing();
    const echo = await echoed(
      engine.send({ method: 'POST', path: '/containers/x/start', query: { t: '1' } }, { signal }),
    );
    expect(echo).toMatchObject({ body: '', headers: { 'content-length': '0' } });
  });

  it('streams an upload', async () => {
    const { engine } = await echoing();
    const { Readable } = await import('node:stream');
    const echo = await echoed(
      engine.send(
        { method: 'POST', path: '/build' },
        { signal, body: Readable.from([Buffer.from('ta'), Buffer.from('r')]) },
      ),
    );
    expect(echo).toMatchObject({ body: 'tar', headers: { 'content-type': 'application/x-tar' } });
  });

  it('may be many requests at once, and Node warns of nothing', async () => {
    const { engine } = await echoing();
    const warnings: string[] = [];
    const warned = ({ name }: Error): void => void warnings.push(name);
    process.on('warning', warned);
    try {
      const one = new AbortController().signal;
      const send = () => echoed(engine.send({ method: 'GET', path: '/info' }, { signal: one }));
      await Promise.all(Array.from({ length: 30 }, send));
    } finally {
      process.off('warning', warned);
    }
    expect(warnings).toEqual([]);
  });

  it('gives any status back with its body', async () => {
    const { engine } = await echoing();
    expect((await engine.send({ method: 'GET', path: '/teapot' }, { signal })).status).toBe(418);
  });

  it('reports the error of an upload as it is', async () => {
    const { engine } = await echoing();
    const { Readable } = await import('node:stream');
    const body = new Readable({
      read() {
        this.destroy(Object.assign(new Error('no such file'), { code: 'ENOENT' }));
      },
    });
    await expect(engine.send({ method: 'POST', path: '/build' }, { signal, body })).rejects.toThrow('no such file');
  });
});

describe('an abort', () => {
  it('before the answer ends the wait with its reason', async () => {
    const address = await listening(createServer());
    const controller = new AbortController();
    const waiting = connect(endpoint(address), { signal: controller.signal, limitMs: 60_000 });
    controller.abort(new Error('stopped by hand'));
    await expect(waiting).rejects.toThrow('stopped by hand');
  });

  it('of a call, and close, leave no socket behind', async () => {
    const server = createHttpServer((request, response) =>
      request.url === '/version' ? answering(version)(request, response) : response.writeHead(200).write('{}\n'),
    );
    const engine = await connected(endpoint(await listening(server)));
    const controller = new AbortController();
    const aborted = await engine.send({ method: 'GET', path: '/events' }, { signal: controller.signal });
    const open = await engine.send({ method: 'GET', path: '/events' }, { signal });
    const ends = Promise.all([aborted, open].map(({ stream }) => once(stream, 'close').catch(() => undefined)));
    controller.abort(new Error('enough'));
    await expect(readBody(aborted.stream as never)).rejects.toThrow();
    engine.close();
    await ends;
    await vi.waitFor(
      () =>
        new Promise<void>((resolve, reject) =>
          server.getConnections((_, count) =>
            count === 0 ? resolve() : reject(new Error(`${String(count)} connections are open`)),
          ),
        ),
    );
  });
});

describe('ssh', () => {
  const programs = join(folder, 'bin');
  beforeAll(() => mkdirSync(programs));
  afterEach(() => vi.unstubAllEnvs());

  /** Stands for OpenSSH: same arguments, the words it would say. */
  function sshThat(script: string): void {
    const path = join(programs, 'ssh');
    writeFileSync(path, `#!${process.execPath}\n${script}\n`);
    chmodSync(path, 0o755);
    vi.stubEnv('PATH', `${programs}${delimiter}${process.env['PATH'] ?? ''}`);
  }

  it.each([
    ['E-SSH-AUTH', 'ada@lab07: Permission denied (publickey).'],
    ['E-SSH-HOSTKEY', 'Host key verification failed.'],
    ['E-DNS', 'ssh: Could not resolve hostname lab07: Name or service not known'],
    ['E-TIMEOUT', 'ssh: connect to host lab07 port 22: Connection timed out'],
    ['E-UNREACHABLE', 'ssh: connect to host lab07 port 22: Connection refused'],
  ])('%s', async (code, words) => {
    sshThat(`console.error(${JSON.stringify(words)}); process.exit(255)`);
    expect(await failure(endpoint('ssh://ada@lab07'), { limitMs: 5000 })).toMatchObject({
      code,
      evidence: [words],
      args: { target: 'ada@lab07' },
    });
  });

  it('that is not installed is said', async () => {
    vi.stubEnv('PATH', join(folder, 'empty'));
    expect(await failure(endpoint('ssh://lab07'))).toMatchObject({ code: 'E-UNREACHABLE', args: { why: 'no-ssh' } });
  });

  /** What `docker system dial-stdio` does over there. */
  const dialling = (port: string): string => `
    const engine = require('node:net').connect(${port}, '127.0.0.1');
    process.stdin.pipe(engine);
    engine.pipe(process.stdout);`;

  it('leads to the engine, and ends with close()', async () => {
    const address = await listening(createHttpServer(answering(version)));
    const pidFile = join(folder, 'ssh.pid');
    sshThat(
      `${dialling(new URL(address.replace('tcp', 'http')).port)} require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));`,
    );
    const engine = await connected(endpoint('ssh://lab07'), { limitMs: 5000 });
    expect((await engine.send({ method: 'GET', path: '/info' }, { signal })).status).toBe(200);
    const pid = Number(readFileSync(pidFile, 'utf8'));
    engine.close();
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow());
  });

  it('without an engine at the other end is its own cause', async () => {
    sshThat("console.error('sh: docker: not found'); process.exit(127)");
    expect(await failure(endpoint('ssh://lab07'), { limitMs: 5000 })).toMatchObject({
      code: 'E-SSH-NO-DOCKER',
      evidence: ['sh: docker: not found'],
      args: { why: 'no-program' },
    });
  });

  it('that does not get in is told with the time it was given', async () => {
    sshThat('setTimeout(() => {}, 60_000)');
    expect(await failure(endpoint('ssh://ada@lab07'), { limitMs: 100 })).toMatchObject({
      code: 'E-DAEMON-HUNG',
      args: { limit: '0.6 s' },
    });
  });

  it('asks docker over there, by the socket that the address names', async () => {
    sshThat('console.error(process.argv.slice(2).join(" | ")); process.exit(1)');
    const { evidence } = await failure(endpoint("ssh://ada@lab07:2222/run/o'r"), { limitMs: 5000 });
    expect(evidence[0]).toMatch(
      /^-T \| .* \| -p \| 2222 \| -- \| ada@lab07 \| docker --host 'unix:\/\/\/run\/o'\\''r' system dial-stdio$/,
    );
  });
});

it('a request that finds its kept connection closed is sent on a new one', async () => {
  const asked: (string | undefined)[] = [];
  const server = createHttpServer((request, response) => {
    asked.push(request.method);
    if (request.method === 'POST') response.writeHead(204).end();
    else answering(version)(request, response);
  });
  const engine = await connected(endpoint(await listening(server, join(folder, 'kept.sock'))), { limitMs: 10_000 });
  await readBody((await engine.send({ method: 'GET', path: '/info' }, { signal })).stream, signal);
  await new Promise(setImmediate);

  const { sockets } = servers.at(-1) ?? expect.fail();
  expect(sockets.size).toBeGreaterThan(0);
  for (const socket of sockets) socket.destroy();
  const { status } = await engine.send({ method: 'POST', path: '/containers/box/start' }, { signal });

  expect(status).toBe(204);
  expect(asked.filter((method) => method === 'POST')).toHaveLength(1);
});

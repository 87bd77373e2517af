/** The transport on a real engine: hijacked streams, framed logs, pulls, waits, and the abort of each. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex, Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { connect } from '../../src/engine/connect/connect.ts';
import type { Engine, Reply } from '../../src/engine/engine.ts';
import { engineFailure } from '../../src/engine/problems.ts';
import { demultiplex, messages, readBody } from '../../src/engine/streams.ts';
import { EngineError } from '../../src/api/request.ts';
import type { JsonObject, Request } from '../../src/api/request.ts';
import { engineSuite } from './lab.ts';

engineSuite('the engine', ({ address, socketPath }) => {
  let engine: Engine;
  const made: string[] = [];
  /** A request has its own: one for all would end the last of them on a slow machine. */
  const soon = (): AbortSignal => AbortSignal.timeout(60_000);

  const send = (
    method: Request['method'],
    path: string,
    more: Partial<Request> = {},
    hijack = false,
    stop = soon(),
  ): Promise<Reply> => engine.send({ method, path, ...more }, { signal: stop, hijack });
  const ask = async (method: Request['method'], path: string, more: Partial<Request> = {}): Promise<JsonObject> =>
    (await readBody((await send(method, path, more)).stream)) as JsonObject;

  beforeAll(async () => {
    engine = await connect({ address, from: 'host-option' }, { signal: soon() });
    for await (const _ of messages(
      (await send('POST', '/images/create', { query: { fromImage: 'busybox', tag: 'latest' } })).stream,
    ))
      void _;
  });
  afterAll(async () => {
    for (const id of made)
      await readBody((await send('DELETE', `/containers/${id}`, { query: { force: '1', v: '1' } })).stream);
    engine.close();
  });

  const idOf = (body: JsonObject): string => body['Id'] as string;
  async function create(script: string, more: JsonObject = {}): Promise<string> {
    const body = { Image: 'busybox', Cmd: ['sh', '-c', script], Labels: { 'docker-tutor.test': 'engine' }, ...more };
    const id = idOf(await ask('POST', '/containers/create', { body }));
    made.push(id);
    return id;
  }
  const start = async (id: string): Promise<number> => {
    const { status, stream } = await send('POST', `/containers/${id}/start`);
    await readBody(stream);
    return status;
  };
  async function outputOf(stream: Readable, stop?: AbortSignal): Promise<{ stdout: string; stderr: string }> {
    const said = { stdout: '', stderr: '' };
    for await (const { to, bytes } of demultiplex(stream, stop)) said[to] += bytes.toString();
    return said;
  }

  it('agrees on a version and says who it is', () => {
    expect(engine.about.flavour).toBe('docker');
    expect(engine.about.version).toMatch(/^\d+\.\d+/);
    expect(engine.about.apiVersion).toMatch(/^1\.(4\d|5[01])$/);
  });

  it('attaches, waits and starts in docker’s order, and loses no output of a short life', async () => {
    const id = await create('echo out; echo err >&2; exit 7');
    const attached = await send(
      'POST',
      `/containers/${id}/attach`,
      { query: { stream: '1', stdout: '1', stderr: '1' } },
      true,
    );
    expect(attached.status).toBe(101);
    const waiting = await send('POST', `/containers/${id}/wait`, { query: { condition: 'next-exit' } });
    expect(await start(id)).toBe(204);
    expect(await outputOf(attached.stream)).toEqual({ stdout: 'out\n', stderr: 'err\n' });
    expect(await readBody(waiting.stream)).toMatchObject({ StatusCode: 7 });
  });

  it('carries input to the container, and nothing but the input', async () => {
    const id = await create('cat; echo done', { OpenStdin: true, StdinOnce: true, AttachStdin: true });
    const { stream } = await send(
      'POST',
      `/containers/${id}/attach`,
      { query: { stream: '1', stdin: '1', stdout: '1', stderr: '1' } },
      true,
    );
    await start(id);
    (stream as Duplex).end('typed\n');
    expect(await outputOf(stream)).toEqual({ stdout: 'typed\ndone\n', stderr: '' });
  });

  it('runs a command in a container over a hijacked exec', async () => {
    const id = await create('sleep 60');
    await start(id);
    const exec = idOf(
      await ask('POST', `/containers/${id}/exec`, {
        body: {
          AttachStdout: true,
          AttachStderr: true,
          AttachStdin: true,
          Cmd: ['sh', '-c', 'read a; echo "got $a"; exit 3'],
        },
      }),
    );
    const { status, stream } = await send('POST', `/exec/${exec}/start`, { body: { Detach: false, Tty: false } }, true);
    expect(status).toBe(101);
    (stream as Duplex).write('it\n');
    expect(await outputOf(stream)).toEqual({ stdout: 'got it\n', stderr: '' });
    expect(await ask('GET', `/exec/${exec}/json`)).toMatchObject({ ExitCode: 3 });
  });

  it('gives the engine’s refusal where a hijack is refused', async () => {
    const { status, stream } = await send(
      'POST',
      '/containers/nosuchcontainer/attach',
      { query: { stream: '1' } },
      true,
    );
    expect(status).toBe(404);
    // plain text or JSON, by engine
    expect(JSON.stringify(await readBody(stream))).toContain('nosuchcontainer');
  });

  it('reads the framed log of many lines', async () => {
    const id = await create('i=0; while [ $i -lt 2000 ]; do echo line $i; i=$((i+1)); done; echo end >&2');
    await start(id);
    await readBody((await send('POST', `/containers/${id}/wait`)).stream);
    const { stdout, stderr } = await outputOf(
      (await send('GET', `/containers/${id}/logs`, { query: { stdout: '1', stderr: '1' } })).stream,
    );
    expect(stdout.trimEnd().split('\n')).toHaveLength(2000);
    expect(stderr).toBe('end\n');
  });

  it('follows a pull message by message', async () => {
    const seen: unknown[] = [];
    for await (const message of messages(
      (await send('POST', '/images/create', { query: { fromImage: 'busybox', tag: 'latest' } })).stream,
    ))
      seen.push(message);
    expect(seen.at(-1)).toMatchObject({ status: expect.stringContaining('busybox') as string });
  });

  it('ends a pull when it is aborted', async () => {
    const controller = new AbortController();
    const { stream } = await send(
      'POST',
      '/images/create',
      { query: { fromImage: 'busybox', tag: 'latest' } },
      false,
      controller.signal,
    );
    const reading = messages(stream, controller.signal);
    await reading.next();
    controller.abort(new Error('stopped by hand'));
    await expect(reading.next()).rejects.toThrow('stopped by hand');
    expect(stream.destroyed).toBe(true);
  });

  it('names a taken name and a missing program from what the engine says', async () => {
    const name = `docker-tutor-test-${String(process.pid)}`;
    const request: Request = {
      method: 'POST',
      path: '/containers/create',
      query: { name },
      body: { Image: 'busybox', Cmd: ['nosuchprogram'] },
    };
    const id = idOf(await ask('POST', request.path, request));
    made.push(id);
    const refusal = async (what: Request): Promise<unknown> => {
      const { status, stream } = await engine.send(what, { signal: soon() });
      const { message } = (await readBody(stream)) as { message: string };
      return engineFailure(new EngineError(message, status, what));
    };
    expect(await refusal(request)).toMatchObject({ code: 'E-NAME-TAKEN', args: { name } });
    expect(await refusal({ method: 'POST', path: `/containers/${id}/start` })).toMatchObject({
      code: 'E-EXEC-NOT-FOUND',
      args: { program: 'nosuchprogram' },
    });
  });

  it('says that the engine is in no swarm', async () => {
    const request: Request = { method: 'GET', path: '/services' };
    const { status, stream } = await engine.send(request, { signal: soon() });
    const { message } = (await readBody(stream)) as { message: string };
    expect(engineFailure(new EngineError(message, status, request)).code).toBe('E-SWARM-INACTIVE');
  });

  it.each([
    ['a wait', 'POST', 'wait', {}, false],
    ['a log that is followed', 'GET', 'logs', { follow: '1', stdout: '1' }, false],
    ['an attach', 'POST', 'attach', { stream: '1', stdout: '1' }, true],
  ] as const)('ends %s when it is aborted, and goes on to work', async (_, method, what, query, hijack) => {
    const id = await create('sleep 60');
    await start(id);
    const controller = new AbortController();
    const { stream } = await send(method, `/containers/${id}/${what}`, { query }, hijack, controller.signal);
    const reading = what === 'wait' ? readBody(stream, controller.signal) : outputOf(stream, controller.signal);
    const ended = expect(reading).rejects.toThrow('stopped by hand');
    controller.abort(new Error('stopped by hand'));
    await ended;
    await vi.waitFor(() => expect(stream.closed).toBe(true), { timeout: 20_000 });
    expect((await send('GET', '/_ping')).status).toBe(200);
  });

  it('ends an event stream when the engine is closed', async () => {
    const other = await connect({ address, from: 'host-option' }, { signal: soon() });
    const { stream } = await other.send({ method: 'GET', path: '/events' }, { signal: soon() });
    const closed = once(stream, 'close').catch(() => undefined);
    stream.resume();
    other.close();
    await closed;
    expect(stream.destroyed).toBe(true);
  });

  it('answers many small calls over one kept connection', async () => {
    await using counted = await counting(socketPath);
    const other = await connect({ address: counted.address, from: 'host-option' }, { signal: soon() });
    const before = counted.connections();
    for (let i = 0; i < 100; i++)
      await readBody((await other.send({ method: 'GET', path: '/_ping' }, { signal: soon() })).stream);
    const more = counted.connections() - before;
    other.close();
    // none, where the one that it was introduced by is kept
    expect(more).toBeLessThanOrEqual(1);
  });
});

interface Counted extends AsyncDisposable {
  readonly address: string;
  connections(): number;
}

/** A door in front of the engine that counts who comes in. */
async function counting(socketPath: string): Promise<Counted> {
  const folder = await mkdtemp(join(tmpdir(), 'docker-tutor-counted-'));
  const door = join(folder, 'docker.sock');
  let connections = 0;
  const server = createServer((near) => {
    connections += 1;
    const far = createConnection(socketPath);
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  }).listen(door);
  await once(server, 'listening');
  return {
    address: `unix://${door}`,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}

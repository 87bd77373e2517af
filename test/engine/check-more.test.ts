/** reachable, compose and service on a real engine. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { check } from '../../src/check/check.ts';
import type { CheckContext } from '../../src/check/check.ts';
import { readBody } from '../../src/engine/streams.ts';
import type { Claim } from '../../src/scenario/expectation.ts';
import { engineSuite } from './lab.ts';
import { bench, signal } from './owned.ts';
import type { Bench, Owner } from './owned.ts';

const image = 'docker.io/library/busybox';

engineSuite('checks that look at several things', ({ address }) => {
  let at: Bench;
  let owner: Owner;
  let before: string;
  let context: CheckContext;
  let folder: string;

  beforeAll(async () => {
    at = await bench(address);
    before = await at.everything();
    folder = await mkdtemp(join(tmpdir(), 'chk-mount-'));
    owner = at.owner();
    context = {
      engine: at.engine,
      signal,
      workspace: '/',
      portsHost: 'localhost',
      run: '',
      permissions: [],
      kept: [],
      within: 5000,
    };
    await owner.go('POST', '/images/create', { query: { fromImage: image, tag: 'latest' } });
  });
  afterAll(async () => {
    const { left } = await owner.owning.clean(AbortSignal.timeout(60_000));
    expect(left).toEqual([]);
    expect(await at.everything()).toBe(before);
    await at.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    for (const name of ['chk-server', 'chk-client', 'chk-alone'])
      await at.ask({ method: 'DELETE', path: `/containers/${name}`, query: { force: '1', v: '1' } });
    await at.ask({ method: 'DELETE', path: '/networks/chk-net' });
  });

  async function start(name: string, body: object, network = 'bridge'): Promise<void> {
    const made = await owner.go('POST', '/containers/create', {
      query: { name },
      body: { Image: 'busybox', HostConfig: { NetworkMode: network }, ...body },
    });
    expect(made.status).toBe(201);
    expect((await owner.go('POST', `/containers/${name}/start`)).status).toBe(204);
  }

  const reaches = (from: string, to: string, port?: number): Claim => ({
    reachable: { from, to, ...(port !== undefined && { port }) },
  });
  const held = async (claim: Claim, within = 5000) => check(claim, { ...context, within });

  it('reachable: by name on a network of one’s own, by address only on the default bridge', async () => {
    await owner.go('POST', '/networks/create', { body: { Name: 'chk-net' } });
    await start('chk-server', { Cmd: ['httpd', '-f', '-p', '80'] }, 'chk-net');
    await start('chk-client', { Cmd: ['sleep', '600'] }, 'chk-net');
    await start('chk-alone', { Cmd: ['sleep', '600'] });
    expect(await held(reaches('chk-client', 'chk-server'))).toMatchObject({ status: 'passed' });
    expect(await held(reaches('chk-client', 'chk-server', 80))).toMatchObject({ status: 'passed' });
    expect(await held(reaches('chk-client', 'chk-server', 81), 0)).toMatchObject({
      status: 'failed',
      observed: expect.stringMatching(/:81 refuses: nothing listens there$/) as string,
    });
    const none = await held(reaches('chk-alone', 'chk-server'), 0);
    expect(none).toMatchObject({ status: 'failed', observed: 'chk-alone finds no address for chk-server' });
    expect(await held({ not: reaches('chk-alone', 'chk-server') }, 0)).toMatchObject({ status: 'passed' });
  });

  it('reachable: from an image without any tool, and nothing of the asking stays', async () => {
    await owner.go('POST', '/networks/create', { body: { Name: 'chk-net' } });
    await start('chk-server', { Cmd: ['httpd', '-f', '-p', '80'] }, 'chk-net');
    await importOneProgram('chk-server');
    await start('chk-client', { Image: 'chk-bare', Entrypoint: ['/busybox', 'sleep', '600'] }, 'chk-net');
    const containers = await listed(at);
    expect(await held(reaches('chk-client', 'chk-server', 80))).toMatchObject({ status: 'passed' });
    expect(await held(reaches('chk-client', 'chk-none'), 0)).toMatchObject({
      status: 'failed',
      observed: 'chk-client finds no address for chk-none',
    });
    expect(await listed(at)).toEqual(containers);
  });

  it('says why a port is silent by what it finds inside, not by what a log claims', async () => {
    await owner.go('POST', '/networks/create', { body: { Name: 'chk-net' } });
    await start('chk-client', { Cmd: ['sleep', '600'] }, 'chk-net');
    const likely = async (script: string): Promise<string | undefined> => {
      await at.ask({ method: 'DELETE', path: '/containers/chk-server', query: { force: '1', v: '1' } });
      // a log that would mislead
      await start('chk-server', { Cmd: ['sh', '-c', `echo Running on http://127.0.0.1:80; ${script}`] }, 'chk-net');
      return (await held(reaches('chk-client', 'chk-server', 80), 1500)).likely;
    };
    expect(await likely('exec httpd -f -p 127.0.0.1:80')).toContain('chk-server listens on 127.0.0.1:80 only');
    expect(await likely('exec httpd -f -p 8000')).toBe(
      'Nothing listens on port 80 in chk-server; its program listens on port 8000.',
    );
    expect(await likely('exec sleep 600')).toBe('Nothing listens in chk-server, or not yet.');
    expect(await likely('sleep 1; exit 3')).toBe('chk-server does not run: state: exited, exit code: 3.');
    expect((await held(reaches('chk-client', 'chk-none', 80), 0)).likely).toContain('There is no container chk-none.');
    await start('chk-alone', { Cmd: ['sleep', '600'] });
    expect((await held(reaches('chk-alone', 'chk-client'), 0)).likely).toBe(
      'chk-alone and chk-client share no network: chk-alone is on bridge, chk-client on chk-net.',
    );
  });

  /** An image chk-bare whose only file is /busybox: no shell is found in it. */
  async function importOneProgram(from: string): Promise<void> {
    const packed = await at.engine.send(
      { method: 'GET', path: `/containers/${from}/archive`, query: { path: '/bin/busybox' } },
      { signal },
    );
    expect(packed.status).toBe(200);
    const { guard } = owner.owning;
    const request = {
      method: 'POST',
      path: '/images/create',
      query: { fromSrc: '-', repo: 'chk-bare', tag: 'latest' },
    } as const;
    const decision = await guard.before(request);
    if (!('send' in decision)) throw new Error('the import was not allowed');
    const { status, stream } = await at.engine.send(decision.send, { signal, body: await buffer(packed.stream) });
    await guard.after(decision.send, status, await readBody(stream, signal));
    expect(status).toBe(200);
  }

  it('container: a mounted folder holds what it holds here', async () => {
    await mkdir(join(folder, 'site'));
    await writeFile(join(folder, 'site', 'index.html'), 'hello');
    const claim: Claim = { container: { name: 'chk-server', mounts: [{ type: 'bind', target: '/www' }] } };
    await start('chk-server', { Cmd: ['sleep', '600'], HostConfig: { Binds: [`${folder}/site:/www`] } });
    expect(await check(claim, { ...context, workspace: folder, within: 0 })).toMatchObject({ status: 'passed' });
  });

  it('compose: services by their labels', async () => {
    const labels = (service: string) => ({
      'com.docker.compose.project': 'chk',
      'com.docker.compose.service': service,
    });
    const well = { Test: ['CMD', 'true'], Interval: 200_000_000, Timeout: 1_000_000_000 };
    await start('chk-server', { Cmd: ['sleep', '600'], Labels: labels('db'), Healthcheck: well });
    await start('chk-client', { Cmd: ['sleep', '600'], Labels: labels('web') });
    expect(
      await held({ compose: { project: 'chk', running: ['web', 'db'], healthy: ['db'], replicas: { web: 1 } } }),
    ).toMatchObject({ status: 'passed' });
    expect(await held({ compose: { project: 'chk', healthy: ['web'] } }, 0)).toMatchObject({
      status: 'failed',
      observed: 'web: no health check',
    });
    expect(await held({ compose: { project: 'chk-none', exists: false } }, 0)).toMatchObject({ status: 'passed' });
  });

  it('service: is not there, on a manager and without a swarm', async () => {
    expect(await held({ service: { name: 'chk-none', exists: false } }, 0)).toMatchObject({ status: 'passed' });
    expect(await held({ service: { name: 'chk-none', replicas: 1 } }, 0)).toMatchObject({ status: 'failed' });
  });
});

async function listed({ ask }: Bench): Promise<readonly string[]> {
  const { body } = await ask({ method: 'GET', path: '/containers/json', query: { all: '1' } });
  return (body as readonly { readonly Id: string }[]).map(({ Id }) => Id).sort();
}

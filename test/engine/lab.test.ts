import { afterAll, describe, expect, test } from 'vitest';
import { ask, type Told } from '../../src/lab/http.ts';
import { ensureImages } from '../../src/lab/images/images.ts';
import { labUp } from '../../src/lab/lab.ts';
import { labStatus } from '../../src/lab/status.ts';
import { labSuite } from './lab.ts';
import { labInNetworkOfItsOwn } from './own-lab.ts';

const signal = new AbortController().signal;
const json = { 'content-type': 'application/json' };

labSuite('the lab that is up', ({ socketPath, address, labFolder }) => {
  const engine = (method: string, path: string, body?: unknown): Promise<Told> =>
    ask(
      { socketPath },
      {
        method,
        path,
        signal,
        limit: 60_000,
        ...(body === undefined ? {} : { headers: json, body: Buffer.from(JSON.stringify(body)) }),
      },
    );
  const made: string[] = [];

  afterAll(async () => {
    for (const path of made.reverse()) await engine('DELETE', path);
  });

  /** Pulls, runs and answers with the exit code and the log. */
  async function runOnce(
    image: string,
    tag: string,
    command?: readonly string[],
  ): Promise<{ exitCode: number; log: string; pulled: string }> {
    const pulled = await engine('POST', `/images/create?fromImage=${image}&tag=${tag}`);
    made.push(`/images/${image}:${tag}`);
    const created = await engine('POST', '/containers/create', {
      Image: `${image}:${tag}`,
      Tty: true,
      ...(command ? { Cmd: command } : {}),
    });
    const { Id } = JSON.parse(created.body.toString()) as { Id: string };
    made.push(`/containers/${Id}?force=1`);
    await engine('POST', `/containers/${Id}/start`);
    const ended = await engine('POST', `/containers/${Id}/wait`);
    const log = await engine('GET', `/containers/${Id}/logs?stdout=1&stderr=1`);
    const { StatusCode } = JSON.parse(ended.body.toString()) as { StatusCode: number };
    return { exitCode: StatusCode, log: log.body.toString().replaceAll('\r', ''), pulled: pulled.body.toString() };
  }

  test('is found again without starting anything', async () => {
    const refuse = (): Promise<boolean> => Promise.reject(new Error('a lab that is up needs no consent'));
    expect(await labUp({ consent: refuse, signal })).toMatchObject({
      started: false,
      folder: labFolder,
      endpoint: { address, from: 'lab' },
    });
  });

  test('hello-world is pulled by its real name, and greets', async () => {
    const [provided] = await ensureImages(['hello-world:lab-test'], { signal });
    const { exitCode, log, pulled } = await runOnce('hello-world', 'lab-test');
    expect(pulled).toMatch(/Downloaded newer image|Image is up to date/);
    expect(log).toMatch(
      /^\nHello from Docker!\nThis message shows that your installation appears to be\s+working correctly\.\n/,
    );
    expect(exitCode).toBe(0);
    expect(provided?.origin).toMatch(/^(stand-in|registry)$/);
  });

  test('a stand-in carries its label, and is on the engine only after a pull', async () => {
    const [provided] = await ensureImages(['alpine:lab-test-label'], { signal });
    expect((await engine('GET', '/images/alpine:lab-test-label/json')).status).toBe(404);
    if (provided?.origin !== 'stand-in') return;
    await runOnce('alpine', 'lab-test-label', ['true']);
    const { Config } = JSON.parse((await engine('GET', '/images/alpine:lab-test-label/json')).body.toString()) as {
      Config: { Labels: unknown };
    };
    expect(Config.Labels).toEqual({ 'docker-tutor.stand-in': 'true' });
  });

  test('busybox has a shell with its commands', async () => {
    await ensureImages(['busybox:1.36'], { signal });
    const { exitCode, log } = await runOnce('busybox', '1.36', ['sh', '-c', 'whoami; echo one two | wc -w; exit 7']);
    expect({ exitCode, log }).toEqual({ exitCode: 7, log: 'root\n2\n' });
  });

  test('status tells its address, versions and images', async () => {
    const status = await labStatus(signal);
    expect(status).toMatchObject({
      state: 'up',
      address,
      folder: labFolder,
      engine: { apiVersion: expect.stringMatching(/^1\.\d+$/) as string },
    });
    expect(status.diskBytes).toBeGreaterThan(100_000);
    expect(status.images.map(({ name }) => name)).toEqual(expect.arrayContaining(['hello-world', 'busybox', 'alpine']));
  });
});

test('a folder that cannot be made is told, and which it is', async () => {
  const before = process.env['DOCKER_TUTOR_LAB_DIR'];
  process.env['DOCKER_TUTOR_LAB_DIR'] = '/proc/nope/lab';
  try {
    const refused = labUp({ consent: () => Promise.resolve(false), signal });
    await expect(refused).rejects.toMatchObject({
      name: 'Failure',
      message: expect.stringContaining('/proc/nope/lab') as string,
    });
  } finally {
    if (before === undefined) delete process.env['DOCKER_TUTOR_LAB_DIR'];
    else process.env['DOCKER_TUTOR_LAB_DIR'] = before;
  }
});

labSuite('a lab of its own, in a network of its own', ({ labFolder }) => {
  describe('from nothing to nothing', () => {
    test('two commands at once start one lab; a killed one is mended; down leaves nothing', async () => {
      await using lab = await labInNetworkOfItsOwn();

      const both = await Promise.all([lab.command('up', '--yes'), lab.command('up', '--yes')]);
      expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
      expect(both.map(({ told }) => told['started']).sort()).toEqual([false, true]);
      expect(await lab.engines()).toHaveLength(1);

      for (const { pid } of await lab.engines()) process.kill(pid, 'SIGKILL');
      expect((await lab.command('status')).exitCode).toBe(4);
      expect((await lab.command('up', '--yes')).told).toMatchObject({ state: 'up', started: true });
      expect(await lab.engines()).toHaveLength(1);

      expect((await lab.command('down', '--purge')).told).toMatchObject({ wasUp: true, purged: true });
      expect(await lab.processes()).toEqual([]);
      expect(lab.folderExists()).toBe(false);
      expect(await lab.links()).not.toContain('docker0');
      expect(await lab.rules()).not.toMatch(/docker/i);
    });

    test.for(['down', 'up'] as const)(
      'a container that outlives a killed engine ends with `lab %s`',
      async (action) => {
        await ensureImages(['busybox'], { signal });
        await using lab = await labInNetworkOfItsOwn(labFolder);
        const { told } = await lab.command('up', '--yes');
        await lab.startSleeper(String(told['address']));
        expect(await lab.sleepers()).toHaveLength(1);
        for (const { pid } of await lab.engines()) process.kill(pid, 'SIGKILL');
        expect(await lab.sleepers()).toHaveLength(1);
        expect((await lab.command(action)).exitCode).toBe(0);
        expect(await lab.sleepers()).toEqual([]);
        expect(await lab.engines()).toHaveLength(action === 'up' ? 1 : 0);
      },
    );

    test('another engine in the same network is named, and left alone', async () => {
      await using lab = await labInNetworkOfItsOwn();
      await lab.command('up', '--yes');
      const second = await lab.command('up', '--yes', { DOCKER_TUTOR_LAB_DIR: `${lab.folder}-second` });
      expect(second.exitCode).toBe(4);
      expect(second.told).toMatchObject({
        exitCode: 4,
        problem: { code: 'E-LAB-OTHER-ENGINE', evidence: [expect.stringContaining(lab.folder) as string] },
      });
      expect(await lab.engines()).toHaveLength(1);
    });
  });
});

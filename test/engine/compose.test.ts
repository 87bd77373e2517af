/** Compose projects of busybox alone, on a real engine: up, again, changed, scaled, down. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/engine/connect/connect.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { askThrough } from '../../src/engine/ask.ts';
import type { Ask } from '../../src/engine/ask.ts';
import { engineSuite } from './lab.ts';
import { dockerTutor } from './performed.ts';
import type { Outcome, Performer } from './performed.ts';

interface Seen {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly State: string;
  readonly Labels: Readonly<Record<string, string>>;
}

engineSuite('compose on an engine', ({ address }) => {
  const project = `composetest${String(process.pid)}`;
  let folder = '';
  let performer: Performer;
  let engine: Engine;
  let ask: Ask;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'docker-tutor-compose-'));
    performer = await dockerTutor(address);
    engine = await connect({ address, from: 'host-option' }, { signal: AbortSignal.timeout(100_000) });
    ask = (request) => askThrough(engine, AbortSignal.timeout(60_000))(request);
  });

  afterAll(async () => {
    await compose('down -v --remove-orphans -t 0');
    performer.close();
    engine.close();
    await rm(folder, { recursive: true });
  });

  const compose = (line: string): Promise<Outcome> => performer.run(`compose -p ${project} ${line}`, { cwd: folder });

  async function up(yaml: string, options = '-d'): Promise<Outcome> {
    await writeFile(join(folder, 'compose.yaml'), yaml);
    return compose(`up ${options}`);
  }

  async function containers(): Promise<Readonly<Record<string, Seen>>> {
    const filters = JSON.stringify({ label: [`com.docker.compose.project=${project}`] });
    const { body } = await ask({ method: 'GET', path: '/containers/json', query: { all: '1', filters } });
    return Object.fromEntries(
      (body as readonly Seen[]).map((one) => [(one.Names[0] ?? '').slice(1).replace(`${project}-`, ''), one]),
    );
  }

  async function names(kind: 'networks' | 'volumes'): Promise<readonly string[]> {
    const filters = JSON.stringify({ label: [`com.docker.compose.project=${project}`] });
    const { body } = await ask({ method: 'GET', path: `/${kind}`, query: { filters } });
    const all = (kind === 'networks' ? body : ((body as { Volumes: unknown }).Volumes ?? [])) as readonly {
      Name: string;
    }[];
    return all.map(({ Name }) => Name.replace(`${project}_`, '')).sort();
  }

  const chain = (message = 'hello'): string => `
services:
  web:
    image: busybox
    command: sh -c "cat /data/page; echo; wget -qO- http://store:8000/page; echo; exec sleep 600"
    environment: {MESSAGE: ${message}}
    depends_on:
      db: {condition: service_healthy}
      init: {condition: service_completed_successfully}
    networks: [front, default]
    volumes: [data:/data:ro]
    stop_grace_period: 1s
  db:
    image: busybox
    command: httpd -f -p 8000 -h /data
    healthcheck: {test: ["CMD", "true"], interval: 1s, retries: 20}
    volumes: [data:/data]
    networks: {default: {aliases: [store]}}
    depends_on: {init: {condition: service_completed_successfully}}
    stop_grace_period: 1s
  init:
    image: busybox
    command: ["sh", "-c", "echo written > /data/page; cat /run/secrets/word >> /data/page"]
    volumes: [data:/data]
    secrets: [word]
volumes: {data: }
networks: {front: {internal: true}}
secrets: {word: {environment: WORD}}
`;

  describe('a chain of services', () => {
    test('comes up in order, and the last finds the first by its alias', async () => {
      await writeFile(join(folder, '.env'), 'WORD=hush\n');
      const { exitCode, stderr } = await up(chain());
      expect(stderr).toMatch(/init-1 {2}Started[^]*db-1 {2}Healthy[^]*web-1 {2}Started\n$/);
      expect(exitCode).toBe(0);
      const there = await containers();
      expect(
        Object.entries(there)
          .map(([name, { State }]) => [name, State])
          .sort(),
      ).toEqual([
        ['db-1', 'running'],
        ['init-1', 'exited'],
        ['web-1', 'running'],
      ]);
      expect(await names('networks')).toEqual(['default', 'front']);
      expect(await names('volumes')).toEqual(['data']);
      await expect
        .poll(async () => (await compose('logs --no-log-prefix web')).stdout, { timeout: 20_000 })
        .toBe('written\nhush\nwritten\nhush\n');
    });

    test('ps, logs and port speak of it', async () => {
      const { stdout } = await compose('ps');
      expect(stdout.split('\n').map((line) => line.split(/ {2,}/)[3])).toEqual(['SERVICE', 'db', 'web', undefined]);
      expect(stdout).toContain('(healthy)');
      expect((await compose('logs web')).stdout).toMatch(/^web-1 {2}\| written\nweb-1 {2}\| hush/);
      expect((await compose('ps --services')).stdout).toBe('db\nweb\n');
    });

    test('up again changes nothing', async () => {
      const before = await containers();
      const { exitCode } = await up(chain());
      const after = await containers();
      expect(exitCode).toBe(0);
      expect(
        Object.values(after)
          .map(({ Id }) => Id)
          .sort(),
      ).toEqual(
        Object.values(before)
          .map(({ Id }) => Id)
          .sort(),
      );
    });

    test('a change of one service replaces that one only', async () => {
      const before = await containers();
      await up(chain('changed'));
      const after = await containers();
      expect(after['web-1']?.Id).not.toBe(before['web-1']?.Id);
      expect([after['db-1']?.Id, after['init-1']?.Id]).toEqual([before['db-1']?.Id, before['init-1']?.Id]);
      expect(Object.keys(after).sort()).toEqual(['db-1', 'init-1', 'web-1']);
      expect(after['web-1']?.State).toBe('running');
    });

    test('--scale makes more, and up without it fewer', async () => {
      await up(chain('changed'), '-d --scale db=3');
      expect(Object.keys(await containers()).sort()).toEqual(['db-1', 'db-2', 'db-3', 'init-1', 'web-1']);
      await up(chain('changed'));
      expect(Object.keys(await containers()).sort()).toEqual(['db-1', 'init-1', 'web-1']);
    });

    test('stop and start keep the containers', async () => {
      const before = await containers();
      await compose('stop -t 1 web');
      // an engine's list may tell it a moment later than the stop
      await expect.poll(async () => (await containers())['web-1']?.State, { timeout: 20_000 }).toBe('exited');
      await compose('start web');
      expect((await containers())['web-1']).toMatchObject({ Id: before['web-1']?.Id, State: 'running' });
    });

    test('exec runs in it, run makes one of its own and takes it away', async () => {
      expect(await compose('exec -T web sh -c "exit 7"')).toMatchObject({ exitCode: 7 });
      expect(await compose('run --rm -T -e WORD=there web sh -c "echo $WORD; exit 3"')).toMatchObject({ exitCode: 3 });
      expect(Object.keys(await containers()).sort()).toEqual(['db-1', 'init-1', 'web-1']);
    });

    test('down leaves the volume, down -v takes it', async () => {
      expect((await compose('down -t 1')).stderr).toMatch(/web-1 {2}Removed[^]*init-1 {2}Removed[^]*Network/);
      expect(await containers()).toEqual({});
      expect([await names('networks'), await names('volumes')]).toEqual([[], ['data']]);
      await compose('down -v');
      expect(await names('volumes')).toEqual([]);
    });
  });

  test('in the foreground each line has its container in front, and one that ends can end all', async () => {
    const yaml =
      'services:\n  short: {image: busybox, command: sh -c "echo done; exit 4", depends_on: [longer]}\n  longer: {image: busybox, command: sleep 600, stop_grace_period: 1s}\n';
    const { exitCode, stdout } = await up(yaml, '--abort-on-container-exit -t 1');
    expect(stdout).toContain('Attaching to longer-1, short-1\n');
    expect(stdout).toContain('short-1   | done\n');
    expect(stdout).toContain('short-1 exited with code 4\n');
    expect(exitCode).toBe(4);
    await compose('down -t 0');
  });

  test('a dependency that fails keeps those that need it from starting, and says why', async () => {
    const yaml =
      'services:\n  web: {image: busybox, command: sleep 600, depends_on: {init: {condition: service_completed_successfully}}}\n  init: {image: busybox, command: "false"}\n';
    const { exitCode, stderr } = await up(yaml);
    expect(stderr).toContain(`container ${project}-init-1 exited (1)`);
    expect(exitCode).toBe(1);
    expect((await containers())['web-1']?.State).toBe('created');
    await compose('down');
  });
});

/** A project that goes back and forth between docker's own Compose plugin and docker-tutor: neither remakes, or erases, what the other has made. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Guard } from '../../src/api/guard.ts';
import { connect } from '../../src/engine/connect/connect.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { askThrough } from '../../src/engine/ask.ts';
import { startOwning } from '../../src/ownership/start.ts';
import { newRunId } from '../../src/state/run-id.ts';
import { engineSuite } from './lab.ts';
import { docker, dockerTutor } from './performed.ts';
import type { Outcome, Performer } from './performed.ts';

const yaml = `
services:
  db:
    image: busybox
    command: sh -c 'echo started >> /data/log; exec sleep 600'
    volumes: [data:/data]
    networks: [back]
    environment: {PASSWORD: secret}
    stop_grace_period: 0s
  web:
    image: busybox
    command: sleep 600
    depends_on: [db]
    networks: [back, default]
    stop_grace_period: 0s
volumes: {data: }
networks: {back: {internal: true}}
`;

const database = `
services:
  db:
    image: redis:alpine
    command: redis-server --appendonly yes
    volumes: [data:/data]
    healthcheck: {test: [CMD, redis-cli, ping], interval: 1s, retries: 30}
    tmpfs: [/run:mode=755]
    expose: ['6379', 6379]
    blkio_config: {weight: 300}
volumes: {data: {labels: {made-for: rounds}}}
networks: {default: {labels: [made-for=rounds]}}
`;

/** Whether `docker compose` is there, of a version whose labels are those of now. */
function hasPlugin(): boolean {
  try {
    return /^v?2\.(?:3\d|4\d)\./.test(execFileSync('docker', ['compose', 'version', '--short'], { encoding: 'utf8' }));
  } catch {
    // no docker CLI, or none with the plugin
    return false;
  }
}

const plugin = hasPlugin();

engineSuite(plugin ? 'a project of two tools' : 'a project of two tools (no Compose plugin to compare with)', (at) => {
  const project = `twotools${String(process.pid)}`;
  let folder = '';
  let home = '';
  let performer: Performer;
  let engine: Engine;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'docker-tutor-two-tools-'));
    home = await mkdtemp(join(tmpdir(), 'docker-tutor-two-tools-home-'));
    await writeFile(join(folder, 'compose.yaml'), yaml);
    performer = await dockerTutor(at.address);
    engine = await connect({ address: at.address, from: 'host-option' }, { signal: AbortSignal.timeout(100_000) });
  });

  afterAll(async () => {
    await theirs('down -v -t 0');
    performer.close();
    engine.close();
    for (const path of [folder, home]) await rm(path, { recursive: true });
  });

  /** A `try` of its own, of somebody who says yes, or no. */
  async function ours(line: string, agrees = true): Promise<Outcome> {
    const owning = startOwning({
      engine,
      run: newRunId(Date.now()),
      scenario: () => 'try',
      env: { DOCKER_TUTOR_HOME: home },
      signal: AbortSignal.timeout(100_000),
      at: new Date().toISOString(),
      permit: () => Promise.resolve(agrees),
    });
    const guard: Guard = owning.guard;
    try {
      return await performer.run(`compose -p ${project} ${line}`, { cwd: folder, world: { guard } });
    } finally {
      await owning.leave();
    }
  }
  const theirs = (line: string): Promise<Outcome> =>
    docker(at.address, `compose -p ${project} ${line}`, { cwd: folder });

  async function good(outcome: Promise<Outcome>): Promise<string> {
    const { exitCode, stdout, stderr } = await outcome;
    expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
    return stdout;
  }
  async function ids(): Promise<readonly string[]> {
    const filters = JSON.stringify({ label: [`com.docker.compose.project=${project}`] });
    const { body } = await askThrough(
      engine,
      AbortSignal.timeout(60_000),
    )({
      method: 'GET',
      path: '/containers/json',
      query: { all: '1', filters },
    });
    return (body as readonly { readonly Id: string }[]).map(({ Id }) => Id).sort();
  }
  const inDb = (line: string): Promise<string> =>
    good(performer.run(`compose -p ${project} exec -T db sh -c '${line}'`, { cwd: folder }));

  test.skipIf(!plugin)(
    'five times to and fro: what is unchanged stays, and the data is there each time',
    async () => {
      let data = '';
      for (let round = 1; round <= 5; round++) {
        await good(theirs('up -d -y'));
        const made = await ids();
        await inDb(`echo theirs ${String(round)} >> /data/log`);
        await good(ours('up -d'));
        expect(await ids()).toEqual(made);
        data += `started\ntheirs ${String(round)}\n`;
        expect(await inDb('cat /data/log')).toBe(data);
        await good(ours('down -t 0'));
        expect(await ids()).toEqual([]);

        await good(ours('up -d'));
        const remade = await ids();
        await inDb(`echo ours ${String(round)} >> /data/log`);
        await good(theirs('up -d -y'));
        expect(await ids()).toEqual(remade);
        data += `started\nours ${String(round)}\n`;
        expect(await inDb('cat /data/log')).toBe(data);
        await good(theirs('down -t 0'));
      }
    },
    300_000,
  );

  test.skipIf(!plugin)(
    'five times to and fro with a database: what was put into it is there each time',
    async () => {
      await writeFile(join(folder, 'compose.yaml'), database);
      const inRedis = (line: string): Promise<string> =>
        good(performer.run(`compose -p ${project} exec -T db redis-cli ${line}`, { cwd: folder }));
      try {
        for (let round = 1; round <= 5; round++) {
          await good(theirs('up -d -y --wait'));
          expect(await inRedis('LLEN rounds')).toBe(`${String(round * 2 - 2)}\n`);
          await inRedis('RPUSH rounds theirs');
          const made = await ids();
          await good(ours('up -d --wait'));
          expect(await ids()).toEqual(made);
          await good(ours('down'));

          await good(ours('up -d --wait'));
          expect(await inRedis('LLEN rounds')).toBe(`${String(round * 2 - 1)}\n`);
          await inRedis('RPUSH rounds ours');
          const remade = await ids();
          await good(theirs('up -d -y --wait'));
          expect(await ids()).toEqual(remade);
          await good(theirs('down'));
        }
      } finally {
        await theirs('down -v -t 0');
        await writeFile(join(folder, 'compose.yaml'), yaml);
      }
    },
    300_000,
  );

  test.skipIf(!plugin)('a no leaves the project as it was, and the plugin goes on with it', async () => {
    await good(theirs('up -d -y'));
    const made = await ids();
    await writeFile(join(folder, 'compose.yaml'), yaml.replace('secret', 'changed'));
    for (const line of ['up -d', 'up -d --force-recreate', 'up -d --scale web=2', 'down -v', 'restart', 'stop', 'kill'])
      await expect(ours(line, false)).rejects.toMatchObject({ code: 'E-NOT-YOURS-TO-CHANGE', exitCode: 4 });
    expect(await ids()).toEqual(made);
    await writeFile(join(folder, 'compose.yaml'), yaml);
    await good(theirs('up -d -y'));
    expect(await ids()).toEqual(made);
    await good(theirs('down -t 0'));
  });

  describe.skipIf(!plugin)('what is left by', () => {
    const shop = (more: string): string => `
name: ${project}
services:
  db: {image: busybox, command: sleep 600, stop_grace_period: 0s, networks: [back]}
  web:
    image: busybox
    command: sleep 600
    stop_grace_period: 0s
    depends_on: {db: {condition: service_started, restart: true}}
    networks: [back, front]
  job: {image: busybox, command: sleep 600, stop_grace_period: 0s, profiles: [jobs]}
${more}
networks: {back: , front: }
`;
    const orphan = '  gone: {image: busybox, command: sleep 600, stop_grace_period: 0s}';

    const plugins = (line: string): Promise<Outcome> => docker(at.address, `compose ${line}`, { cwd: folder });
    const performed = (line: string): Promise<Outcome> => performer.run(`compose ${line}`, { cwd: folder });

    /** All services up, one of them of a profile that is off since, one not in the file since, and a container of `run`. */
    async function given(): Promise<void> {
      await writeFile(join(folder, 'compose.yaml'), shop(orphan));
      await good(plugins('--profile jobs up -d -y'));
      await good(plugins('run -d db sleep 600'));
      await writeFile(join(folder, 'compose.yaml'), shop(''));
    }

    async function nothingLeft(): Promise<void> {
      const ask = askThrough(engine, AbortSignal.timeout(60_000));
      for (const id of await ids()) await ask({ method: 'DELETE', path: `/containers/${id}`, query: { force: '1' } });
      await good(theirs('down'));
    }

    interface Listed {
      readonly Names: readonly string[];
      readonly State: string;
      readonly NetworkSettings: { readonly Networks: Readonly<Record<string, unknown>> };
    }

    async function left(since: readonly string[]): Promise<readonly string[]> {
      const ask = askThrough(engine, AbortSignal.timeout(60_000));
      const filters = JSON.stringify({ label: [`com.docker.compose.project=${project}`] });
      const { body } = await ask({ method: 'GET', path: '/containers/json', query: { all: '1', filters } });
      const { body: networks } = await ask({ method: 'GET', path: '/networks', query: { filters } });
      const started = await Promise.all(
        (body as readonly (Listed & { readonly Id: string })[]).map(async ({ Id, Names, State, NetworkSettings }) => {
          const inspected = (await ask({ method: 'GET', path: `/containers/${Id}/json` })).body as {
            readonly State: { readonly StartedAt: string };
          };
          const is = since.includes(`${Id} ${inspected.State.StartedAt}`) ? 'as it was' : 'new or started again';
          return `${Names.join().replace(/-run-\w+/, '-run')} ${State} ${is} ${Object.keys(NetworkSettings.Networks).sort().join()}`;
        }),
      );
      return [...started, ...(networks as readonly { readonly Name: string }[]).map(({ Name }) => Name)].sort();
    }

    async function moments(): Promise<readonly string[]> {
      const ask = askThrough(engine, AbortSignal.timeout(60_000));
      return Promise.all(
        (await ids()).map(async (id) => {
          const { body } = await ask({ method: 'GET', path: `/containers/${id}/json` });
          return `${id} ${(body as { readonly State: { readonly StartedAt: string } }).State.StartedAt}`;
        }),
      );
    }

    test.each([
      'stop -t 0',
      '-p PROJECT stop -t 0',
      '-p PROJECT restart -t 0 db',
      '-p PROJECT down -t 0',
      'stop -t 0 db',
      'kill',
      'restart -t 0',
      'restart -t 0 db',
      'restart -t 0 --no-deps db',
      'rm -s -f',
      'pause',
      'down -t 0',
      'down -t 0 --remove-orphans',
      'down -t 0 db',
      'up -d -t 0',
      'up -d -t 0 --remove-orphans',
      '--profile jobs stop -t 0',
      '--profile jobs down -t 0',
      'up -d -t 0 --force-recreate db',
      'up -d --scale web=2',
    ])(
      '%s is what the plugin leaves',
      async (line) => {
        const outcomes = [];
        for (const by of [plugins, performed]) {
          await given();
          const before = await moments();
          const { exitCode } = await by(line.replace('PROJECT', project));
          // one that is killed is gone a moment later
          await setTimeout(500);
          outcomes.push({ exitCode, left: await left(before) });
          await nothingLeft();
        }
        expect(outcomes[1]).toEqual(outcomes[0]);
      },
      120_000,
    );
  });
});

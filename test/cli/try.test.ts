/** `docker-tutor try` with a command, as a process on a real engine. */
import { spawn, type SpawnSyncReturns } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/engine/connect/connect.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { askThrough } from '../../src/engine/ask.ts';
import type { Ask } from '../../src/engine/ask.ts';
import { engineSuite } from '../engine/lab.ts';
import { bin, dockerTutor, environment, temporaryFolder } from './process.ts';

interface Tried {
  readonly command: string;
  readonly exitCode: number;
  readonly stdout: string;
  readonly changes: readonly { readonly change: string; readonly kind: string; readonly name: string }[];
  readonly requests: readonly { readonly method: string; readonly path: string; readonly status: number }[];
  readonly problem?: { readonly code: string };
}

describe('what cannot be performed needs no engine to say so', () => {
  const nowhere = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };

  test.each([
    ['docker ps | grep web', 'needs a shell'],
    ['docker run [OPTIONS] IMAGE', 'usage line'],
    ["docker ps 'open", 'never closed'],
  ])('%s', (line, says) => {
    const ran = dockerTutor(['try', line], nowhere);
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toContain(says);
  });

  test.each([
    {
      line: 'docker help nosuch',
      status: 1,
      docker: 'unknown help topic: nosuch',
      says: 'docker has no command nosuch',
    },
    { line: 'docker ps --nmae x', status: 125, docker: 'unknown flag: --nmae', says: 'docker ps has no flag --nmae' },
    { line: 'docker rnu busybox', status: 1, docker: 'docker: unknown command: docker rnu', says: 'mean docker run?' },
  ])('$line: docker’s words and exit code first, then why', ({ line, status, docker, says }) => {
    const ran = dockerTutor(['try', line], nowhere);
    expect(ran).toMatchObject({ status, stdout: '' });
    const [first, ...rest] = ran.stderr.split('\n');
    expect(first).toBe(docker);
    expect(rest.join('\n')).toContain(says);
  });

  test('docker compose config reads files, and asks no engine', () => {
    const folder = temporaryFolder();
    const file = join(folder.path, 'compose.yaml');
    writeFileSync(file, 'name: alone\nservices: { web: { image: "nginx:${TAG:-1.27}" } }\n');
    const ran = dockerTutor(['try', `docker compose -f ${file} config --images`], nowhere);
    expect(ran).toMatchObject({ status: 0, stdout: 'nginx:1.27\n' });
    const wrong = dockerTutor(['try', `docker compose -f ${file} config nosuch`], nowhere);
    expect(wrong).toMatchObject({ status: 1, stdout: '' });
    expect(wrong.stderr).toContain('no such service: nosuch');
    folder.remove();
  });

  test('an engine that is not there ends with 4 and its cause', () => {
    const ran = dockerTutor(['try', 'docker ps'], nowhere);
    expect(ran).toMatchObject({ status: 4, stdout: '' });
    expect(ran.stderr).toContain('E-SOCKET-MISSING');
  });

  test('in JSON too: one object, the problem in it', () => {
    const ran = dockerTutor(['try', '--format', 'json', 'docker ps | wc'], nowhere);
    expect(ran.status).toBe(2);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      formatVersion: 1,
      command: 'docker ps | wc',
      exitCode: 2,
      changes: [],
      requests: [],
      problem: { code: 'not-performed' },
    });
  });

  test.each([
    { format: 'pretty', line: 'docker login -u me -p hunter2 --none-such' },
    { format: 'pretty', line: 'docker login -u me --password hunter2 quay.io > out' },
    { format: 'json', line: 'docker login -u me -phunter2 quay.io one-more' },
    { format: 'json', line: 'docker login -u me -p hunter2 quay.io' },
  ])('a password in a line that goes wrong is not repeated: $line', ({ format, line }) => {
    const ran = dockerTutor(['try', '--format', format, line], nowhere);
    expect(ran.status).toBeGreaterThan(0);
    expect(ran.stdout + ran.stderr).not.toContain('hunter2');
    if (format === 'pretty') expect(ran.stderr).toContain('docker login -u me -');
  });

  test('help is answered without it', () => {
    const ran = dockerTutor(['try', 'docker run --help'], nowhere);
    expect(ran.status).toBe(0);
    expect(ran.stdout).toContain('docker run [OPTIONS] IMAGE');
  });
});

engineSuite('try', ({ address }) => {
  const home = temporaryFolder();
  const id = `try-${process.pid.toString(36)}`;
  const env = { DOCKER_TUTOR_HOME: home.path, DOCKER_HOST: address };
  let engine: Engine;
  let ask: Ask;

  const tried = (...words: string[]): SpawnSyncReturns<string> => dockerTutor(['try', ...words], env);
  /** What stands on stderr, wherever its lines are broken. */
  const said = ({ stderr }: SpawnSyncReturns<string>): string => stderr.replace(/\s+/g, ' ');
  const asJson = (line: string): Tried => JSON.parse(tried('--format', 'json', line).stdout) as Tried;
  const exists = async (path: string): Promise<boolean> => (await ask({ method: 'GET', path })).status === 200;

  /** Made by no docker-tutor: the learner's own. */
  async function theirs(name: string): Promise<void> {
    const made = await ask({
      method: 'POST',
      path: '/containers/create',
      query: { name },
      body: { Image: 'busybox', Cmd: ['sleep', '600'] },
    });
    expect(made.status).toBe(201);
  }

  beforeAll(async () => {
    engine = await connect({ address, from: 'host-option' }, { signal: AbortSignal.timeout(60_000) });
    ask = (request) => askThrough(engine, AbortSignal.timeout(60_000))(request);
    // not by docker-tutor, whose clean would take it away again: none of the tests is to wait for a registry
    await ask({ method: 'POST', path: '/images/create', query: { fromImage: 'busybox', tag: 'latest' } });
    expect(await exists('/images/busybox/json')).toBe(true);
  });
  afterEach(async () => {
    expect(dockerTutor(['clean'], env).status).toBe(0);
  });
  afterAll(() => {
    engine.close();
    home.remove();
  });

  test('prints what docker prints, ends as it ends, and tells what came', () => {
    const ran = tried(`docker run --name ${id} busybox sh -c "echo out; echo err >&2; exit 7"`);
    expect(ran).toMatchObject({ status: 7, stdout: 'out\n' });
    expect(ran.stderr).toContain('err\n');
    expect(said(ran)).toMatch(new RegExp(`Created container ${id} .*from busybox.* exit code 7`));
    expect(ran.stderr).toContain('docker-tutor clean');
  });

  test('what others make and remove at the same time is not told', async () => {
    await theirs(`${id}-old`);
    await ask({ method: 'POST', path: '/volumes/create', body: { Name: `${id}-old` } });
    const line = `docker run --rm --name ${id} busybox sh -c "echo on; sleep 3"`;
    const child = spawn(process.execPath, [bin, 'try', line], { env: environment(env) });
    let told = '';
    child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
    const ended = once(child, 'close');
    try {
      await once(child.stdout, 'data');
      await theirs(`${id}-new`);
      await ask({ method: 'POST', path: '/volumes/create', body: { Name: `${id}-new` } });
      for (const path of [`/containers/${id}-old`, `/volumes/${id}-old`]) await ask({ method: 'DELETE', path });
      expect(await ended).toEqual([0, null]);
      expect(told).toBe('');
    } finally {
      for (const path of [`/containers/${id}-new`, `/volumes/${id}-new`]) await ask({ method: 'DELETE', path });
    }
  });

  test('a command that only asks says nothing more', () => {
    expect(tried('docker ps -q --filter name=nothing-is-called-so')).toMatchObject({
      status: 0,
      stdout: '',
      stderr: '',
    });
  });

  test('takes the words unquoted, and docker may be left out', () => {
    const format = ['--format', '{{.Names}}', '--filter', `name=${id}`, '-a'];
    expect(tried('docker', 'create', '--name', `${id} `.trim(), 'busybox', 'sh', '-c', 'echo "a b"').status).toBe(0);
    expect(tried('ps', ...format)).toMatchObject({ status: 0, stdout: `${id}\n` });
  });

  test('what it makes is labelled, stays, and is what clean removes', async () => {
    expect(tried(`docker create --name ${id} busybox`).status).toBe(0);
    const { body } = await ask({ method: 'GET', path: `/containers/${id}/json` });
    expect(body).toMatchObject({ Config: { Labels: { 'docker-tutor.scenario': 'try' } } });
    expect(dockerTutor(['clean'], env).status).toBe(0);
    expect(await exists(`/containers/${id}/json`)).toBe(false);
  });

  test('a nested command is performed first', async () => {
    expect(tried(`docker create --name ${id}-1 busybox && docker create --name ${id}-2 busybox`).status).toBe(0);
    const ran = tried(`docker rm $(docker ps -aq --filter name=${id}-)`);
    expect(ran.status).toBe(0);
    expect(said(ran)).toMatch(/Removed containers .* and /);
    expect(await exists(`/containers/${id}-1/json`)).toBe(false);
  });

  test('a nested command that prints nothing leaves docker without an argument', () => {
    const ran = tried('docker rm $(docker ps -aq --filter name=nothing-is-called-so)');
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain("docker: 'docker rm' requires at least 1 argument\n\nUsage:  docker rm [OPTIONS]");
  });

  test('&& stops at a failure, ; goes on', () => {
    expect(tried(`docker rm ${id}-none && docker version`)).toMatchObject({ status: 1, stdout: '' });
    const ran = tried(`docker rm ${id}-none; docker ps -q --filter name=nothing-is-called-so`);
    expect(ran.status).toBe(0);
    expect(ran.stderr).toContain('No such container');
  });

  test('lines from a pipe are performed one by one', () => {
    const ran = dockerTutor(['try'], env, `docker create --name ${id} busybox\ndocker rm ${id}\n`);
    expect(ran.status).toBe(0);
    expect(ran.stdout.split('\n').at(1)).toBe(id);
  });

  test('--format json: one object with the changes and the requests', () => {
    const result = asJson(`docker create --name ${id} busybox; docker rm ${id}`);
    expect(result).toMatchObject({
      exitCode: 0,
      changes: [
        { change: 'added', kind: 'container', name: id },
        { change: 'removed', kind: 'container', name: id },
      ],
    });
    expect(result.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /containers/create',
      `DELETE /containers/${id}`,
    ]);
    expect(result.stdout).toMatch(new RegExp(`^[0-9a-f]{64}\n${id}\n$`));
  });

  test('--explain says first what each part means', () => {
    const ran = tried('--explain', 'docker ps -q --filter name=nothing-is-called-so');
    expect(ran).toMatchObject({ status: 0, stdout: '' });
    expect(ran.stderr).toContain('print ids only');
  });

  test('a volume and who mounts it are drawn', () => {
    const ran = tried(`docker create --name ${id} -v ${id}-data:/data busybox`);
    expect(ran.status).toBe(0);
    expect(ran.stderr).toMatch(new RegExp(`volume ${id}-data\\n.*${id} +/data`));
  });

  test('a network and its containers are drawn', async () => {
    expect(tried(`docker network create ${id}-net`).status).toBe(0);
    try {
      const ran = tried(`docker run -d --name ${id} --network ${id}-net busybox sleep 600`);
      expect(ran.status).toBe(0);
      expect(ran.stderr).toMatch(new RegExp(`${id}-net [\\d.]+/\\d+\\n.*${id} +[\\d.]+`));
      expect(tried(`docker rm -f ${id}`).status).toBe(0);
    } finally {
      await ask({ method: 'DELETE', path: `/networks/${id}-net` });
    }
  });

  test.each(['rm -f', 'stop', 'kill', 'restart'])(
    'docker %s of something that docker-tutor did not make is refused where nobody can answer',
    async (verb) => {
      await theirs(`${id}-theirs`);
      try {
        const ran = tried(`docker ${verb} ${id}-theirs`);
        expect(ran).toMatchObject({ status: 4, stdout: '' });
        expect(said(ran)).toContain(`${id}-theirs was not made by docker-tutor`);
        expect(await exists(`/containers/${id}-theirs/json`)).toBe(true);
      } finally {
        await ask({ method: 'DELETE', path: `/containers/${id}-theirs`, query: { force: '1' } });
      }
    },
  );

  test('an image that is here already is not moved by a pull, and the words say so', async () => {
    const before = (await ask({ method: 'GET', path: '/images/busybox/json' })).body as { Id: string };
    const ran = tried('docker pull busybox');
    expect(ran.status).toBe(0);
    expect(said(ran)).toContain('busybox:latest was here before, and docker-tutor did not make it: it stays as it is.');
    expect((await ask({ method: 'GET', path: '/images/busybox/json' })).body).toMatchObject({ Id: before.Id });
  });

  test("the engine's refusal comes in docker's words, and with its cause where it has a name", () => {
    expect(tried(`docker create --name ${id} busybox`).status).toBe(0);
    const ran = tried(`docker create --name ${id} busybox`);
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain('Conflict.');
    expect(ran.stderr).toContain('E-NAME-TAKEN');
  });

  test('docker -H in the line asks that engine', () => {
    const ran = tried('docker -H unix:///nowhere/docker.sock ps');
    expect(ran.status).toBe(4);
    expect(ran.stderr).toContain('/nowhere/docker.sock');
  });

  /** Performs a line; each time its output shows the next text, it is sent the next signal, or something else is done. */
  async function interrupted(
    line: string,
    signals: readonly (readonly [shows: string | RegExp, then: NodeJS.Signals | (() => void)])[],
  ): Promise<{ readonly status: number | null; readonly told: string }> {
    const child = spawn(process.execPath, [bin, 'try', line], { env: environment(env) });
    let told = '';
    const left = [...signals];
    const hear = (chunk: Buffer): void => {
      told += chunk.toString();
      const [next] = left;
      if (!next || told.search(next[0]) < 0) return;
      left.shift();
      if (typeof next[1] === 'string') child.kill(next[1]);
      else next[1]();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const [status] = (await once(child, 'close')) as [number | null];
    return { status, told };
  }
  const telling = `sh -c "trap 'echo got INT' INT; trap 'echo got TERM; exit 6' TERM; echo ready; while :; do sleep 0.1; done"`;

  test('Ctrl-C and SIGTERM go to the container, whose end is that of the command', async () => {
    const { status, told } = await interrupted(`docker run --name ${id} busybox ${telling}`, [
      ['ready', 'SIGINT'],
      ['got INT', 'SIGTERM'],
    ]);
    expect(told).toMatch(/ready\ngot INT\ngot TERM\n/);
    expect(status).toBe(6);
  });

  test('to one that was attached too', async () => {
    const ticking = telling.replace('do sleep', 'do echo tick; sleep');
    expect(tried(`docker run -d --name ${id} busybox ${ticking}`).status).toBe(0);
    const { status, told } = await interrupted(`docker attach ${id}`, [['tick', 'SIGTERM']]);
    expect(told).toContain('got TERM');
    expect(status).toBe(6);
  });

  test('a container that takes no notice is left alone after the third, and named', async () => {
    const { status, told } = await interrupted(
      `docker run --name ${id} busybox sh -c "trap 'echo once more' INT; echo ready; while :; do sleep 0.1; done"`,
      [
        ['ready', 'SIGINT'],
        ['once more', 'SIGINT'],
        ['once more\nonce more', 'SIGINT'],
      ],
    );
    expect(told).toContain('got 3 SIGTERM/SIGINTs, forcefully exiting');
    expect(told).toContain(`${id} still runs`);
    expect(status).toBe(130);
  });

  test('Ctrl-C stops the services of a compose up in the foreground, and it ends with 130', async () => {
    const file = join(home.path, 'compose.yaml');
    writeFileSync(
      file,
      `name: ${id}\nservices:\n  web:\n    image: busybox\n    command: ${JSON.stringify(telling)}\n`,
    );
    const { status, told } = await interrupted(`docker compose -f ${file} up`, [['ready', 'SIGINT']]);
    expect(told).toMatch(/Gracefully Stopping\.\.\.[\s\S]*Container \S+-web-1 +Stopped/);
    expect(status).toBe(130);
    const { body } = await ask({ method: 'GET', path: `/containers/${id}-web-1/json` });
    expect(body).toMatchObject({ State: { Running: false, ExitCode: 6 } });
  });

  test('compose watch builds, syncs and restarts as files change, until Ctrl-C; the containers stay', async () => {
    const folder = join(home.path, id);
    const put = (path: string, text: string): void => writeFileSync(join(folder, path), text);
    mkdirSync(join(folder, 'src'), { recursive: true });
    put('Dockerfile', 'FROM busybox\nCOPY list.txt /list.txt\n');
    put('list.txt', 'one\n');
    put(
      'compose.yaml',
      `name: ${id}
services:
  web:
    build: .
    init: true
    command: sleep 1000
    develop:
      watch:
        - { action: rebuild, path: list.txt }
        - { action: sync+restart, path: src, target: /synced, ignore: ['*.log'] }
`,
    );
    const { status, told } = await interrupted(`docker compose --project-directory ${folder} watch`, [
      ['Watch enabled', () => put('list.txt', 'one\ntwo\n')],
      [
        'successfully built',
        () => {
          put('src/a.txt', 'a\n');
          put('src/b.txt', 'b\n');
          put('src/c.log', 'c\n');
        },
      ],
      ['restarted', () => rmSync(join(folder, 'src/b.txt'))],
      [/restarted[^]*restarted/, 'SIGINT'],
    ]);
    expect(told.match(/^(Rebuilding|Syncing|service).*/gm)).toEqual([
      'Rebuilding service(s) ["web"] after changes were detected...',
      'service(s) ["web"] successfully built',
      'Syncing service "web" after 2 changes were detected',
      'service(s) ["web"] restarted',
      'Syncing service "web" after 1 changes were detected',
      'service(s) ["web"] restarted',
    ]);
    expect(status).toBe(130);
    const seen = tried(`docker exec ${id}-web-1 sh -c 'cat /list.txt; find /synced -type f'`);
    expect(seen.stdout).toBe('one\ntwo\n/synced/a.txt\n');
  });

  test('compose up --watch goes on with what takes the place of a container, and Ctrl-C stops that', async () => {
    const folder = join(home.path, id);
    const put = (path: string, text: string): void => writeFileSync(join(folder, path), text);
    mkdirSync(folder, { recursive: true });
    put('Dockerfile', 'FROM busybox\nCOPY list.txt /list.txt\n');
    put('list.txt', 'one\n');
    put(
      'compose.yaml',
      `name: ${id}
services:
  web:
    build: .
    init: true
    command: sh -c 'cat /list.txt; sleep 1000'
    develop:
      watch:
        - { action: rebuild, path: list.txt }
`,
    );
    const { status, told } = await interrupted(`docker compose --project-directory ${folder} up --watch`, [
      [/web-1 +\| one/, () => put('list.txt', 'two\n')],
      [/web-1 +\| two/, 'SIGINT'],
    ]);
    expect(told).toMatch(/web-1 has been recreated\n(?:.*\n)*web-1 +\| two\n/);
    expect(status).toBe(130);
    const { body } = await ask({ method: 'GET', path: `/containers/${id}-web-1/json` });
    expect(body).toMatchObject({ State: { Running: false } });
  });

  test('compose up --watch ends with its containers', () => {
    const folder = join(home.path, id);
    mkdirSync(folder, { recursive: true });
    const service = { image: 'busybox', command: 'true', develop: { watch: [{ action: 'restart', path: '.' }] } };
    writeFileSync(join(folder, 'compose.yaml'), JSON.stringify({ name: id, services: { web: service } }));
    const { status, stdout } = tried(`docker compose --project-directory ${folder} up --watch`);
    expect(stdout).toMatch(/web-1 exited with code 0\nWatch disabled\n/);
    expect(status).toBe(0);
  });

  test('--sig-proxy=false leaves it alone at the first', async () => {
    const { status, told } = await interrupted(`docker run --sig-proxy=false --name ${id} busybox ${telling}`, [
      ['ready', 'SIGINT'],
    ]);
    expect(status).toBe(130);
    expect(told).not.toContain('got INT');
    expect(told).toContain(`${id} still runs`);
  });

  test('no escape sequence of ours where nobody sees it', () => {
    const ran = tried(`docker create --name ${id} busybox`);
    expect(ran.stderr).not.toContain('\u001b');
  });
});

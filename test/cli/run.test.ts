/** The first lesson as its users run it: nothing of theirs is touched, whatever happens. */
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GenericContainer, Wait, type StartedTestContainer } from 'testcontainers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Event } from '../../src/events/events.ts';
import { everythingOn } from '../engine/everything.ts';
import { engineSuite } from '../engine/lab.ts';
import { program, type Ended, type Program } from './program.ts';

const lesson = ['run', 'hello-world', '--yes'];

function eventsOf({ stdout }: Ended): readonly Event[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
}

engineSuite('run hello-world', ({ address, socketPath, labFolder }) => {
  let tutor: Program;
  beforeAll(async () => {
    tutor = await program(address, labFolder);
  });
  afterAll(() => tutor.remove());

  test('passes, and leaves the engine as it was', async () => {
    const before = await everythingOn(socketPath);
    const ran = await tutor.run(lesson);
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.stdout).toContain('Hello from Docker!');
    expect(ran.stdout).toContain('11 steps, 17 checks: all passed');
    expect(await everythingOn(socketPath)).toBe(before);
  });

  test.each([
    ['--lang de', ['--lang', 'de'], {}],
    ['the locale', [], { LANG: 'de_DE.UTF-8', LC_ALL: '', LC_MESSAGES: '' }],
  ])('is told in the language of %s, and its commands are the same', async (_, words, env) => {
    const { code, stdout } = await tutor.run([...lesson, ...words, '--format', 'plain'], env);
    expect(code).toBe(0);
    expect(stdout).toContain('Vom Befehl zum Container');
    expect(stdout).toContain('docker pull hello-world');
    expect(stdout).not.toContain('From a command to a container');
  });

  test('--format json is one event a line and nothing else', async () => {
    const ran = await tutor.run([...lesson, '--format', 'json']);
    const events = eventsOf(ran);
    expect(events[0]).toMatchObject({ type: 'run-started', formatVersion: 2 });
    expect(events.at(-1)).toMatchObject({ type: 'run-finished', exitCode: 0 });
    expect(ran.stdout.split('\n').every((line) => line === '' || line.startsWith('{"type":'))).toBe(true);
  });

  test('names the images that are not here yet, and leaves them for the lesson to pull', async () => {
    const events = eventsOf(await tutor.run([...lesson, '--format', 'json']));
    expect(events.find(({ type }) => type === 'scenario-started')).toMatchObject({ notHere: ['hello-world'] });
    const before = events.slice(
      0,
      events.findIndex((event) => event.type === 'step-started' && event.step === 'pull'),
    );
    expect(before.filter(isRequest('POST', '/images/create'))).toEqual([]);
    expect((await tutor.run([...lesson, '--format', 'plain'])).stdout).toContain(
      'hello-world is not on this engine yet: the lesson pulls it when it is needed.',
    );
  });

  test.each([
    { where: 'into a pipe', env: {} },
    { where: 'with NO_COLOR', env: { NO_COLOR: '1', FORCE_COLOR: undefined } },
    { where: 'with TERM=dumb', env: { TERM: 'dumb', FORCE_COLOR: undefined } },
  ])('$where no escape sequence is written', async ({ env }) => {
    const { stdout, stderr } = await tutor.run([...lesson, '--format', 'pretty'], { FORCE_COLOR: undefined, ...env });
    expect(stdout).toContain('Hello from Docker!');
    expect(stdout + stderr).not.toContain('\u001b');
  });

  test('two at the same time both pass, and leave nothing', async () => {
    const before = await everythingOn(socketPath);
    const ran = await Promise.all([tutor.run(lesson), tutor.run(lesson)]);
    expect(ran.map(({ code }) => code)).toEqual([0, 0]);
    expect(await everythingOn(socketPath)).toBe(before);
  });

  test('Ctrl-C cleans up and ends with 130', async () => {
    const before = await everythingOn(socketPath);
    const ran = await tutor.strike([...lesson, '--format', 'json'], 'SIGINT', isRequest('POST', '/containers/create'));
    expect(ran).toMatchObject({ struck: true, code: 130 });
    expect(await everythingOn(socketPath)).toBe(before);
  });

  test('Ctrl-C in a compose up in the foreground stops its services first', async () => {
    const before = await everythingOn(socketPath);
    const folder = await mkdtemp(join(tmpdir(), 'docker-tutor-up-'));
    await mkdir(join(folder, 'files'));
    const trap = `sh -c 'trap "echo going; exit 6" TERM; echo ready; while :; do sleep 0.1; done'`;
    const services = { web: { image: 'busybox', command: trap } };
    await writeFile(join(folder, 'files', 'compose.yaml'), JSON.stringify({ name: 'run-up', services }));
    await writeFile(
      join(folder, 'scenario.yaml'),
      `formatVersion: 1
id: up
title: Up
summary: Services in the foreground.
level: beginner
minutes: 1
requires: { images: [busybox] }
steps:
  - { id: up, title: Up, do: docker compose up }
  - { id: after, title: After, do: docker ps }
`,
    );
    const ran = await tutor.strike(
      ['run', join(folder, 'scenario.yaml'), '--yes', '--format', 'json'],
      'SIGINT',
      (event) => event.type === 'output' && event.text.includes('ready'),
    );
    await rm(folder, { recursive: true });
    expect(ran).toMatchObject({ struck: true, code: 130 });
    const events = eventsOf(ran);
    const said = events.flatMap((event) => (event.type === 'output' ? [event.text] : [])).join('');
    expect(said).toMatch(/Gracefully Stopping\.\.\.[\s\S]*Container \S+-web-1 +Stopped/);
    expect(events).toContainEqual(expect.objectContaining({ type: 'command-finished', exitCode: 130 }));
    expect(events.filter(({ type }) => type === 'step-started')).toHaveLength(1);
    expect(await everythingOn(socketPath)).toBe(before);
  });

  test('a step tells nothing of what others make while it runs', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'docker-tutor-others-'));
    await writeFile(
      join(folder, 'scenario.yaml'),
      `formatVersion: 1
id: others
title: Others
summary: Others work on the same engine.
level: beginner
minutes: 1
requires: { images: [busybox] }
names: { box: run-box }
steps:
  - { id: box, title: Box, do: 'docker run --name {{box}} busybox sleep 3' }
`,
    );
    const running = tutor.run(['run', join(folder, 'scenario.yaml'), '--yes', '--format', 'json']);
    await expect.poll(() => everythingOn(socketPath), { timeout: 30_000, interval: 50 }).toContain('run-box');
    process.env['DOCKER_HOST'] = address;
    process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
    const theirs = await new GenericContainer('busybox:latest')
      .withName('run-others')
      .withCommand(['sleep', '600'])
      .start();
    try {
      const ran = await running;
      expect(ran.code).toBe(0);
      const changes = eventsOf(ran).flatMap((event) => (event.type === 'command-finished' ? event.changes : []));
      expect(changes.map(({ name }) => name).filter((name) => !name.startsWith('busybox'))).toEqual(['run-box']);
    } finally {
      await theirs.stop({ timeout: 0 });
      await rm(folder, { recursive: true });
    }
  });

  const moments: readonly { at: string; when: (event: Event) => boolean }[] = [
    { at: 'the start', when: ({ type }) => type === 'run-started' },
    { at: 'the pull’s first answer', when: isRequest('POST', '/images/create') },
    { at: 'the pull’s progress', when: ({ type }) => type === 'progress' },
    { at: 'the end of the pull', when: (event) => event.type === 'step-finished' && event.step === 'pull' },
    { at: 'the container’s creation', when: isRequest('POST', '/containers/create') },
    { at: 'its start', when: (event) => event.type === 'request' && event.path.endsWith('/start') },
    { at: 'its end', when: (event) => event.type === 'command-finished' && event.step === 'run' },
    {
      at: 'its removal',
      when: (event) => event.type === 'request' && event.method === 'DELETE' && event.path.startsWith('/containers/'),
    },
    {
      at: 'the image’s removal',
      when: (event) => event.type === 'request' && event.method === 'DELETE' && event.path.startsWith('/images/'),
    },
  ];
  test.each(moments)('kill -9 at $at, then clean: as it was', async ({ when }) => {
    const before = await everythingOn(socketPath);
    const ran = await tutor.strike([...lesson, '--format', 'json'], 'SIGKILL', when);
    expect(ran.struck).toBe(true);
    expect(await tutor.run(['clean'])).toMatchObject({ code: 0 });
    expect(await everythingOn(socketPath)).toBe(before);
  });

  describe('with a container of the learner’s own under the wished name, and their own copy of the image', () => {
    let theirs: StartedTestContainer;
    beforeAll(async () => {
      process.env['DOCKER_HOST'] = address;
      process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
      await pull(socketPath, 'hello-world');
      // made from the very image that the lesson removes
      theirs = await new GenericContainer('hello-world:latest')
        .withName('greeter')
        .withWaitStrategy(Wait.forOneShotStartup())
        .start();
      await tutor.run(['clean']);
    });
    afterAll(async () => {
      await theirs.stop({ timeout: 0 });
      await remove(socketPath, '/images/hello-world');
    });

    test('another name is used and told, and both are as they were', async () => {
      const before = await everythingOn(socketPath);
      const ran = await tutor.run(lesson);
      expect(ran.code).toBe(0);
      expect(ran.stdout).toContain('docker run --name greeter-2 hello-world');
      expect(ran.stdout).toContain('hello-world was here before the lesson, so it stays.');
      expect(await everythingOn(socketPath)).toBe(before);
    });
  });
});

describe('run without an engine', () => {
  let tutor: Program;
  beforeAll(async () => {
    tutor = await program('unix:///nowhere/docker.sock');
  });
  afterAll(() => tutor.remove());

  test('names the cause, the reason and the fix, and installs nothing', async () => {
    const ran = await tutor.run(lesson);
    expect(ran).toMatchObject({ code: 4, stdout: '' });
    expect(ran.stderr).toMatch(/E-SOCKET-MISSING|E-HOST-STALE/);
    expect(ran.stderr).toContain('DOCKER_HOST is set in the environment');
    expect(ran.stderr).toContain('docker-tutor run hello-world --lab');
  });

  test('gives a reader of events the cause as one', async () => {
    const events = eventsOf(await tutor.run([...lesson, '--format', 'json']));
    expect(events).toMatchObject([
      { type: 'run-started', formatVersion: 2 },
      { type: 'problem', code: expect.stringMatching(/^E-/) as string },
      { type: 'run-finished', exitCode: 4 },
    ]);
  });

  test('does not hang on a port that accepts and stays silent', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    try {
      const { port } = silent.address() as AddressInfo;
      const ran = await tutor.run(lesson, { DOCKER_HOST: `tcp://127.0.0.1:${String(port)}` });
      expect(ran.code).toBe(4);
      expect(ran.stderr).toMatch(/E-DAEMON-HUNG|E-HOST-STALE/);
    } finally {
      silent.close();
    }
  });
});

function isRequest(method: string, path: string): (event: Event) => boolean {
  return (event) => event.type === 'request' && event.method === method && event.path === path;
}

async function pull(socketPath: string, image: string): Promise<void> {
  const { ask } = await import('../../src/lab/http.ts');
  const { status } = await ask(
    { socketPath },
    {
      method: 'POST',
      path: `/images/create?fromImage=${image}&tag=latest`,
      signal: AbortSignal.timeout(60_000),
      limit: 60_000,
    },
  );
  expect(status).toBe(200);
}

async function remove(socketPath: string, path: string): Promise<void> {
  const { ask } = await import('../../src/lab/http.ts');
  const { status } = await ask(
    { socketPath },
    { method: 'DELETE', path, signal: AbortSignal.timeout(60_000), limit: 60_000 },
  );
  expect(status).toBe(200);
}

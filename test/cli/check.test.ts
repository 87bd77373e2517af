/** `docker-tutor check`, as a process on a real engine. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Event } from '../../src/events/events.ts';
import { everythingOn } from '../engine/everything.ts';
import { engineSuite, provideImagesOf } from '../engine/lab.ts';
import { program, type Program } from './program.ts';

engineSuite('a check of a machine', (engine) => {
  const { address, socketPath, labFolder } = engine;
  let tutor: Program;
  let folder: string;
  let web: Server;
  /** Answers of the server, the first first; then 200. */
  let statuses: number[] = [];
  beforeAll(async () => {
    await provideImagesOf(['hello-world', 'custom-bridge-network'], engine);
    tutor = await program(address, labFolder);
    folder = await mkdtemp(join(tmpdir(), 'docker-tutor-check-'));
    web = createServer((_, response) => response.writeHead(statuses.shift() ?? 200).end());
    await new Promise<void>((done) => web.listen(0, '127.0.0.1', done));
  });
  afterAll(async () => {
    web.close();
    await tutor.remove();
    await rm(folder, { recursive: true });
  });

  const port = (): string => String((web.address() as AddressInfo).port);

  async function lesson(id: string, requires: string, steps: string): Promise<string> {
    const file = join(folder, `${id}.yaml`);
    await writeFile(
      file,
      `formatVersion: 1
id: ${id}
title: A ${id}
summary: One step.
level: beginner
minutes: 1
requires: ${requires}
names: { box: check-${id} }
steps:
${steps}`,
    );
    return file;
  }

  /** Asks the server of this test. */
  const asking = (id: string): Promise<string> =>
    lesson(
      id,
      `{ permissions: ["address:127.0.0.1:${port()}"] }`,
      `  - id: ask
    title: Ask
    request: { url: "http://127.0.0.1:${port()}/" }
    expect:
      - output: { contains: "200" }
        claim: it answers
`,
    );

  const sleeping = (id: string): Promise<string> =>
    lesson(
      id,
      '{ images: [busybox] }',
      `  - id: sleep
    title: Sleep
    do: docker run --rm --name {{box}} busybox sleep 100
    expect:
      - output: { exitCode: 0 }
        claim: it has slept
`,
    );

  async function checked(args: readonly string[]): Promise<{ code: number | null; events: readonly Event[] }> {
    const { code, stdout } = await tutor.run(['check', ...args, '--format', 'json']);
    return {
      code,
      events: stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Event),
    };
  }

  const finished = (events: readonly Event[]) =>
    events.flatMap((one) => (one.type === 'scenario-finished' ? [one] : []));
  const allowed = (): readonly string[] => ['--allow', `address:127.0.0.1:${port()}`];

  test('lessons run side by side, and nothing of them is left', async () => {
    const before = await everythingOn(socketPath);
    const { code, stdout } = await tutor.run(['check', 'hello-world', 'custom-bridge-network', '--jobs', '2']);
    expect(stdout).toMatch(/2 lessons, 2 at a time/);
    expect(stdout).toMatch(/2 lessons: 2 passed/);
    expect(code).toBe(0);
    expect(await everythingOn(socketPath)).toEqual(before);
  });

  test('one that passes when it is tried again is told as such, and is a pass', async () => {
    const file = await asking('flaky');
    statuses = [500, 500, 500, 500, 500, 500, 500, 500];
    const { code, events } = await checked([file, ...allowed(), '--retries', '9']);
    const ends = finished(events);
    expect(ends.at(-1)).toMatchObject({ status: 'passed', attempt: ends.length });
    expect(ends.length).toBeGreaterThan(1);
    expect(code).toBe(0);
  });

  test('one that takes too long is ended, and what it made is removed', async () => {
    const before = await everythingOn(socketPath);
    const { code, events } = await checked([await sleeping('slow'), '--timeout', '3s']);
    expect(finished(events)).toMatchObject([{ timedOut: { limitMs: 3000, step: 'sleep' } }]);
    expect(events.at(-1)).toMatchObject({ type: 'run-finished', exitCode: code });
    expect(code).not.toBe(0);
    expect(await everythingOn(socketPath)).toEqual(before);
  });

  test('after one that fails, --fail-fast begins no more', async () => {
    const bad = await lesson(
      'bad',
      '{ images: [] }',
      `  - id: wrong\n    title: Wrong\n    do: docker version\n    expect:\n      - output: { exitCode: 7 }\n        claim: it ends with 7\n`,
    );
    const { code, events } = await checked([bad, await asking('next'), ...allowed(), '--fail-fast', '--jobs', '1']);
    expect(finished(events).map(({ scenario, status }) => [scenario, status])).toEqual([['bad', 'failed']]);
    expect(code).toBe(3);
  });

  test('an image that cannot be had blocks its lessons, and only these', async () => {
    const lacking = await lesson(
      'lacking',
      '{ images: ["no-registry.invalid/nothing:1"] }',
      `  - id: run\n    title: Run\n    do: docker version\n    expect:\n      - output: { exitCode: 0 }\n        claim: it runs\n`,
    );
    const { code, events } = await checked([lacking, await asking('well'), ...allowed()]);
    expect(Object.fromEntries(finished(events).map(({ scenario, status }) => [scenario, status]))).toEqual({
      lacking: 'blocked',
      well: 'passed',
    });
    expect(code).toBe(4);
  });

  test('without an engine every lesson is blocked by one cause, and JSON is whole', async () => {
    const { code, stdout } = await tutor.run(['check', '--host', 'unix:///nowhere.sock', '--format', 'json']);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Event);
    expect(events[0]).toMatchObject({ type: 'run-started' });
    expect(finished(events).map(({ status }) => status)).toEqual(Array(6).fill('blocked'));
    expect(new Set(events.flatMap((one) => (one.type === 'problem' ? [one.code] : [])))).toEqual(
      new Set(['E-SOCKET-MISSING']),
    );
    expect(events.at(-1)).toMatchObject({ type: 'run-finished', exitCode: 4 });
    expect(code).toBe(4);
  });

  test.each([
    [['--only', 'nonsense'], 'There is no scenario "nonsense".'],
    [['--tag', 'nonsense'], 'No lesson is left to check.'],
    [['--timeout', '3'], 'a time such as 90s'],
  ])('%j is refused before anything is done', async (args, words) => {
    const { code, stderr, stdout } = await tutor.run(['check', ...args]);
    expect(stderr + stdout).toContain(words);
    expect(code).toBe(2);
  });
});

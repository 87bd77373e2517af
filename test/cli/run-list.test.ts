/** A step with several commands: one that fails is the last that is run. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Event } from '../../src/events/events.ts';
import { everythingOn } from '../engine/everything.ts';
import { engineSuite } from '../engine/lab.ts';
import { program, type Program } from './program.ts';

engineSuite('a step with a list of commands', ({ address, socketPath, labFolder }) => {
  let tutor: Program;
  let folder: string;
  beforeAll(async () => {
    tutor = await program(address, labFolder);
    folder = await mkdtemp(join(tmpdir(), 'docker-tutor-list-'));
  });
  afterAll(async () => {
    await tutor.remove();
    await rm(folder, { recursive: true });
  });

  /** A lesson of one step. */
  async function lesson(commands: readonly string[], expected: string): Promise<string> {
    const lines = commands.map((command) => `      - ${JSON.stringify(command)}\n`).join('');
    const file = join(folder, 'scenario.yaml');
    await writeFile(
      file,
      `formatVersion: 1
id: list
title: A list
summary: Several commands in one step.
level: beginner
minutes: 1
requires: { images: [busybox] }
names: { first: list-first, second: list-second }
steps:
  - id: several
    title: Several commands
    do:
${lines}    expect:
      - ${expected}
`,
    );
    return file;
  }

  const ran = async (file: string): Promise<{ code: number | null; stdout: string; events: readonly Event[] }> => {
    const { code, stdout } = await tutor.run(['run', file, '--yes', '--format', 'json']);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Event);
    return { code, stdout, events };
  };

  test('after one that fails the others are not run, the step has failed, and it is said', async () => {
    const before = await everythingOn(socketPath);
    const file = await lesson(
      ['docker run --name {{first}} busybox false', 'docker create --name {{second}} busybox'],
      'container: { name: "{{first}}", state: exited }',
    );
    const { code, events } = await ran(file);
    expect(code).toBe(3);
    expect(events.filter(({ type }) => type === 'command-started')).toHaveLength(1);
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'problem',
        step: 'several',
        code: 'command-failed',
        message:
          'docker run --name list-first busybox false ended with exit code 1, so the command after it was not run.',
      }),
    );
    expect(events).toContainEqual(expect.objectContaining({ type: 'step-finished', status: 'failed' }));
    expect(await everythingOn(socketPath)).toBe(before);
  });

  test('the engine’s own reason is said too, and nobody waits for what cannot come', async () => {
    const file = await lesson(
      ['docker start {{first}}', 'docker create --name {{second}} busybox'],
      'container: { name: "{{second}}", state: created }',
    );
    const { events } = await ran(file);
    const problems = events.flatMap((event) => (event.type === 'problem' ? [event.code] : []));
    expect(problems[0]).toBe('command-failed');
    expect(problems).toHaveLength(2);
    expect(events.find(({ type }) => type === 'check')).toMatchObject({ status: 'failed', tries: 1 });
  });

  test('the last one may fail where the step expects it', async () => {
    const file = await lesson(
      ['docker create --name {{first}} busybox', 'docker create --name {{first}} busybox'],
      'output: { exitCode: 1, contains: Conflict }',
    );
    expect(await ran(file)).toMatchObject({ code: 0 });
  });
});

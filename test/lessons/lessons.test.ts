/**
 * Every lesson proven as its author would prove it: `author test`, several at a time. The six that docker-tutor is
 * named for; all of them with DOCKER_TUTOR_TEST_LESSONS=all.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shippedScenarios } from '../../src/scenario/catalogue.ts';
import type { Tested } from '../../src/author/test-scenario.ts';
import { program, type Program } from '../cli/program.ts';
import { everythingOn } from '../engine/everything.ts';
import { engineSuite } from '../engine/lab.ts';

const namedFor = [
  'hello-world',
  'flask-image-build',
  'tag-push-pull',
  'custom-bridge-network',
  'volume-mount',
  'compose',
];
const all = shippedScenarios().map(({ id }) => id);
const lessons = process.env['DOCKER_TUTOR_TEST_LESSONS'] === 'all' ? all : namedFor;
const limit = 25 * 60_000;

engineSuite('the lessons', ({ address, socketPath, labFolder }) => {
  let tutor: Program;
  let before: string;
  let tested: readonly Tested[] = [];
  let complaint = '';

  beforeAll(async () => {
    tutor = await program(address, labFolder);
    before = await everythingOn(socketPath);
    const ran = await tutor.run([
      'author',
      'test',
      ...lessons,
      '--json',
      ...(labFolder === undefined ? [] : ['--lab']),
    ]);
    complaint = ran.stderr;
    if (ran.stdout !== '') tested = (JSON.parse(ran.stdout) as { scenarios: readonly Tested[] }).scenarios;
  }, limit);
  afterAll(() => tutor.remove());

  describe.each(lessons)('%s', (lesson) => {
    test('passes, can fail at every step, and leaves nothing behind', () => {
      const one = tested.find(({ scenario }) => scenario === lesson);
      expect(one, complaint).toMatchObject({ faults: [], leavesNothing: true });
      expect(one?.whenTaken).not.toBe('failed');
      expect(one?.steps.length).toBeGreaterThan(0);
    });
  });

  test('leave the engine as it was', async () => {
    expect(await everythingOn(socketPath)).toBe(before);
  });
});

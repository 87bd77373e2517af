/**
 * Every lesson proven as its author would prove it: `author test`, several at a time. The six that docker-tutor is
 * named for, and of the others as many as DOCKER_TUTOR_TEST_LESSONS says, drawn by a seed that is printed; `all`: every one
 * that the engine is good enough for.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tested } from '../../src/author/test-scenario.ts';
import { program, type Program } from '../cli/program.ts';
import { everythingOn } from '../engine/everything.ts';
import { engineSuite, lessonsForEngine } from '../engine/lab.ts';
import { drawFrom, drawn, seed } from '../kills/seed.ts';
import { namedFor } from './named-for.ts';

const all = lessonsForEngine();
const lessons = chosen(process.env['DOCKER_TUTOR_TEST_LESSONS']);
const minute = 60_000;
/** .ci/run says, in seconds since 1970, when it must be done: before it ends everything, so that it can be told why. */
const end = process.env['DOCKER_TUTOR_TEST_END'];
const limit = end === undefined ? 60 * minute : Math.max(1000, Number(end) * 1000 - Date.now());
/** For what the lessons under way have made to be removed. */
const cleaning = 2 * minute;

function chosen(wish = '0'): readonly string[] {
  if (wish === 'all') return all;
  const others = drawn(
    all.filter((id) => !namedFor.includes(id)),
    Number(wish),
    drawFrom(seed),
  );
  process.stderr.write(
    `lessons: the six and ${others.join(', ') || 'no other'}, DOCKER_TUTOR_TEST_SEED=${String(seed)}\n`,
  );
  return all.filter((id) => namedFor.includes(id) || others.includes(id));
}

engineSuite('the lessons', ({ address, socketPath, labFolder }) => {
  let tutor: Program;
  let before: string;
  let tested: readonly Tested[] = [];
  let complaint = '';

  beforeAll(async () => {
    tutor = await program(address, labFolder);
    before = await everythingOn(socketPath);
    const lab = labFolder === undefined ? [] : ['--lab'];
    // they wait for the engine more than they work: six take 82 s two at a time, 72 s four at a time (two cores)
    const ran = await tutor.run(['author', 'test', ...lessons, '--json', '--jobs', '4', ...lab], {}, limit);
    complaint = ran.ms < limit ? ran.stderr : `author test was stopped after ${String(Math.round(limit / 1000))} s`;
    if (ran.stdout !== '') tested = (JSON.parse(ran.stdout) as { scenarios: readonly Tested[] }).scenarios;
  }, limit + cleaning);
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

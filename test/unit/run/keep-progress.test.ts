/** How far a lesson was taken is known after each step, and after a crash. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Event } from '../../../src/events/events.ts';
import { keepProgress } from '../../../src/run/keep-progress.ts';
import { parseScenario } from '../../../src/scenario/load.ts';
import { allProgress, forgetProgress, keepAnswer, readProgress } from '../../../src/state/lesson-progress.ts';
import { withSteps } from '../scenario/samples.ts';

let env: { readonly DOCKER_TUTOR_HOME: string };
beforeEach(() => (env = { DOCKER_TUTOR_HOME: mkdtempSync(join(tmpdir(), 'docker-tutor-progress-')) }));
afterEach(() => rmSync(env.DOCKER_TUTOR_HOME, { recursive: true }));

const lesson = parseScenario(
  withSteps('- { id: one, title: One, read: x }\n- { id: two, title: Two, read: x }'),
  'sample.yaml',
);
const address = { run: 'r', scenario: lesson.id };
const started = (from?: number, label = 'tf0001-0123456789'): Event => ({
  ...address,
  type: 'scenario-started',
  label,
  title: 'Sample',
  summary: '',
  intro: '',
  steps: 2,
  minutes: 1,
  replaced: [],
  standIns: [],
  ...(from !== undefined && { from }),
});
const ended = (step: string, status: 'passed' | 'failed' | 'skipped' = 'passed'): Event => ({
  ...address,
  type: 'step-finished',
  step,
  status,
  after: '',
  ms: 1,
});
const keeper = (): ((event: Event) => void) =>
  keepProgress({ env, way: 'guided', lessons: new Map([[lesson.id, lesson]]), now: () => '2026-01-01T10:00:00.000Z' });
const steps = (): readonly string[] => readProgress(lesson.id, env)?.steps.map(({ step }) => step) ?? [];

test('each step that is behind is written down at once; one that failed is not behind', () => {
  const keep = keeper();
  keep(started());
  keep(ended('one'));
  expect(steps()).toEqual(['one']);
  keep(ended('two', 'failed'));
  expect(steps()).toEqual(['one']);
});

test('where a lesson goes on, the steps before stay', () => {
  const first = keeper();
  first(started());
  first(ended('one'));
  const second = keeper();
  second(started(2, 'tf0002-0123456789'));
  // killed before its first step ends, it has left things of its own
  expect(readProgress(lesson.id, env)?.label).toBe('tf0002-0123456789');
  expect(steps()).toEqual(['one']);
  second(ended('two'));
  expect(steps()).toEqual(['one', 'two']);
});

describe('how questions were answered', () => {
  const quiz = (step: string, given: readonly number[] | undefined, tries: number): Event => ({
    ...address,
    type: 'quiz',
    step,
    ask: 'Which?',
    options: ['this', 'that', 'other'],
    answer: [1],
    because: 'It is.',
    ...(given && { given, tries }),
  });
  const right = (): unknown =>
    Object.fromEntries((readProgress(lesson.id, env)?.answers ?? []).map((one) => [one.step, one.right]));

  test.each([
    ['right at once', [1], 1, true],
    ['right at the second try', [1], 2, false],
    ['wrong', [0], 2, false],
    ['not answered: the answer was looked at', undefined, 1, false],
  ])('%s', (_, given, tries, kept) => {
    const keep = keeper();
    keep(started());
    keep(quiz('one', given, tries));
    keep(ended('one'));
    expect(right()).toEqual({ one: kept });
  });

  test('is kept where the lesson is taken anew, until it is asked again', () => {
    const first = keeper();
    first(started());
    first(quiz('one', [0], 1));
    first(ended('one'));
    const second = keeper();
    second(started());
    second(ended('two'));
    expect(right()).toEqual({ one: false });
    keepAnswer(lesson.id, { step: 'one', at: '2026-02-01T10:00:00.000Z', right: true }, env);
    expect(right()).toEqual({ one: true });
    expect(steps()).toEqual(['two']);
  });

  test('of a lesson that nothing is known of is not kept', () => {
    keepAnswer(lesson.id, { step: 'one', at: '2026-02-01T10:00:00.000Z', right: true }, env);
    expect(readProgress(lesson.id, env)).toBeUndefined();
  });
});

test('a draft that a crash has left, and a file that is none, are passed over', () => {
  const keep = keeper();
  keep(started());
  keep(ended('one'));
  const folder = join(env.DOCKER_TUTOR_HOME, 'progress');
  writeFileSync(join(folder, `${lesson.id}.json.77`), '{"half');
  writeFileSync(join(folder, 'other.json'), '{"half');
  expect(allProgress(env).map(({ lesson: id }) => id)).toEqual([lesson.id]);
  forgetProgress(lesson.id, env);
  expect(allProgress(env)).toEqual([]);
  expect(readdirSync(folder)).toContain('other.json');
});

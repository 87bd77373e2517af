/** A run takes a step whoever does it: it looks at what came of it, and asks whether to go on. */
import { Buffer } from 'node:buffer';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../../src/engine/engine.ts';
import type { Event } from '../../../../src/events/events.ts';
import { Failure } from '../../../../src/failure.ts';
import { problemEvent } from '../../../../src/report/problem.ts';
import { collector } from '../../../../src/events/collect.ts';
import type { Actor, Next } from '../../../../src/run/actors/actor.ts';
import { guided } from '../../../../src/run/actors/guided.ts';
import { practising } from '../../../../src/run/actors/practising.ts';
import { scripted } from '../../../../src/run/actors/scripted.ts';
import { unattended } from '../../../../src/run/actors/unattended.ts';
import { runScenarios } from '../../../../src/run/run.ts';
import { parseScenario } from '../../../../src/scenario/load.ts';
import type { Step } from '../../../../src/scenario/schema.ts';
import { withTasks } from '../../../../src/scenario/tasks.ts';
import { withSteps } from '../../scenario/samples.ts';

const home = mkdtempSync(join(tmpdir(), 'docker-tutor-actor-'));
afterAll(() => rmSync(home, { recursive: true }));

/** There is nothing on it. */
const engine: Engine = {
  endpoint: { address: 'unix:///nowhere', from: 'default' },
  about: { version: '28.5.2', apiVersion: '1.51', told: {}, flavour: 'docker' },
  send: ({ path }) => {
    const body = path === '/volumes' ? { Volumes: [] } : [];
    return Promise.resolve({ status: 200, headers: {}, stream: Readable.from([Buffer.from(JSON.stringify(body))]) });
  },
  close: () => undefined,
};

const twoSteps = `
- id: greet
  title: Greet
  do: docker version
  expect:
    - output: { contains: hello }
- id: ask
  quiz: { ask: Which?, options: [this, that], answer: 2, because: It is. }
`;

const threeOptions = `
- id: ask
  quiz:
    ask: Which?
    options: [this, that, other]
    answer: 2
    because: It is.
    wrong: { 1: 'That is the name, not the thing.' }
`;

async function runWith(
  actor: Actor,
  steps: string | readonly Step[] = twoSteps,
): Promise<{ readonly exitCode: number; readonly events: readonly Event[] }> {
  const events: Event[] = [];
  const written = parseScenario(withSteps(typeof steps === 'string' ? steps : twoSteps), 'sample.yaml');
  const exitCode = await runScenarios({
    scenarios: [{ scenario: typeof steps === 'string' ? written : { ...written, steps } }],
    engine,
    run: 'tf0001-0123456789',
    env: { DOCKER_TUTOR_HOME: home },
    vars: {},
    standIns: [],
    emit: (event) => events.push(event),
    problem: (failure, step) => Promise.resolve(problemEvent(failure, step === undefined ? {} : { step })),
    actor,
    signal: AbortSignal.timeout(20_000),
  });
  return { exitCode, events };
}

const typing = (stdout: string): Actor => ({
  tells: 'why',
  act: (step) => Promise.resolve('do' in step ? { outcome: { exitCode: 0, stdout, stderr: '' } } : {}),
  pause: () => Promise.resolve('next'),
});
const finished = (events: readonly Event[]): readonly string[] =>
  events.flatMap((event) => (event.type === 'step-finished' ? [`${event.step} ${event.status}`] : []));

describe('an actor', () => {
  test('whose step has the result that is expected passes it', async () => {
    const { exitCode, events } = await runWith(typing('hello\n'));
    expect(exitCode).toBe(0);
    expect(finished(events)).toEqual(['greet passed', 'ask passed']);
    // nothing was performed by anybody else
    expect(events.filter(({ type }) => type === 'command-started')).toEqual([]);
  });

  test('whose step has another result fails it', async () => {
    const { exitCode, events } = await runWith(typing('bye\n'));
    expect(exitCode).toBe(3);
    expect(finished(events)).toEqual(['greet failed']);
  });

  test('that cannot do the step blocks it, with the cause', async () => {
    const cause = new Failure('The keyboard is gone.', { code: 'not-performed', exitCode: 4 });
    const { exitCode, events } = await runWith({ ...typing(''), act: () => Promise.reject(cause) });
    expect(exitCode).toBe(4);
    expect(finished(events)).toEqual(['greet failed']);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'problem', step: 'greet', message: 'The keyboard is gone.' }),
    );
  });

  test('may leave between two steps, and nothing has failed', async () => {
    const { exitCode, events } = await runWith({
      ...typing('hello\n'),
      pause: ({ hasCommand }) => Promise.resolve(hasCommand ? 'quit' : 'next'),
    });
    expect(exitCode).toBe(0);
    expect(finished(events)).toEqual(['greet passed']);
  });
});

describe('somebody at the step', () => {
  const failing = (next: readonly Next[]): Actor => {
    const left = [...next];
    return { ...typing('bye\n'), failed: () => Promise.resolve(left.shift() ?? 'quit') };
  };
  const turns = (events: readonly Event[]): readonly number[] =>
    events.flatMap((event) => (event.type === 'turn-failed' ? [event.turn] : []));

  test('may look again, and try again: a turn is what was done, not what was looked at', async () => {
    const { exitCode, events } = await runWith(failing(['check', 'act']));
    expect(turns(events)).toEqual([1, 1, 2]);
    expect(finished(events)).toEqual(['greet failed']);
    expect(exitCode).toBe(3);
  });

  test('goes on without a step that is skipped', async () => {
    const { exitCode, events } = await runWith(failing(['skip']));
    expect(finished(events)).toEqual(['greet skipped', 'ask passed']);
    expect(exitCode).toBe(0);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'scenario-finished', steps: { passed: 1, failed: 0, skipped: 1 } }),
    );
  });

  test('may keep what was made, and hears how to remove it', async () => {
    const { events } = await runWith(failing(['keep']));
    const cleaned = events.find((event) => event.type === 'cleaned');
    expect(cleaned).toMatchObject({ removed: [], kept: { command: 'docker-tutor clean --run tf0001-0123456789' } });
  });

  test('has the reports read the checks of the last turn alone', async () => {
    const { events } = await runWith(failing(['act', 'act']));
    const { add, run } = collector();
    events.forEach(add);
    expect(run.scenarios[0]?.steps[0]?.checks).toHaveLength(1);
  });
});

describe('the question of a lesson', () => {
  const answers = (events: readonly Event[]): readonly (readonly number[] | undefined)[] =>
    events.flatMap((event) => (event.type === 'quiz' ? [event.given] : []));
  /** Its command is typed by another: there is no engine to perform it on. */
  const asking = (actor: Actor): Actor => ({
    ...actor,
    act: (step, scene) => ('quiz' in step ? actor : typing('hello\n')).act(step, scene),
  });

  test.each([guided, practising])('is asked of the learner, and what was chosen is told', async (actorOf) => {
    const { events } = await runWith(asking(actorOf(scripted('2', () => undefined))));
    expect(answers(events)).toEqual([[1]]);
  });

  test('is asked a second time after a wrong answer, with the reason', async () => {
    const told: string[] = [];
    const { events } = await runWith(
      asking(practising(scripted('1\n2', (text) => void told.push(text)))),
      threeOptions,
    );
    expect(told).toEqual(['That is the name, not the thing.']);
    expect(events.find((event) => event.type === 'quiz')).toMatchObject({ given: [1], tries: 2 });
  });

  test('is told with its answer where nobody is there', async () => {
    const { exitCode, events } = await runWith(asking(unattended()));
    expect(exitCode).toBe(0);
    expect(answers(events)).toEqual([undefined]);
  });
});

describe('somebody who has performed a part of the step', () => {
  const part = (exitCode: number, stdout: string, partly: 'on-the-way' | 'last-first' = 'on-the-way'): Actor => ({
    ...typing(''),
    act: async () => ({
      outcome: { exitCode, stdout, stderr: '' },
      own: { within: '0s', tells: 'nothing', partly, feedback: [] },
    }),
    failed: async () => 'quit',
  });
  const step = (more: string): string => `- id: greet\n  title: Greet\n  do: [docker ps, docker version]\n${more}`;
  const mistake = '  mistakes: [{ when: { output: { contains: hello } }, say: Too early. }]';
  const said = (events: readonly Event[]): readonly string[] =>
    events.flatMap((event) => (event.type === 'turn-failed' ? event.feedback.map(({ text }) => text) : []));

  test('is not done by what that has printed: the checks are about a command to come', async () => {
    const { events } = await runWith(part(0, 'hello'), step('  expect: [{ output: { contains: hello } }]'));
    expect(finished(events)).toEqual(['greet failed']);
    expect(events.filter(({ type }) => type === 'check')).toEqual([]);
  });

  test('is done where no check is about what a command prints', async () => {
    const { events } = await runWith(part(0, 'hello'), step('  expect: []'));
    expect(finished(events)).toEqual(['greet passed']);
  });

  test.each([
    ['hears of no mistake', 0, 'on-the-way', []],
    ['hears of one where the command has failed: it came too early', 1, 'on-the-way', ['Too early.']],
    ['hears of one where it was the last of them', 0, 'last-first', ['Too early.']],
  ] as const)('%s', async (_, exitCode, partly, words) => {
    const expectation = '  expect: [{ output: { contains: hello, exitCode: 0 } }]\n';
    const { events } = await runWith(part(exitCode, 'hello', partly), step(expectation + mistake));
    expect(said(events)).toEqual(words);
  });
});

describe('a task of two steps', () => {
  const task = `
- id: networks
  title: Networks
  do: docker network ls
  task: { title: Both lists, goal: List networks and volumes., through: volumes }
  expect: []
- id: volumes
  title: Volumes
  do: docker volume ls
  expect:
    - output: { contains: VOLUME }
`;
  const practised = async (script: string): Promise<readonly Event[]> => {
    const { steps } = withTasks(parseScenario(withSteps(task), 'sample.yaml'));
    return (await runWith(practising(scripted(script, () => undefined)), steps)).events;
  };

  test('is one in practice, with any commands between', async () => {
    const events = await practised('docker network ls\ndocker images\ndocker volume ls');
    expect(events.find((event) => event.type === 'step-started')).toMatchObject({
      of: 1,
      title: 'Both lists',
      goal: 'List networks and volumes.',
    });
    expect(finished(events)).toEqual(['networks passed']);
  });

  test('is not done with its last command alone', async () => {
    expect(finished(await practised('docker volume ls'))).toEqual(['networks failed']);
  });

  test('is two steps where it is not practised', async () => {
    const { events } = await runWith(typing('VOLUME NAME\n'), task);
    expect(finished(events)).toEqual(['networks passed', 'volumes passed']);
  });
});

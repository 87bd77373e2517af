/** The events of a run are whole, whatever comes of it. */
import { expect, test } from 'vitest';
import type { Event, ScenarioHappening } from '../../../src/events/events.ts';
import { Failure } from '../../../src/failure.ts';
import { problemEvent } from '../../../src/report/problem.ts';
import { ofScenario } from '../../../src/run/emitter.ts';
import { wholeRun } from '../../../src/run/whole-run.ts';

type Work = Parameters<typeof wholeRun>[1];

async function ran(work: Work, signal = new AbortController().signal) {
  const events: Event[] = [];
  const problem = (failure: Failure) => Promise.resolve(problemEvent(failure));
  const ended = await wholeRun(
    { run: 'r1', tool: 't', emit: (event) => events.push(event), problem, signal },
    work,
  ).then(
    (exitCode) => ({ exitCode }),
    (error: unknown) => ({ error }),
  );
  return { ended, events };
}

const finished = (status: 'passed' | 'failed'): ScenarioHappening => ({
  type: 'scenario-finished',
  status,
  finish: '',
  steps: { passed: 2, failed: status === 'failed' ? 1 : 0, skipped: 0 },
  checks: { passed: 3, failed: 0, kept: 1 },
  ms: 5,
});

test('first run-started with the version of the format, last run-finished with exit code and totals', async () => {
  const { ended, events } = await ran(async (emit) => {
    ofScenario(emit, { run: 'r1', scenario: 'a' })(finished('passed'));
    ofScenario(emit, { run: 'r1', scenario: 'b' })(finished('failed'));
    return 3;
  });
  expect(ended).toEqual({ exitCode: 3 });
  expect(events[0]).toMatchObject({ type: 'run-started', run: 'r1', formatVersion: 2 });
  expect(events.at(-1)).toMatchObject({
    type: 'run-finished',
    run: 'r1',
    exitCode: 3,
    totals: {
      scenarios: { passed: 1, failed: 1, interrupted: 0, blocked: 0 },
      steps: { passed: 4, failed: 1, skipped: 0 },
      checks: { passed: 6, failed: 0, kept: 2 },
    },
  });
});

const refused = new Failure('No.', { code: 'permission-not-given', exitCode: 4 });

test.each([
  ['a failure', refused, 4, 'permission-not-given'],
  ['a bug', new TypeError('x is not a function'), 1, 'bug'],
])('%s is told as a problem of the run, and thrown on', async (_, error, exitCode, code) => {
  const { ended, events } = await ran(() => Promise.reject(error));
  expect(ended).toEqual({ error });
  expect(events.map(({ type }) => type)).toEqual(['run-started', 'problem', 'run-finished']);
  expect(events[1]).toMatchObject({ run: 'r1', code });
  expect(events[1]).not.toHaveProperty('scenario');
  expect(events[2]).toMatchObject({ exitCode });
});

test.each([
  ['thrown as its reason', (signal: AbortSignal) => signal.reason as Error],
  ['thrown as an AbortError', () => new DOMException('aborted', 'AbortError')],
  ['noticed by nobody', () => undefined],
])('an interruption that is %s ends with its exit code, and is no problem', async (_, thrown) => {
  const controller = new AbortController();
  controller.abort(new Failure('Interrupted.', { code: 'interrupted', exitCode: 130 }));
  const { ended, events } = await ran(async () => {
    const error = thrown(controller.signal);
    if (error) throw error;
    return 0;
  }, controller.signal);
  expect(ended).toHaveProperty('error');
  expect(events.map(({ type }) => type)).toEqual(['run-started', 'run-finished']);
  expect(events[1]).toMatchObject({ exitCode: 130 });
});

test('output that could not be written is no interruption', async () => {
  const controller = new AbortController();
  const full = new Failure('The output could not be written.', { code: 'output', exitCode: 4 });
  controller.abort(full);
  const { events } = await ran(() => Promise.reject(full), controller.signal);
  expect(events.at(-1)).toMatchObject({ type: 'run-finished', exitCode: 4 });
});

test('a run that has done nothing, or of which something failed, is never said to be well', async () => {
  const nothing = await ran(() => Promise.resolve(0));
  expect(nothing.ended).toEqual({ exitCode: 4 });
  const failed = await ran((emit) => {
    ofScenario(emit, { run: 'r1', scenario: 'a' })(finished('failed'));
    return Promise.resolve(0);
  });
  expect(failed.ended).toEqual({ exitCode: 3 });
  expect(failed.events.at(-1)).toMatchObject({ type: 'run-finished', exitCode: 3 });
});

/** A run as one model, from its events. */
import { expect, test } from 'vitest';
import { collector, titleAt } from '../../../src/events/collect.ts';
import type { CollectedRun } from '../../../src/events/collect.ts';
import type { Address, Event, ScenarioFinished, ScenarioHappening } from '../../../src/events/events.ts';
import { addressed, failedCheck, opening, pullStep, wholeRun, type Happening } from '../report/events.ts';

function collected(events: readonly Event[]): CollectedRun {
  const { add, run } = collector();
  events.forEach(add);
  return run;
}

const inLesson = (happenings: readonly Happening[]): CollectedRun => collected(happenings.map(addressed));

test('a whole run is there with its steps, commands, checks, output and totals', () => {
  const run = inLesson(wholeRun);
  expect(run).toMatchObject({
    run: 'tf0001-0123456789',
    tool: 'docker-tutor 0.1.0',
    engine: { version: '28.5.2' },
    problems: [],
    totals: { scenarios: { passed: 1 }, steps: { passed: 3 }, checks: { passed: 2, failed: 0 } },
    finished: { exitCode: 0 },
  });
  const [lesson] = run.scenarios;
  expect(lesson).toMatchObject({ title: 'Hello, Docker', finished: { status: 'passed' } });
  expect(lesson?.cleaned?.removed).toHaveLength(1);
  expect(lesson?.steps.map(({ step }) => step)).toEqual(['pull', 'run', 'quiz-1']);
  expect(lesson?.steps[0]).toMatchObject({
    commands: [{ command: 'docker pull hello-world', exitCode: 0, ms: 820, changes: [{ change: 'added' }] }],
    checks: [{ kind: 'image', property: 'exists', status: 'passed' }],
    stdout: 'Using default tag: latest\nlatest: Pulling from library/hello-world\n',
    finished: { status: 'passed' },
  });
  expect(lesson?.steps[2]?.quiz).toMatchObject({ answer: [1] });
});

test('a run that is cut off is there as far as it came', () => {
  const run = inLesson([...opening, ...pullStep.slice(0, 3)]);
  expect(run.finished).toBeUndefined();
  expect(run.scenarios[0]?.finished).toBeUndefined();
  expect(run.scenarios[0]?.steps[0]?.commands).toEqual([
    { command: 'docker pull hello-world', changes: [], doings: [] },
  ]);
});

const at = (scenario: string, host?: string) => ({ run: 'r', scenario, ...(host !== undefined && { host }) });
const of = (address: Address & { scenario: string }, happening: ScenarioHappening): Event => ({
  ...address,
  ...happening,
});
const ended = (status: ScenarioFinished['status']): ScenarioFinished => ({
  type: 'scenario-finished',
  status,
  finish: '',
  steps: { passed: 1, failed: 2, skipped: 3 },
  checks: { passed: 4, failed: 5, kept: 6 },
  ms: 1,
});

test('events of several scenarios and machines are told apart by their address', () => {
  const places = [at('one', 'a'), at('one', 'b'), at('two', 'a')];
  const run = collected([
    ...places.map((place) => of(place, { ...failedCheck, claim: JSON.stringify(place) })),
    ...places.map((place) => of(place, ended('failed'))),
  ]);
  expect(run.scenarios.map(({ scenario, host, steps }) => [scenario, host, steps[0]?.checks[0]?.claim])).toEqual(
    places.map((place) => [place.scenario, place.host, JSON.stringify(place)]),
  );
  expect(run.totals).toEqual({
    scenarios: { passed: 0, failed: 3, interrupted: 0, blocked: 0 },
    steps: { passed: 3, failed: 6, skipped: 9 },
    checks: { passed: 12, failed: 15, kept: 18 },
  });
});

test('of scenarios that run at the same time, and are tried again, each attempt has what is its own', () => {
  const started = (scenario: string, attempt: number): Event =>
    of(at(scenario), {
      ...{ type: 'scenario-started', label: scenario, title: scenario.toUpperCase(), summary: '', intro: '' },
      ...{ steps: 1, minutes: 1, attempt, replaced: [], standIns: [] },
    });
  const says = (scenario: string, text: string): Event =>
    of(at(scenario), { type: 'output', step: 's', stream: 'stdout', text });
  const run = collected([
    started('one', 1),
    started('two', 1),
    says('one', 'a'),
    says('two', 'b'),
    of(at('one'), { ...ended('failed'), attempt: 1 }),
    says('two', 'c'),
    started('one', 2),
    says('one', 'd'),
    of(at('two'), { ...ended('passed'), attempt: 1 }),
    of(at('one'), { ...ended('passed'), attempt: 2 }),
  ]);
  expect(
    run.scenarios.map(({ title, attempt, steps, finished }) => [title, attempt, steps[0]?.stdout, finished?.status]),
  ).toEqual([
    ['ONE', 1, 'a', 'failed'],
    ['TWO', 1, 'bc', 'passed'],
    ['ONE', 2, 'd', 'passed'],
  ]);
});

test('what was seen of the machine, and what was asked for, is there too', () => {
  const probe = { type: 'probe', probe: 'disk', title: 'Disk', state: 'warn', hints: [], evidence: [], ms: 1 } as const;
  expect(inLesson([...opening, probe])).toMatchObject({
    asked: ['hello-world'],
    probes: [{ probe: 'disk', state: 'warn' }],
  });
});

test('a scenario that comes again is another', () => {
  const run = collected([of(at('one'), ended('passed')), of(at('one'), failedCheck), of(at('one'), ended('failed'))]);
  expect(run.scenarios.map(({ finished, steps }) => [finished?.status, steps.length])).toEqual([
    ['passed', 0],
    ['failed', 1],
  ]);
});

test('a problem is with its step, its scenario, or the run', () => {
  const problem = { type: 'problem', code: 'bug', message: 'm', hints: [], evidence: [] } as const;
  const run = collected([
    { run: 'r', ...problem },
    of(at('one'), { ...problem, code: 'E-NAME-TAKEN' }),
    of(at('one'), { ...problem, code: 'E-OOM', step: 's' }),
  ]);
  expect(run.problems.map(({ code }) => code)).toEqual(['bug']);
  expect(run.scenarios[0]?.problems.map(({ code }) => code)).toEqual(['E-NAME-TAKEN']);
  expect(run.scenarios[0]?.steps[0]?.problems.map(({ code }) => code)).toEqual(['E-OOM']);
});

test('of what a step prints a million characters are kept', () => {
  const piece = (text: string): Event => of(at('one'), { type: 'output', step: 's', stream: 'stderr', text });
  const run = collected([piece('a'.repeat(700_000)), piece('b'.repeat(700_000)), piece('c')]);
  expect(run.scenarios[0]?.steps[0]?.stderr).toBe('a'.repeat(700_000) + 'b'.repeat(300_000));
});

test.each([
  ['its title', 'hello-world', opening, 'Hello, Docker'],
  ['its id, where the engine answered nothing', 'hello-world', opening.slice(0, 2), 'hello-world'],
  ['its id, not the title of the one before', 'compose', opening, 'compose'],
])('a lesson is called %s at its end', (_, scenario, before, title) => {
  const run = collected([...before.map(addressed), of(at(scenario), ended('blocked'))]);
  expect(titleAt(run, at(scenario))).toBe(title);
});

/** Runs that end in each way there is, as events: two lessons, asked for together. */
import { collector, type CollectedRun } from '../../../src/events/collect.ts';
import type { Event, Problem, RunHappening, ScenarioFinished, ScenarioHappening } from '../../../src/events/events.ts';
import { verdictOf, type Verdict } from '../../../src/events/verdict/verdict.ts';
import type { Report } from '../../../src/report/format.ts';
import { noTotals } from '../../../src/events/totals.ts';
import { failedCheck, opening, passedCheck } from './events.ts';

const run = 'tf0001-0123456789';

export const ofRun = (happening: RunHappening): Event => ({ run, ...happening });
export const of = (scenario: string, happening: ScenarioHappening): Event => ({ run, scenario, ...happening });

export const started: Event = {
  run,
  type: 'run-started',
  formatVersion: 2,
  tool: 'docker-tutor 0.1.0',
  at: '2026-11-21T08:00:00.000Z',
};

export function found(scenarios: readonly string[]): Event {
  const engine = opening.find((event) => event.type === 'engine-found');
  if (engine?.type !== 'engine-found') throw new Error('there is one');
  return ofRun({ ...engine, scenarios });
}

export function ended(exitCode: number): Event {
  return ofRun({ type: 'run-finished', exitCode, totals: noTotals, ms: 3_210 });
}

export function begins(scenario: string, attempt?: number): Event {
  return of(scenario, {
    type: 'scenario-started',
    label: run,
    title: `The ${scenario}`,
    summary: '',
    intro: '',
    steps: 2,
    minutes: 5,
    ...(attempt !== undefined && { attempt }),
    replaced: [],
    standIns: [],
  });
}

export function ends(
  scenario: string,
  status: ScenarioFinished['status'],
  more: Partial<Pick<ScenarioFinished, 'attempt' | 'timedOut'>> = {},
): Event {
  const steps =
    status === 'passed' ? { passed: 2, failed: 0, skipped: 0 } : { passed: 0, failed: Number(status === 'failed') };
  const checks = { passed: 2, failed: 0, kept: 0 };
  const all = { skipped: status === 'passed' ? 0 : 1, ...steps };
  return of(scenario, { type: 'scenario-finished', status, finish: '', steps: all, checks, ...more, ms: 1_500 });
}

export function step(
  scenario: string,
  id: string,
  status: 'passed' | 'failed' | 'skipped' | undefined,
  inside: readonly ScenarioHappening[],
): readonly Event[] {
  const title = `Step ${id}`;
  return [
    of(scenario, {
      ...{ type: 'step-started', step: id, index: 1, of: 2, title, text: '', action: 'do', checks: 1 },
    }),
    ...inside.map((happening) => of(scenario, { ...happening, step: id } as ScenarioHappening)),
    ...(status === undefined ? [] : [of(scenario, { type: 'step-finished', step: id, status, after: '', ms: 700 })]),
  ];
}

const output: ScenarioHappening = { type: 'output', step: '', stream: 'stderr', text: 'bind: address in use\n' };

export const passes = (scenario: string, attempt?: number): readonly Event[] => [
  begins(scenario, attempt),
  ...step(scenario, 'one', 'passed', [passedCheck]),
  ...step(scenario, 'two', 'passed', []),
  ends(scenario, 'passed', attempt === undefined ? {} : { attempt }),
];

export const fails = (scenario: string, attempt?: number): readonly Event[] => [
  begins(scenario, attempt),
  ...step(scenario, 'one', 'failed', [output, failedCheck]),
  ends(scenario, 'failed', attempt === undefined ? {} : { attempt }),
];

export const diskFull: Problem = {
  type: 'problem',
  code: 'E-DISK-FULL',
  message: 'The disk of the engine is full',
  explanation: 'Nothing more can be written there.',
  hints: ['docker system prune'],
  evidence: ['write /var/lib/docker: no space left on device'],
  exitCode: 4,
};

export const isBlocked = (scenario: string): readonly Event[] => [
  begins(scenario),
  ...step(scenario, 'one', 'failed', [diskFull, failedCheck]),
  ends(scenario, 'failed'),
];

const both = ['first', 'second'];

/** What each comes to: the exit code, and the state of each lesson. */
export const endings = {
  pass: {
    events: [started, found(both), ...passes('first'), ...passes('second'), ended(0)],
    exitCode: 0,
    states: { first: 'pass', second: 'pass' },
  },
  fail: {
    events: [started, found(both), ...passes('first'), ...fails('second'), ended(3)],
    exitCode: 3,
    states: { first: 'pass', second: 'fail' },
  },
  blocked: {
    events: [started, found(both), ...isBlocked('first'), ...fails('second'), ended(4)],
    exitCode: 4,
    states: { first: 'blocked', second: 'fail' },
  },
  flaky: {
    events: [started, found(both), ...fails('first', 1), ...passes('second', 1), ...passes('first', 2), ended(0)],
    exitCode: 0,
    states: { first: 'flaky', second: 'pass' },
  },
  'nothing run': {
    events: [started, found(both), ended(0)],
    exitCode: 4,
    states: { first: 'skipped', second: 'skipped' },
  },
  interrupted: {
    events: [
      started,
      found(both),
      begins('first'),
      ...step('first', 'one', undefined, []),
      ends('first', 'interrupted'),
      ended(130),
    ],
    exitCode: 130,
    states: { first: 'interrupted', second: 'skipped' },
  },
  'timed out': {
    events: [
      ...[started, found(both), begins('first'), ...step('first', 'one', undefined, [])],
      ...[ends('first', 'interrupted', { timedOut: { limitMs: 60_000, step: 'one' } }), ...passes('second'), ended(0)],
    ],
    exitCode: 4,
    states: { first: 'timed-out', second: 'pass' },
  },
  'no engine': {
    events: [started, ofRun({ ...diskFull, code: 'E-SOCKET-MISSING', message: 'No Docker Engine answers' }), ended(4)],
    exitCode: 4,
    states: {},
  },
  left: {
    events: [started, found(both), begins('first'), ends('first', 'interrupted'), ended(0)],
    exitCode: 0,
    states: { first: 'interrupted', second: 'skipped' },
  },
  'cut off': {
    events: [started, found(both), begins('first'), ...step('first', 'one', undefined, [passedCheck])],
    exitCode: 130,
    states: { first: 'interrupted', second: 'skipped' },
  },
} as const satisfies Readonly<Record<string, Ending>>;

export interface Ending {
  readonly events: readonly Event[];
  readonly exitCode: number;
  readonly states: Readonly<Record<string, Verdict['scenarios'][number]['state']>>;
}

export const endingNames = Object.keys(endings) as readonly (keyof typeof endings)[];

export function collected(events: readonly Event[]): CollectedRun {
  const { add, run } = collector();
  events.forEach(add);
  return run;
}

export function verdictAfter(events: readonly Event[]): Verdict {
  return verdictOf(collected(events));
}

/** All of it, to its end. */
export async function told(report: Report, events: readonly Event[]): Promise<void> {
  const { add, run } = collector();
  for (const event of events) {
    add(event);
    await report.event(event, run);
  }
  await report.end();
}

/** Common Test Report Format: a test a check. What the environment did counts as failed, and says so as its `rawStatus`. */
import type { CaseVerdict } from '../../events/verdict/case.ts';
import type { ScenarioState } from '../../events/verdict/scenario.ts';
import type { Outcome, Verdict } from '../../events/verdict/verdict.ts';
import { jsonText } from '../../terminal/json-text.ts';
import type { Report, ReportSetting } from '../format.ts';
import { drawnAtEnd, type Drawn } from './at-end.ts';
import { line } from './shown.ts';
import { caseName, detailText, earlierText, placeName, whySentence } from './told-case.ts';

/** What is written; schemas/ctrf.schema.json is made of it. */
export interface CtrfReport {
  readonly reportFormat: 'CTRF';
  readonly specVersion: '0.0.0';
  readonly generatedBy: 'docker-tutor';
  /** ISO 8601, when the run began. */
  readonly timestamp: string;
  readonly results: {
    readonly tool: { readonly name: 'docker-tutor'; readonly version: string };
    readonly summary: CtrfSummary;
    readonly tests: readonly CtrfTest[];
    readonly environment: { readonly extra: Readonly<Record<string, string>> };
    readonly extra: {
      readonly exitCode: number;
      readonly outcome: Outcome;
      readonly scenarios: readonly CtrfScenario[];
    };
  };
}

interface CtrfSummary {
  readonly tests: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly pending: number;
  readonly other: number;
  /** Checks of lessons that passed when they were tried again. */
  readonly flaky: number;
  readonly suites: number;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly stop: number;
}

export interface CtrfTest {
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** `blocked`: something stood in the way. */
  readonly rawStatus: CaseVerdict['state'];
  /** Milliseconds. */
  readonly duration: number;
  /** The lesson, and the step. */
  readonly suite: readonly string[];
  readonly message?: string;
  readonly trace?: string;
  /** The code of its cause. */
  readonly tags?: readonly string[];
  readonly flaky?: boolean;
  readonly retries?: number;
}

interface CtrfScenario {
  readonly scenario: string;
  readonly host?: string;
  readonly title: string;
  readonly state: ScenarioState;
  readonly why: string;
  readonly attempts: number;
  /** Milliseconds. */
  readonly duration: number;
}

export function ctrfReport(setting: ReportSetting): Report {
  return drawnAtEnd(setting, (drawn) => `${jsonText(ctrf(drawn))}\n`);
}

export function ctrf({ verdict, machine }: Drawn): CtrfReport {
  const tests = testsOf(verdict);
  const of = (status: CtrfTest['status']): number => tests.filter((test) => test.status === status).length;
  const start = Date.parse(verdict.at) || 0;
  const { engine } = verdict;
  return {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    generatedBy: 'docker-tutor',
    timestamp: new Date(start).toISOString(),
    results: {
      tool: { name: 'docker-tutor', version: verdict.tool.replace(/^docker-tutor /, '') },
      summary: {
        tests: tests.length,
        passed: of('passed'),
        failed: of('failed'),
        skipped: of('skipped'),
        pending: 0,
        other: 0,
        flaky: tests.filter(({ flaky }) => flaky).length,
        suites: new Set(tests.map(({ suite: [first] }) => first)).size,
        start,
        stop: start + verdict.ms,
      },
      tests,
      environment: {
        extra: {
          ...(machine !== undefined && { machine: line(machine) }),
          ...(engine && { engine: engine.version, engineAddress: engine.address, flavour: engine.flavour }),
        },
      },
      extra: { exitCode: verdict.exitCode, outcome: verdict.outcome, scenarios: scenariosOf(verdict) },
    },
  };
}

function scenariosOf({ scenarios }: Verdict): readonly CtrfScenario[] {
  return scenarios.map(({ scenario, host, title, state, why, attempts, ms }) => ({
    scenario,
    ...(host !== undefined && { host }),
    title,
    state,
    why,
    attempts,
    duration: ms,
  }));
}

function testsOf({ machine, scenarios, whole }: Verdict): readonly CtrfTest[] {
  return [
    ...machine.map((one) => testOf(one, 'machine')),
    ...scenarios.flatMap((scenario) => {
      const isFlaky = scenario.state === 'flaky';
      const again = isFlaky && { flaky: true, retries: scenario.attempts - 1, trace: earlierText(scenario) };
      return scenario.cases.map((one) => ({ ...testOf(one, placeName(scenario)), ...again }));
    }),
    ...whole.map((one) => testOf(one, 'run')),
  ];
}

const statuses = { pass: 'passed', fail: 'failed', blocked: 'failed', skipped: 'skipped' } as const;

function testOf(one: CaseVerdict, of: string): CtrfTest {
  const message = whySentence(one);
  const trace = detailText(one);
  return {
    name: caseName(one),
    status: statuses[one.state],
    rawStatus: one.state,
    duration: one.ms,
    suite: one.stepTitle === undefined ? [of] : [of, line(one.stepTitle)],
    ...(message !== '' && { message }),
    ...(trace !== '' && { trace }),
    ...(one.cause && { tags: [one.cause.code] }),
  };
}

/** What has come of each scenario: its attempts together, and the cases of the last. Pure. */
import type { CollectedRun, CollectedScenario, CollectedStep } from '../collect.ts';
import type { StepFinished } from '../events.ts';
import { isBad, problemCase, skippedCase, standsInTheWay, type CaseVerdict } from './case.ts';
import { stepCases } from './step-cases.ts';

/** `flaky`: failed, and passed when it was tried again: it counts as a pass. `skipped`: none of it was done. */
export type ScenarioState = 'pass' | 'flaky' | 'fail' | 'timed-out' | 'blocked' | 'interrupted' | 'skipped';

export interface ScenarioVerdict {
  readonly scenario: string;
  readonly host?: string;
  readonly title: string;
  readonly state: ScenarioState;
  /** One sentence, where it did not simply pass. */
  readonly why: string;
  /** How often it was tried; 0 where it was not. */
  readonly attempts: number;
  /** Of all attempts. */
  readonly ms: number;
  /** Of the last attempt. */
  readonly steps: readonly StepVerdict[];
  /** Of the last attempt. */
  readonly cases: readonly CaseVerdict[];
  /** What went wrong in attempts before the last. */
  readonly earlier: readonly CaseVerdict[];
}

export interface StepVerdict {
  readonly step: string;
  readonly title: string;
  /** Absent: it was cut off. */
  readonly status?: StepFinished['status'];
  readonly ms: number;
}

/** @param exitCode of the run: 0 where whoever ended a scenario before its time was the learner */
export function scenarioVerdicts(run: CollectedRun, exitCode: number): readonly ScenarioVerdict[] {
  const tried = attemptsIn(run).map((attempts) => verdictOf(attempts, exitCode));
  return [...tried, ...notStarted(run, tried, exitCode)];
}

/** Attempts of one scenario stand together, where the first of them was. */
function attemptsIn({ scenarios }: CollectedRun): readonly (readonly CollectedScenario[])[] {
  const groups: CollectedScenario[][] = [];
  for (const one of scenarios) {
    const isAgain = (one.attempt ?? 1) > 1;
    const before = groups.findLast(([first]) => first?.scenario === one.scenario && first.host === one.host);
    if (isAgain && before) before.push(one);
    else groups.push([one]);
  }
  return groups;
}

function verdictOf(attempts: readonly CollectedScenario[], exitCode: number): ScenarioVerdict {
  const last = attempts.at(-1) as CollectedScenario;
  const before = attempts.slice(0, -1);
  const { scenario, host, title } = last;
  const cases = casesOf(last, stateOf(last), exitCode);
  const own = withCases(stateOf(last), cases);
  const state = own === 'pass' && before.some((one) => stateOf(one) !== 'pass') ? 'flaky' : own;
  return {
    scenario,
    ...(host !== undefined && { host }),
    title,
    state,
    why:
      state === 'flaky'
        ? `It passed at attempt ${String(attempts.length)}.`
        : ((cases.find(isBad) ?? cases.find(({ state }) => state === 'skipped' && own !== 'pass'))?.why ?? ''),
    attempts: attempts.length,
    ms: attempts.reduce((sum, { finished }) => sum + (finished?.ms ?? 0), 0),
    steps: last.steps.map(({ step, started, finished }) => ({
      step,
      title: started?.title ?? step,
      ...(finished && { status: finished.status }),
      ms: finished?.ms ?? 0,
    })),
    cases,
    earlier: before.flatMap((one) => casesOf(one, stateOf(one), exitCode).filter(isBad)),
  };
}

export function stateOf({ finished, steps, problems }: CollectedScenario): Exclude<ScenarioState, 'flaky'> {
  if (!finished) return 'interrupted';
  if (finished.timedOut) return 'timed-out';
  switch (finished.status) {
    case 'passed':
      return finished.steps.passed > 0 ? 'pass' : 'skipped';
    case 'failed': {
      const causes = [...problems, ...steps.filter(isUndone).flatMap((step) => step.problems)];
      return causes.some(standsInTheWay) ? 'blocked' : 'fail';
    }
    case 'interrupted':
    case 'blocked':
      return finished.status;
  }
}

/** What has passed has nothing in it that has not. */
function withCases<State extends ScenarioState>(state: State, cases: readonly CaseVerdict[]) {
  if (state !== 'pass' && state !== 'skipped') return state;
  if (cases.some((one) => one.state === 'blocked')) return 'blocked';
  return cases.some(isBad) ? 'fail' : state;
}

function isUndone({ finished }: CollectedStep): boolean {
  return finished?.status !== 'passed' && finished?.status !== 'skipped';
}

function casesOf(one: CollectedScenario, state: ScenarioState, exitCode: number): readonly CaseVerdict[] {
  const { steps, problems, title, finished } = one;
  const cases = [...steps.flatMap(stepCases), ...problems.map((problem) => problemCase(problem, title))];
  const ended = endCase(one, state, exitCode);
  if (ended) cases.push(ended);
  const skipped = steps.filter((step) => step.finished?.status === 'skipped').length;
  const unreached = (finished?.steps.skipped ?? 0) - skipped;
  if (unreached > 0)
    cases.push(skippedCase(unreached === 1 ? 'one more step' : `${String(unreached)} more steps`, 'Not reached.'));
  const mustBeBad = state === 'fail' || state === 'blocked';
  return mustBeBad && !cases.some(isBad) ? [...cases, failing(title, state)] : cases;
}

/** Where the scenario ended before its time, and no check says so. */
function endCase({ title, finished, steps }: CollectedScenario, state: ScenarioState, exitCode: number) {
  if (state === 'timed-out' && finished?.timedOut) {
    const { limitMs, step } = finished.timedOut;
    const at = step === undefined ? '' : ` at step "${steps.find((one) => one.step === step)?.started?.title ?? step}"`;
    const why = `It was not done within ${seconds(limitMs)}${at}.`;
    return {
      ...failing(title, 'blocked'),
      why,
      cause: { code: 'timed-out', message: 'A lesson took longer than it may.', hints: [] },
    } as const;
  }
  if (state !== 'interrupted') return undefined;
  if (exitCode === 0) return skippedCase(title, 'It was left before its end.');
  const why = 'It was interrupted.';
  return { ...failing(title, 'blocked'), why, cause: { code: 'interrupted', message: why, hints: [] } } as const;
}

function failing(name: string, state: 'fail' | 'blocked'): CaseVerdict {
  const why = state === 'fail' ? 'It failed.' : 'It could not run.';
  return { name, state, why, cause: { code: 'step-failed', message: why, hints: [] }, details: [], ms: 0 };
}

/** `90 s`, `0.5 s` */
function seconds(ms: number): string {
  return `${String(ms / 1000)} s`;
}

/** Asked for, and the run ended before. */
function notStarted({ asked, scenarios }: CollectedRun, tried: readonly ScenarioVerdict[], exitCode: number) {
  const left = [...asked];
  for (const { scenario } of tried) if (left.includes(scenario)) left.splice(left.indexOf(scenario), 1);
  const hosts = new Set(scenarios.map(({ host }) => host));
  // of several machines each has its own; which has not come is for whoever asked them
  if (hosts.size > 1) return [];
  const why = exitCode === 130 ? 'Not started: the run was interrupted.' : 'Not started.';
  return left.map((scenario): ScenarioVerdict => {
    const cases = [skippedCase(scenario, why)];
    return { scenario, title: scenario, state: 'skipped', why, attempts: 0, ms: 0, steps: [], cases, earlier: [] };
  });
}

/**
 * What a run has come to: one verdict, made once, that every report draws and the exit code agrees with. Pure.
 * Text in it is as it came.
 */
import type { CollectedRun } from '../collect.ts';
import type { EngineFound } from '../events.ts';
import { all } from '../totals.ts';
import { isBad, type CaseVerdict } from './case.ts';
import { causesIn, type CauseVerdict } from './causes.ts';
import { probeCases } from './probes.ts';
import { runCases } from './run-cases.ts';
import { scenarioVerdicts, type ScenarioState, type ScenarioVerdict } from './scenario.ts';

/**
 * `blocked`: something stood in the way, or nothing was run. `interrupted`: ended before its time; with exit code 0 by
 * a learner who left or skipped the lesson, else from outside.
 */
export type Outcome = 'pass' | 'fail' | 'blocked' | 'interrupted';

export interface Verdict {
  readonly outcome: Outcome;
  /** 0 exactly where no case is `fail` or `blocked`. */
  readonly exitCode: number;
  readonly run: string;
  readonly tool: string;
  /** ISO 8601, when it began. */
  readonly at: string;
  readonly ms: number;
  readonly engine?: EngineFound['engine'];
  readonly scenarios: readonly ScenarioVerdict[];
  /** The machine itself, a case a probe. */
  readonly machine: readonly CaseVerdict[];
  /** What is of no scenario, and ended the run. */
  readonly whole: readonly CaseVerdict[];
  /** Worst first: what broke most scenarios. */
  readonly causes: readonly CauseVerdict[];
  readonly counts: {
    readonly scenarios: Readonly<Record<ScenarioState, number>>;
    readonly cases: Readonly<Record<CaseVerdict['state'], number>>;
  };
}

/** @param run that has ended; where it has not, it was cut off */
export function verdictOf(run: CollectedRun): Verdict {
  const claimed = run.finished?.exitCode ?? 130;
  const exitCode = exitCodeOf(run, claimed);
  const scenarios = scenarioVerdicts(run, exitCode);
  const machine = probeCases(run.probes);
  const inside = [...machine, ...scenarios.flatMap(({ cases }) => cases)];
  const whole = runCases(run.problems, { exitCode, bad: inside.some(isBad), ran: hasRun(run) });
  const cases = [...inside, ...whole];
  return {
    outcome: outcomeOf(exitCode, scenarios),
    exitCode,
    run: run.run,
    tool: run.tool,
    at: run.at,
    ms: run.finished?.ms ?? 0,
    ...(run.engine && { engine: run.engine }),
    scenarios,
    machine,
    whole,
    causes: causesIn({ scenarios, machine, whole }),
    counts: {
      scenarios: { ...noScenarios, ...counted(scenarios.map(({ state }) => state)) },
      cases: { pass: 0, fail: 0, blocked: 0, skipped: 0, ...counted(cases.map(({ state }) => state)) },
    },
  };
}

/**
 * @param claimed what the run came to by itself
 * @returns the same, but never 0 where something failed or nothing was run
 */
export function exitCodeOf(run: CollectedRun, claimed: number): number {
  if (claimed !== 0) return claimed;
  if (run.problems.length > 0) return worst(run.problems.map(({ exitCode = 4 }) => exitCode));
  const cases = [...probeCases(run.probes), ...scenarioVerdicts(run, 0).flatMap((one) => one.cases)];
  const states = new Set(cases.map(({ state }) => state));
  if (states.has('blocked')) return 4;
  if (states.has('fail')) return 3;
  return hasRun(run) ? 0 : 4;
}

/** Something was done or looked at. Whoever is there may skip all of a lesson. */
function hasRun({ scenarios, asked, probes }: CollectedRun): boolean {
  const taken = scenarios.some(({ finished }) => finished !== undefined && all(finished.steps) > 0);
  const looked = asked.length === 0 && probes.some(({ state }) => state === 'pass' || state === 'warn');
  return taken || looked;
}

function outcomeOf(exitCode: number, scenarios: readonly ScenarioVerdict[]): Outcome {
  if (exitCode === 130) return 'interrupted';
  if (exitCode === 3) return 'fail';
  if (exitCode !== 0) return 'blocked';
  const left = scenarios.some(({ state }) => state === 'interrupted' || state === 'skipped');
  return left ? 'interrupted' : 'pass';
}

function worst(exitCodes: readonly number[]): number {
  return exitCodes.find((code) => code !== 3) ?? 3;
}

const noScenarios: Verdict['counts']['scenarios'] = {
  pass: 0,
  flaky: 0,
  fail: 0,
  'timed-out': 0,
  blocked: 0,
  interrupted: 0,
  skipped: 0,
};

function counted<State extends string>(states: readonly State[]): Partial<Record<State, number>> {
  const counts: Partial<Record<State, number>> = {};
  for (const state of states) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

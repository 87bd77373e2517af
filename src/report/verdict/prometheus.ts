/** For node_exporter's textfile collector: gauges of the last run, in Prometheus' text format. */
import type { ScenarioState, ScenarioVerdict } from '../../events/verdict/scenario.ts';
import type { Verdict } from '../../events/verdict/verdict.ts';
import type { Report, ReportSetting } from '../format.ts';
import { drawnAtEnd, type Drawn } from './at-end.ts';
import { line } from './shown.ts';

export function prometheusReport(setting: ReportSetting): Report {
  return drawnAtEnd(setting, prometheus);
}

interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

export function prometheus({ verdict }: Drawn): string {
  const { exitCode, outcome, at, ms, counts, causes, machine } = verdict;
  const scenarios = once(verdict.scenarios);
  const of = (value: (one: ScenarioVerdict) => number): readonly Sample[] =>
    scenarios.map((one) => ({ labels: placeOf(one), value: value(one) }));
  return [
    metric('run_passed', 'Whether the last run passed.', [{ value: Number(outcome === 'pass') }]),
    metric('run_exit_code', 'Exit code of the last run.', [{ value: exitCode }]),
    metric('run_timestamp_seconds', 'When the last run began.', [{ value: (Date.parse(at) || 0) / 1000 }]),
    metric('run_duration_seconds', 'How long the last run took.', [{ value: ms / 1000 }]),
    metric('scenario_state', 'How a lesson ended: 1 at its state, 0 at the others.', scenarios.flatMap(statesOf)),
    metric(
      'scenario_duration_seconds',
      'How long a lesson took, all attempts.',
      of((one) => one.ms / 1000),
    ),
    metric(
      'scenario_attempts',
      'How often a lesson was tried.',
      of(({ attempts }) => attempts),
    ),
    metric(
      'checks',
      'How many checks ended how.',
      Object.entries(counts.cases).map(([state, value]) => ({ labels: { state }, value })),
    ),
    metric(
      'cause_scenarios',
      'How many lessons a cause has broken; 0 where it is of none.',
      causes.map(({ code, broke }) => ({ labels: { code }, value: broke.length })),
    ),
    metric(
      'probe_passed',
      'Whether the machine is as it should be, in one respect.',
      [...new Map(machine.map((one) => [one.step ?? one.name, one]))].map(([probe, { state }]) => ({
        labels: { probe: line(probe) },
        value: Number(state === 'pass'),
      })),
    ),
  ].join('');
}

const states: readonly ScenarioState[] = ['pass', 'flaky', 'fail', 'timed-out', 'blocked', 'interrupted', 'skipped'];

function statesOf(one: ScenarioVerdict): readonly Sample[] {
  return states.map((state) => ({ labels: { ...placeOf(one), state }, value: Number(state === one.state) }));
}

function placeOf({ scenario, host }: ScenarioVerdict): Readonly<Record<string, string>> {
  return { scenario: line(scenario), ...(host !== undefined && { host: line(host) }) };
}

/** A file with a sample twice is refused whole: of a lesson that was run twice the one is told that did not pass, or the last. */
function once(scenarios: Verdict['scenarios']): readonly ScenarioVerdict[] {
  const found = new Map<string, ScenarioVerdict>();
  for (const one of scenarios) {
    const key = JSON.stringify(placeOf(one));
    const before = found.get(key)?.state ?? 'pass';
    if (before === 'pass' || before === 'flaky') found.set(key, one);
  }
  return [...found.values()];
}

function metric(name: string, help: string, samples: readonly Sample[]): string {
  if (samples.length === 0) return '';
  const full = `docker_tutor_${name}`;
  const lines = samples.map(({ labels = {}, value }) => {
    const written = Object.entries(labels).map(([key, text]) => `${key}="${quoted(text)}"`);
    return `${full}${written.length === 0 ? '' : `{${written.join(',')}}`} ${String(value)}\n`;
  });
  return `# HELP ${full} ${help}\n# TYPE ${full} gauge\n${lines.join('')}`;
}

function quoted(text: string): string {
  return text.replace(/["\\\n]/g, (sign) => (sign === '\n' ? '\\n' : `\\${sign}`));
}

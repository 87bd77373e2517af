/** TAP, version 14: a point a lesson, and its checks as a subtest before it. */
import { isBad, type CaseVerdict } from '../../events/verdict/case.ts';
import type { ScenarioVerdict } from '../../events/verdict/scenario.ts';
import { jsonText } from '../../terminal/json-text.ts';
import type { Report, ReportSetting } from '../format.ts';
import { drawnAtEnd, type Drawn } from './at-end.ts';
import { line } from './shown.ts';
import { caseName, detailText, earlierText, placeName, stateWords, verdictSentence, whySentence } from './told-case.ts';

export function tapReport(setting: ReportSetting): Report {
  return drawnAtEnd(setting, tap);
}

interface Point {
  readonly ok: boolean;
  readonly name: string;
  readonly skip?: string;
  /** What a reader of this format may look into. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly inside?: readonly Point[];
}

export function tap({ verdict }: Drawn): string {
  const { machine, scenarios, whole, exitCode, outcome } = verdict;
  const points = [
    ...(machine.length > 0 ? [machinePoint(machine)] : []),
    ...scenarios.map(scenarioPoint),
    ...whole.map(casePoint),
  ];
  return [
    'TAP version 14',
    ...drawn(points),
    `# ${verdictSentence(verdict)}`,
    `# exit code ${String(exitCode)}, ${outcome}`,
    ...(exitCode === 130 ? ['Bail out! The run was interrupted.'] : []),
    '',
  ].join('\n');
}

function drawn(points: readonly Point[]): readonly string[] {
  return [`1..${String(points.length)}`, ...points.flatMap((point, i) => pointLines(point, i + 1))];
}

function pointLines({ ok, name, skip, data, inside = [] }: Point, number: number): readonly string[] {
  const title = plain(name);
  const subtest = inside.length === 0 ? [] : [`# Subtest: ${title}`, ...drawn(inside).map((text) => `    ${text}`)];
  const directive = skip === undefined ? '' : ` # SKIP ${plain(skip)}`;
  const known = Object.entries(data ?? {}).filter(([, value]) => value !== undefined && value !== '');
  return [
    ...subtest,
    `${ok ? 'ok' : 'not ok'} ${String(number)} - ${title}${directive}`,
    // YAML holds JSON
    ...(known.length === 0 ? [] : ['  ---', ...known.map(([key, value]) => `  ${key}: ${jsonValue(value)}`), '  ...']),
  ];
}

function scenarioPoint(one: ScenarioVerdict): Point {
  const { state, why, cases, attempts, ms } = one;
  const isSkipped = !cases.some(isBad) && (state === 'skipped' || state === 'interrupted');
  const data = { state, why: why === '' ? undefined : line(why), attempts, duration_ms: ms, earlier: earlierText(one) };
  const name = `${placeName(one)}: ${line(one.title)}`;
  if (isSkipped) return { ok: true, name, skip: why === '' ? stateWords[state] : why, data };
  return { ok: !cases.some(isBad), name, data, inside: cases.map(casePoint) };
}

function machinePoint(cases: readonly CaseVerdict[]): Point {
  return { ok: !cases.some(isBad), name: 'machine', inside: cases.map(casePoint) };
}

function casePoint(one: CaseVerdict): Point {
  const { state, cause } = one;
  const name = caseName(one);
  const why = whySentence(one);
  switch (state) {
    case 'pass':
      return { ok: true, name, data: { note: why } };
    case 'skipped':
      return { ok: true, name, skip: why };
    case 'fail':
    case 'blocked':
      return { ok: false, name, data: { state, message: why, code: cause?.code, details: detailText(one) } };
  }
}

/** `#` begins a directive, and a backslash says that it does not. */
function plain(text: string): string {
  return line(text).replace(/[\\#]/g, (sign) => `\\${sign}`);
}

function jsonValue(value: unknown): string {
  return jsonText({ value }).slice('{"value":'.length, -1);
}

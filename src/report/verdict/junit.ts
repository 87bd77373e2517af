/**
 * JUnit's XML, in the form that Jenkins' xUnit plugin has a schema of (junit-10.xsd): a suite a lesson, a case a check. A
 * check that failed is a failure, what the environment did is an error, what that was in the way of is skipped.
 */
import type { CaseVerdict } from '../../events/verdict/case.ts';
import type { Verdict } from '../../events/verdict/verdict.ts';
import type { Report, ReportSetting } from '../format.ts';
import { drawnAtEnd, type Drawn } from './at-end.ts';
import { markup, nothing, type Markup } from './markup.ts';
import { line } from './shown.ts';
import { caseName, detailText, earlierText, placeName, whySentence } from './told-case.ts';

export function junitReport(setting: ReportSetting): Report {
  return drawnAtEnd(setting, junit);
}

interface Suite {
  readonly name: string;
  readonly ms: number;
  readonly host?: string | undefined;
  readonly cases: readonly CaseVerdict[];
  readonly properties: Readonly<Record<string, string | number>>;
  readonly printed?: string;
}

export function junit({ verdict, machine }: Drawn): string {
  const all = suitesOf(verdict);
  const { tests, failures, errors } = counted(all.flatMap(({ cases }) => cases));
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="docker-tutor" tests="${tests}" failures="${failures}" errors="${errors}" time="${seconds(verdict.ms)}">
${all.map((one) => suite(one, verdict, machine))}</testsuites>
`.markup;
}

function suitesOf({ machine, scenarios, whole }: Verdict): readonly Suite[] {
  const sum = machine.reduce((total, { ms }) => total + ms, 0);
  return [
    ...(machine.length > 0 ? [{ name: 'machine', ms: sum, cases: machine, properties: {} }] : []),
    ...scenarios.map((one) => ({
      name: placeName(one),
      ms: one.ms,
      host: one.host,
      cases: one.cases,
      properties: { state: one.state, attempts: one.attempts },
      printed: earlierText(one),
    })),
    ...(whole.length > 0 ? [{ name: 'run', ms: 0, cases: whole, properties: {} }] : []),
  ];
}

function suite({ name, ms, host, cases, properties, printed = '' }: Suite, verdict: Verdict, machine?: string): Markup {
  const { tests, failures, errors, skipped } = counted(cases);
  const at = host ?? machine;
  const all = { 'exit-code': verdict.exitCode, outcome: verdict.outcome, ...properties };
  // dateTime of the schema, without fractions and zone: it is UTC
  const when = verdict.at === '' ? nothing : markup` timestamp="${verdict.at.slice(0, 19)}"`;
  return markup`  <testsuite name="${name}" tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}" time="${seconds(ms)}"${when}${at === undefined ? nothing : markup` hostname="${line(at)}"`}>
    <properties>
${Object.entries(all).map(([key, value]) => markup`      <property name="${key}" value="${value}"/>\n`)}    </properties>
${named(cases).map(([title, one]) => testcase(title, one, name))}${printed === '' ? nothing : markup`    <system-out>${printed}</system-out>\n`}  </testsuite>
`;
}

/** Readers tell cases apart by their names. */
function named(cases: readonly CaseVerdict[]): readonly (readonly [string, CaseVerdict])[] {
  const times = new Map<string, number>();
  return cases.map((one) => {
    const name = caseName(one);
    const n = (times.get(name) ?? 0) + 1;
    times.set(name, n);
    return [n === 1 ? name : `${name} (${String(n)})`, one];
  });
}

function testcase(title: string, one: CaseVerdict, of: string): Markup {
  const head = markup`    <testcase classname="${of}" name="${title}" time="${seconds(one.ms)}"`;
  const type = one.cause?.code ?? 'unknown';
  const why = whySentence(one);
  switch (one.state) {
    case 'pass':
      return why === '' ? markup`${head}/>\n` : markup`${head}><system-out>${why}</system-out></testcase>\n`;
    case 'fail':
      return markup`${head}><failure type="${type}" message="${why}">${detailText(one)}</failure></testcase>\n`;
    case 'blocked':
      return markup`${head}><error type="${type}" message="${why}">${detailText(one)}</error></testcase>\n`;
    case 'skipped':
      return markup`${head}><skipped message="${why}"/></testcase>\n`;
  }
}

function counted(cases: readonly CaseVerdict[]) {
  const of = (state: CaseVerdict['state']): number => cases.filter((one) => one.state === state).length;
  return { tests: cases.length, failures: of('fail'), errors: of('blocked'), skipped: of('skipped') };
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

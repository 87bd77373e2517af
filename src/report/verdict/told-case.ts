/** Words that the reports of a verdict share. Pure. */
import type { CaseVerdict } from '../../events/verdict/case.ts';
import type { ScenarioState, ScenarioVerdict } from '../../events/verdict/scenario.ts';
import type { Outcome, Verdict } from '../../events/verdict/verdict.ts';
import { count, listed } from '../../terminal/amounts.ts';
import { line } from './shown.ts';

/** Beside a sign or a colour, never in place of these words. */
export const stateWords: Readonly<Record<ScenarioState, string>> = {
  pass: 'passed',
  flaky: 'passed when tried again',
  fail: 'failed',
  'timed-out': 'timed out',
  blocked: 'could not run',
  interrupted: 'interrupted',
  skipped: 'not run',
};

const outcomeWords: Readonly<Record<Outcome, string>> = {
  pass: 'Passed',
  fail: 'Failed',
  blocked: 'Could not run',
  interrupted: 'Interrupted',
};

/** `Failed: 1 lesson passed, 1 failed`. */
export function verdictSentence({ outcome, counts }: Verdict): string {
  const states = Object.entries(counts.scenarios) as readonly (readonly [ScenarioState, number])[];
  const told = states.filter(([, n]) => n > 0);
  const parts = told.map(([state, n], i) => `${i === 0 ? count(n, 'lesson') : String(n)} ${stateWords[state]}`);
  return `${outcomeWords[outcome]}: ${parts.length === 0 ? 'no lesson was run' : listed(parts)}`;
}

/** `Start a server: the page answers`. */
export function caseName({ name, stepTitle }: Pick<CaseVerdict, 'name' | 'stepTitle'>): string {
  return line(stepTitle === undefined || stepTitle === name ? name : `${stepTitle}: ${name}`);
}

/** Why it is not as it should be; '' where it is. */
export function whySentence({ why, blockedBy }: Pick<CaseVerdict, 'why' | 'blockedBy'>): string {
  return line(blockedBy === undefined ? why : `${why} In its way: ${blockedBy}.`);
}

/** `expected: 200 within 10 s`, a line each; what has several lines stands below its label. */
export function detailText({ details }: Pick<CaseVerdict, 'details'>): string {
  return details
    .map(({ label, text }) => (text.includes('\n') ? `${label}:\n${text.trimEnd()}` : `${label}: ${text}`))
    .join('\n');
}

/** `hello-world`, `hello-world on lab07`. */
export function placeName({ scenario, host }: Pick<ScenarioVerdict, 'scenario' | 'host'>): string {
  return line(host === undefined ? scenario : `${scenario} on ${host}`);
}

/** What went wrong before it passed. */
export function earlierText({ earlier }: ScenarioVerdict): string {
  return earlier.map((one) => [`${caseName(one)}: ${whySentence(one)}`, detailText(one)].join('\n')).join('\n\n');
}

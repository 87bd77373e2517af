/**
 * Where GitHub Actions runs it: annotations, a cause each, and a page added to the step's summary. While the lessons
 * run, no line that a container prints is taken for a command of the workflow.
 */
import { randomUUID } from 'node:crypto';
import { appendFileSync, statSync } from 'node:fs';
import type { Broken, CauseVerdict } from '../../events/verdict/causes.ts';
import type { Verdict } from '../../events/verdict/verdict.ts';
import { count, listed } from '../../terminal/amounts.ts';
import type { Report, ReportSetting } from '../format.ts';
import { drawnAtEnd } from './at-end.ts';
import { stepSummary } from './github-summary.ts';
import { line } from './shown.ts';
import { placeName, verdictSentence } from './told-case.ts';

/** GitHub shows ten of a kind a step, so ten are all. */
const most = 10;

/** Of the summaries of a step together, in bytes: GitHub drops one that is larger than 1 MiB. */
const room = 1_000_000;

export function githubReport(setting: ReportSetting): Report {
  const { stepSummary: file = '' } = setting;
  const token = randomUUID();
  let isGuarded = false;
  const atEnd = drawnAtEnd(setting, ({ verdict }) => {
    if (file !== '') appendFileSync(file, stepSummary(verdict, room - sizeOf(file)));
    const before = isGuarded ? `::${token}::\n` : '';
    return (
      before +
      annotations(verdict)
        .map((text) => `${text}\n`)
        .join('')
    );
  });
  return {
    event(event, soFar) {
      if (!isGuarded) setting.stdout.write(`::stop-commands::${token}\n`);
      isGuarded = true;
      return atEnd.event(event, soFar);
    },
    end: () => atEnd.end(),
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Commands of a workflow, a line each. */
export function annotations(verdict: Verdict): readonly string[] {
  const { causes, outcome } = verdict;
  const sentence = verdictSentence(verdict);
  const last = outcome === 'pass' ? [command('notice', 'docker-tutor', sentence)] : [];
  const fit = causes.length + last.length <= most ? causes : causes.slice(0, most - 1);
  const more = causes.length - fit.length;
  return [
    ...fit.map((cause) => command(levelOf(cause, verdict), `docker-tutor: ${cause.code}`, messageOf(cause))),
    ...(more > 0 ? [command('warning', 'docker-tutor', `${count(more, 'more cause')}. ${sentence}`)] : last),
  ];
}

/** What was mended by trying again is no error. */
function levelOf({ broke }: CauseVerdict, { exitCode, scenarios }: Verdict): 'error' | 'warning' {
  const isFlaky = ({ scenario, host }: Broken): boolean =>
    scenarios.some((one) => one.scenario === scenario && one.host === host && one.state === 'flaky');
  return exitCode === 0 || (broke.length > 0 && broke.every(isFlaky)) ? 'warning' : 'error';
}

function messageOf({ message, broke, hints }: CauseVerdict): string {
  const places = broke.slice(0, 10).map((one) => {
    const steps = one.steps.map((step) => `"${line(step)}"`);
    return `${placeName(one)}${steps.length === 0 ? '' : ` at ${listed(steps)}`}: ${line(one.why)}`;
  });
  const left = broke.length - places.length;
  const [hint] = hints;
  return [
    line(message),
    ...places,
    ...(left > 0 ? [`and ${count(left, 'more lesson')}`] : []),
    ...(hint === undefined ? [] : [`mend it: ${line(hint)}`]),
  ].join('\n');
}

function command(name: 'error' | 'warning' | 'notice', title: string, message: string): string {
  const property = data(line(title)).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::${name} title=${property}::${data(message)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

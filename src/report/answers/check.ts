/** What a check of a machine has come to, for a person: a line a lesson as it ends, and at the end the causes first. */
import { scenarioAt } from '../../events/collect.ts';
import type { CollectedRun, CollectedScenario } from '../../events/collect.ts';
import type { EngineFound, Event, ProbeDone, ScenarioAddress, ScenarioFinished } from '../../events/events.ts';
import type { CauseVerdict } from '../../events/verdict/causes.ts';
import { stateOf } from '../../events/verdict/scenario.ts';
import type { ScenarioState, ScenarioVerdict } from '../../events/verdict/scenario.ts';
import { verdictOf } from '../../events/verdict/verdict.ts';
import type { Verdict } from '../../events/verdict/verdict.ts';
import { count, duration, listed } from '../../terminal/amounts.ts';
import { asciiSigns, cleanLine, cleanText } from '../../terminal/clean-text.ts';
import { chop, ends, fold } from '../../terminal/layout.ts';
import { hintLines } from '../hint-lines.ts';
import { written } from '../../terminal/sink.ts';
import { spinnerLive, stillLive } from '../../terminal/spinner.ts';
import type { Style } from '../../terminal/style.ts';
import { pad, width } from '../../terminal/width.ts';
import type { Report, ReportSetting } from '../format.ts';
import { engineName, waitingWords } from '../words.ts';

/** @param jobs how many lessons are taken at the same time */
export function checkReport(setting: ReportSetting, style: Style, jobs: number): Report {
  const live = setting.live ? spinnerLive(setting, style) : stillLive();
  const under = new Map<string, number>();
  const say = (lines: readonly string[]): void => {
    if (lines.length === 0) return;
    live.rest();
    const text = lines.map((line) => `${line}\n`).join('');
    setting.stdout.write(style.unicode ? text : asciiSigns(text));
  };
  const goOn = (soFar: CollectedRun): void => {
    if (under.size === 0) return;
    const done = new Set(soFar.scenarios.filter(({ finished }) => finished).map(({ scenario }) => scenario)).size;
    live.work(`${String(done)} of ${count(soFar.asked.length, 'lesson')} done`);
    live.under(() =>
      [...under].map(([id, since]) => ` ${cleanLine(id)}  ${style.paint.dim(duration(performance.now() - since))}`),
    );
  };
  return {
    event(event, soFar) {
      if (event.type === 'scenario-started') under.set(event.scenario, performance.now());
      if (event.type === 'scenario-finished') under.delete(event.scenario);
      if (event.type === 'waiting') {
        live.work(waitingWords(event));
        return;
      }
      // told on stderr, as it ends every command
      const isSaid = setting.endSaid && soFar.scenarios.length === 0 && soFar.problems.length > 0;
      if (event.type !== 'run-finished' || !isSaid) say(linesOf(event, soFar, style, jobs));
      goOn(soFar);
    },
    async end() {
      live.rest();
      await written(setting.stdout);
    },
  };
}

function linesOf(event: Event, soFar: CollectedRun, style: Style, jobs: number): readonly string[] {
  switch (event.type) {
    case 'probe':
      return probeLine(event, style);
    case 'engine-found':
      return [...machineLine(soFar, style), ...headLines(event, style, jobs)];
    case 'scenario-finished':
      return endedLine(event, soFar, style);
    case 'run-finished':
      return summaryLines(verdictOf(soFar), style);
    default:
      return [];
  }
}

/** What is well is counted, not listed: a check is read in five seconds. What failed is told at the end, with what it broke. */
function probeLine({ title, state, observed, code }: ProbeDone, { paint, columns }: Style): readonly string[] {
  if (state !== 'warn') return [];
  const text = observed === undefined ? title : `${title}: ${observed}`;
  return ends(` ${paint.warn('!')} ${cleanLine(text)}`, paint.dim(cleanLine(code ?? '')), columns);
}

function machineLine({ probes }: CollectedRun, { paint, signs }: Style): readonly string[] {
  if (probes.length === 0) return [];
  const of = (wanted: ProbeDone['state']): number => probes.filter(({ state }) => state === wanted).length;
  const parts = [
    `${count(of('pass'), 'probe')} passed`,
    ...(of('warn') > 0 ? [count(of('warn'), 'warning')] : []),
    ...(of('unknown') > 0 ? [`${String(of('unknown'))} could not tell`] : []),
  ];
  return [` ${paint.good(signs.passed)} the machine: ${parts.join(', ')}`];
}

function headLines({ engine, scenarios }: EngineFound, { paint, columns }: Style, jobs: number): readonly string[] {
  const where = `${engineName(engine)}${engine.lab ? ', the lab' : ` at ${cleanLine(engine.address)}`}`;
  const side = jobs > 1 && scenarios.length > 1 ? `, ${String(Math.min(jobs, scenarios.length))} at a time` : '';
  return ['', ...fold(paint.bold(`${count(scenarios.length, 'lesson')}${side}, on ${where}`), columns, 1), ''];
}

function endedLine(event: ScenarioFinished & ScenarioAddress, soFar: CollectedRun, style: Style): readonly string[] {
  const { paint, columns } = style;
  const { status, steps, checks, attempt, ms } = event;
  const scenario = scenarioAt(soFar, event);
  // what kept it from beginning is told once, at the end
  if (status === 'blocked' && !scenario?.started) return [];
  const again = attempt !== undefined && attempt > 1 ? `, attempt ${String(attempt)}` : '';
  const what =
    status === 'passed'
      ? `${count(steps.passed, 'step')}, ${count(checks.passed, 'check')}`
      : `${endWord(event, scenario)}${whereIn(scenario)}`;
  const names = Math.max(12, ...soFar.asked.map((id) => width(cleanLine(id))));
  const room = columns - names - 20;
  const line = ` ${signOf(status === 'passed' ? 'pass' : 'fail', style)} ${pad(cleanLine(event.scenario), names)}  ${chop(what + again, room)[0] ?? ''}`;
  return ends(line, paint.dim(duration(ms)), columns);
}

function endWord(event: ScenarioFinished, scenario: CollectedScenario | undefined): string {
  const { status, timedOut } = event;
  if (timedOut) return `not done after ${duration(timedOut.limitMs)}`;
  // of the step: the verdict says so too, where something stood in its way
  if (status === 'failed' && scenario && stateOf({ ...scenario, finished: event }) === 'blocked') return 'broken off';
  return { passed: 'passed', failed: 'failed', blocked: 'could not run', interrupted: 'interrupted' }[status];
}

/** The step that it ended at. */
function whereIn(scenario: CollectedScenario | undefined): string {
  const last = scenario?.steps.at(-1);
  return last === undefined ? '' : ` at step ${cleanLine(last.step)}`;
}

/** Causes first, and then how many. */
function summaryLines(verdict: Verdict, style: Style): readonly string[] {
  return ['', ...verdict.causes.flatMap((cause) => causeLines(cause, verdict, style)), ...totalLines(verdict, style)];
}

function causeLines(cause: CauseVerdict, { scenarios }: Verdict, style: Style): readonly string[] {
  const { paint, signs, columns } = style;
  const named = /^E-/.test(cause.code) ? cause.code : '';
  const broke = cause.broke.map(({ scenario }) => cleanLine(scenario));
  const many = listed(broke.length > 4 ? [...broke.slice(0, 3), `${String(broke.length - 3)} more`] : broke);
  const [head = '', ...rest] = fold(cleanLine(cause.message), columns - width(named) - 1, 3);
  return [
    ...ends(` ${paint.bad(signs.failed)} ${paint.bold(head.trimStart())}`, paint.dim(named), columns),
    ...rest.map((line) => paint.bold(line)),
    ...(broke.length === 0 ? [] : fold(`broke ${many}`, columns, 3)),
    ...(named === '' ? whyLines(cause, scenarios, columns) : []),
    ...(cause.explanation === undefined || named === '' ? [] : fold(cleanText(cause.explanation), columns, 3)),
    ...cause.hints.slice(0, 2).flatMap((hint) => hintLines('mend it:', hint, columns, 3)),
    '',
  ];
}

/** What has no name is told by its place. */
function whyLines({ broke }: CauseVerdict, scenarios: readonly ScenarioVerdict[], columns: number): readonly string[] {
  return broke.slice(0, 4).flatMap(({ scenario, why, steps }) => {
    const one = scenarios.find((known) => known.scenario === scenario);
    const title = steps[0] ?? one?.title ?? scenario;
    return fold(`"${cleanLine(title)}": ${cleanLine(why)}`, columns, 5, 2);
  });
}

const stateWords: Readonly<Record<ScenarioState, string>> = {
  pass: 'passed',
  flaky: 'passed when tried again',
  fail: 'failed',
  'timed-out': 'not done in time',
  blocked: 'could not run',
  interrupted: 'interrupted',
  skipped: 'not started',
};

function totalLines({ counts, outcome, ms, scenarios }: Verdict, style: Style): readonly string[] {
  const { paint, columns } = style;
  const states = Object.keys(stateWords) as readonly ScenarioState[];
  const parts = states
    .filter((state) => counts.scenarios[state] > 0)
    .map((state) => `${String(counts.scenarios[state])} ${stateWords[state]}`);
  const flaky = scenarios.filter(({ state }) => state === 'flaky').map(({ scenario }) => cleanLine(scenario));
  const lessons = new Set(scenarios.map(({ scenario }) => scenario)).size;
  const runs = lessons === scenarios.length ? '' : `, ${count(scenarios.length, 'run')}`;
  const text = parts.length === 0 ? 'nothing was run' : `${count(lessons, 'lesson')}${runs}: ${parts.join(', ')}`;
  return [
    ...(flaky.length === 0
      ? []
      : fold(`Flaky: ${listed(flaky)}. What passes only sometimes is worth a look.`, columns, 1)),
    ...ends(
      ` ${signOf(outcome === 'pass' ? 'pass' : 'fail', style)} ${paint.bold(text)}`,
      paint.dim(duration(ms)),
      columns,
    ),
  ];
}

function signOf(state: 'pass' | 'fail', { paint, signs }: Style): string {
  return state === 'pass' ? paint.good(signs.passed) : paint.bad(signs.failed);
}

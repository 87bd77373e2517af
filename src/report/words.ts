/** Sentences that pretty and plain share. Everything from outside is cleaned here. */
import type { Caution, Waiting } from '../events/events.ts';
import { count, listed } from '../terminal/amounts.ts';
import { describeChanges } from '../explain/changes.ts';
import { describeDoings } from '../explain/doings.ts';
import { describeOpenPorts } from '../explain/open-ports.ts';
import type {
  Cleaned,
  CommandFinished,
  FileWritten,
  EngineFound,
  Kept,
  ProbeDone,
  Problem,
  QuizAsked,
  ScenarioFinished,
  ScenarioStarted,
} from '../events/events.ts';
import { probeLines } from '../events/probe-lines.ts';
import type { CollectedRun, CollectedScenario } from '../events/collect.ts';
import { isRightAtOnce } from '../events/is-right.ts';
import { cleanLine } from '../terminal/clean-text.ts';
import { english } from '../words/english.ts';
import { all } from '../events/totals.ts';

/** What a command changed on the engine, and an exit code that is not 0. */
export function whatItDid(finished: CommandFinished, { step } = english): string[] {
  const { changes, openPorts = [], doings } = finished;
  const did = [...describeChanges(changes), ...describeOpenPorts(openPorts), ...describeDoings(doings)].map(cleanLine);
  const said = did.length > 0 ? did : [step.nothingChanged];
  return finished.exitCode === 0 ? said : [...said, step.exitCode(finished.exitCode)];
}

export function keptSentence({ kind, name, why, bundled }: Kept): string {
  const plain = cleanLine(name);
  if (bundled) return `${plain} is here from a bundle, so it stays; the registry was not asked.`;
  const what =
    kind === 'image' || kind === 'tag' ? plain : kind === 'login' ? `The login at ${plain}` : `The ${kind} ${plain}`;
  switch (why) {
    case 'yours':
      return `${what} was here before the lesson, so it stays.`;
    case 'in-use-by-another-run':
      return `${what} is in use by another run, so it stays.`;
    case 'not-made-here':
      return `${what} was not made by this lesson, so it stays.`;
  }
}

export function replacedSentence(
  { what, wished, used }: ScenarioStarted['replaced'][number],
  { note } = english,
): string {
  return note.replaced(what, cleanLine(wished), cleanLine(used));
}

export function standInSentence(images: readonly string[], { note } = english): string {
  return note.standIns(images.map(cleanLine));
}

export function notHereSentence(images: readonly string[], { note } = english): string {
  return note.notHere(images.map(cleanLine));
}

/** `Most lessons work. … [E-PODMAN]` */
export function cautionSentence({ code, message, explanation = '' }: Caution): string {
  return `${cleanLine(message)}. ${cleanLine(explanation)} [${code}]`;
}

export function engineName({ flavour, version }: EngineFound['engine']): string {
  return `${flavour === 'podman' ? 'Podman' : 'Docker Engine'} ${cleanLine(version)}`;
}

/** What was removed at the end, and what could not be. */
export function cleanedSentences({ removed, left, kept }: Cleaned): string[] {
  if (kept)
    return [
      `Kept: what this lesson made, and its files in ${cleanLine(kept.folder)}. To remove it: ${cleanLine(kept.command)}`,
    ];
  const kinds = [...new Set(removed.map((item) => item.kind))];
  const amounts = kinds.map((kind) => count(removed.filter((item) => item.kind === kind).length, cleanLine(kind)));
  return [
    ...(removed.length > 0 ? [`Cleaned up: ${listed(amounts)} removed. What was here before is still here.`] : []),
    ...left.map(
      (item) => `The ${cleanLine(item.kind)} ${cleanLine(item.name)} could not be removed: ${cleanLine(item.why)}`,
    ),
  ];
}

/** `7 steps, 12 checks: all passed`, or what did not, worst first. @param run that has ended */
export function totalsSentence({ scenarios, totals, problems, finished }: CollectedRun): string {
  const { steps, checks } = totals;
  const exitCode = finished?.exitCode;
  const parts = [
    ...(scenarios.length > 1 ? [count(scenarios.length, 'scenario')] : []),
    count(all(steps), 'step'),
    count(all(checks), 'check'),
  ].join(', ');
  const amounts = [
    checks.failed > 0 ? `${count(checks.failed, 'check')} failed` : '',
    // A step that fails without a failed check did so by its command.
    steps.failed > 0 && checks.failed === 0 ? `${count(steps.failed, 'step')} failed` : '',
    steps.skipped > 0 ? `${count(steps.skipped, 'step')} skipped` : '',
    checks.kept > 0 ? `${count(checks.kept, 'check')} set aside for what is yours` : '',
  ].filter((amount) => amount !== '');
  if (exitCode === 130) return `Interrupted. ${parts} so far${amounts.length > 0 ? `: ${amounts.join(', ')}` : ''}`;
  if (exitCode === 0 && totals.scenarios.interrupted > 0) {
    const done = steps.passed + steps.failed;
    return `Left after ${String(done)} of ${count(done + steps.skipped, 'step')}; ${count(checks.passed, 'check')} passed`;
  }
  if (exitCode === 0 && scenarios.some(({ attempt = 1 }) => attempt > 1))
    return `${parts}: all passed, some when tried again`;
  if (exitCode === 0 && amounts.length === 0) return `${parts}: all passed`;
  if (amounts.length > 0) return `${parts}: ${amounts.join(', ')}`;
  const told = problems.length > 0 || scenarios.some((one) => problemsOf(one).length > 0);
  if (told) return `${parts}: stopped by the problem above`;
  return all(steps) === 0 ? 'nothing was run' : `${parts}: not all passed`;
}

/** Those of its steps too. */
function problemsOf({ problems, steps }: CollectedScenario): readonly Problem[] {
  return [...problems, ...steps.flatMap((step) => step.problems)];
}

/** How a scenario ended, where there are several. */
export function statusWord(status: ScenarioFinished['status']): string {
  return status === 'blocked' ? 'could not run' : status;
}

/** What has become of a file. */
export function fileChange(how: FileWritten['how']): string {
  return english.step.files[how];
}

/** What a probe has seen, and how to mend it. */
export function probeSentences(probe: ProbeDone): string[] {
  return probeLines(probe).map(cleanLine);
}

/** `waiting for the answer to GET /info, at most 10 s` */
export function waitingWords({ for: what, limitMs }: Pick<Waiting, 'for' | 'limitMs'>): string {
  const most = limitMs === undefined ? '' : `, at most ${String(Math.round(limitMs / 1000))} s`;
  return `waiting for ${cleanLine(what)}${most}`;
}

/** A way of the learner's own, and what it led to. */
export function otherWaySentence(commands: readonly string[], { step } = english): string {
  return step.otherWay(commands.map(cleanLine));
}

/** How the questions of a lesson were answered; '' where none was. */
export function scoreSentence({ steps }: Pick<CollectedScenario, 'steps'>, { ending } = english): string {
  const asked = steps.flatMap(({ quiz }) => (quiz?.given === undefined ? [] : [quiz]));
  return asked.length === 0 ? '' : ending.score(rightIn(asked), asked.length);
}

/** The steps whose solution the learner has looked at; '' where there is none. */
export function solutionsSentence({ steps }: Pick<CollectedScenario, 'steps'>, { ending } = english): string {
  const titles = steps.flatMap(({ step, started, finished }) =>
    finished?.status === 'passed' && finished.needed?.solution ? [`"${cleanLine(started?.title ?? step)}"`] : [],
  );
  return titles.length === 0 ? '' : ending.solutions(titles);
}

/** How questions that came back were answered: they are no part of the lesson's score. */
export function earlierScoreSentence(asked: readonly QuizAsked[], { ending } = english): string {
  return ending.earlier(rightIn(asked), asked.length);
}

function rightIn(asked: readonly QuizAsked[]): number {
  return asked.filter(isRightAtOnce).length;
}

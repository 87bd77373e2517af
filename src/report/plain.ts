/**
 * For screen readers, pipes and CI logs: every line begins with a word that says what it is; nothing moves, no
 * colour, no box, no escape sequence; lines are folded by whoever reads them. Progress goes to stderr, a line each time it
 * says something new.
 */
import { duration } from '../terminal/amounts.ts';
import { count } from '../terminal/amounts.ts';
import { scenarioAt, titleAt } from '../events/collect.ts';
import { isRight } from '../events/is-right.ts';
import type { CollectedRun, CollectedScenario } from '../events/collect.ts';
import type { CheckDone, Event, Problem, QuizAsked, RequestDone, ScenarioStarted } from '../events/events.ts';
import { requestTarget } from './pretty/api-lines.ts';
import { cleanLine, cleanOutputLine, cleanText } from '../terminal/clean-text.ts';
import { markdown } from '../terminal/markdown/markdown.ts';
import { outputLines } from './pretty/output-lines.ts';
import { permissionSentence } from './permission-words.ts';
import { asciiSigns } from '../terminal/clean-text.ts';
import { written } from '../terminal/sink.ts';
import { type Report, type ReportSetting } from './format.ts';
import {
  cautionSentence,
  cleanedSentences,
  engineName,
  fileChange,
  keptSentence,
  notHereSentence,
  otherWaySentence,
  probeSentences,
  replacedSentence,
  scoreSentence,
  solutionsSentence,
  standInSentence,
  statusWord,
  totalsSentence,
  waitingWords,
  whatItDid,
} from './words.ts';

type Lines = {
  readonly [T in Event['type']]: (event: Extract<Event, { type: T }>, soFar: CollectedRun) => readonly string[];
};
type AnyLines = (event: Event, soFar: CollectedRun) => readonly string[];

export function plainReport(setting: ReportSetting): Report {
  const lines = plainLines(setting);
  let told = '';
  return {
    event(event, soFar) {
      if (event.type === 'progress') {
        const what = cleanLine(event.what);
        if (event.id !== undefined || event.printed || what === told) return;
        told = what;
        setting.stderr.write(`working: ${what}\n`);
        return;
      }
      if (event.type === 'waiting') {
        setting.stderr.write(`${waitingWords(event)}\n`);
        return;
      }
      const said = (lines[event.type] as AnyLines)(event, soFar);
      const text = said.map((line) => `${line}\n`).join('');
      if (text !== '') setting.stdout.write(setting.unicode ? text : asciiSigns(text));
    },
    end: () => written(setting.stdout),
  };
}

function plainLines(setting: ReportSetting): Lines {
  const output = outputLines({ head: Infinity, tail: 0 });
  let step = '';
  return {
    'run-started': () => [],
    'engine-found': (event) => [
      `engine: ${engineName(event.engine)}, API ${cleanLine(event.engine.apiVersion)}, at ${cleanLine(event.engine.address)}${event.engine.lab ? ', the lab' : ''}`,
      ...(event.caution ? [`note: ${cautionSentence(event.caution)}`] : []),
    ],
    probe: (event) => each('machine', probeSentences(event)),
    'scenario-started': scenarioLines,
    'step-started': (event) => {
      step = `step ${String(event.index)} of ${String(event.of)}`;
      const goal = event.goal === undefined ? [] : each('goal', text(event.goal));
      return ['', `${step}: ${cleanLine(event.title)}`, ...text(event.text), ...goal];
    },
    'file-written': (event) => [
      `file: ${cleanLine(event.path)}, ${fileChange(event.how)}`,
      ...each('removed', event.removed.map(cleanOutputLine)),
      ...each('added', event.added.map(cleanOutputLine)),
    ],
    'command-started': (event) => {
      // what was typed stands at the prompt
      if (event.typed && setting.interactive) return [];
      return each('command', cleanText(event.command).split('\n'));
    },
    request: (event) => (setting.show.has('api') ? [requestLine(event)] : []),
    progress: () => [],
    waiting: () => [],
    output: (event) => each('output', output.take(event.stream, event.text)),
    kept: (event) => [`kept: ${keptSentence(event)}`],
    'command-finished': (event) => [...each('output', output.finish().lines), ...each('did', whatItDid(event))],
    // after a request no command has ended its output
    check: (event) => [...each('output', output.finish().lines), ...checkLines(event)],
    quiz: quizLines,
    'turn-failed': ({ feedback }) =>
      feedback.flatMap(({ about, text: said }) => each(feedbackWords[about], text(said))),
    hint: (event) => each(`hint ${String(event.number)} of ${String(event.of)}`, text(event.text)),
    'step-finished': (event) => [
      ...each('output', output.finish().lines),
      ...(event.mistake === undefined ? [] : each(feedbackWords.mistake, text(event.mistake))),
      ...(event.otherWay === undefined ? [] : [`another way: ${otherWaySentence(event.otherWay)}`]),
      ...text(event.after),
      `${step} ${event.status}`,
    ],
    'scenario-finished': (event, soFar) => [
      '',
      ...(event.status === 'passed' ? [...scoreLines(scenarioAt(soFar, event)), ...text(event.finish)] : []),
      `scenario ${statusWord(event.status)}: ${cleanLine(titleAt(soFar, event))}`,
    ],
    problem: (event) => (setting.endSaid && event.scenario === undefined ? [] : problemLines(event)),
    cleaned: (event) => each('clean', cleanedSentences(event)),
    'run-finished': (event, soFar) => {
      if (setting.endSaid && soFar.scenarios.length === 0) return [];
      const word = endWords.get(event.exitCode) ?? 'failed';
      return [`${word}: ${totalsSentence(soFar)}, in ${duration(event.ms)}`];
    },
  };
}

/** By exit code. */
const endWords: ReadonlyMap<number, string> = new Map([
  [0, 'passed'],
  [4, 'blocked'],
  [130, 'interrupted'],
]);

const feedbackWords = {
  mistake: 'what may have gone wrong',
  command: 'in your command',
  answer: 'your answer',
} as const;

function each(word: string, lines: readonly string[]): string[] {
  return lines.map((line) => `${word}: ${line}`);
}

function text(source: string): string[] {
  return markdown(source, { columns: Infinity, bullet: '-' });
}

function scenarioLines(event: ScenarioStarted): string[] {
  return [
    `scenario: ${sentence(cleanLine(event.title))} ${count(event.steps, 'step')}, about ${count(event.minutes, 'minute')}.`,
    ...text(event.summary),
    ...text(event.intro),
    ...each('permission', (event.permissions ?? []).map(permissionSentence)),
    ...each(
      'note',
      event.replaced.map((one) => replacedSentence(one)),
    ),
    ...(event.notHere ? [`note: ${notHereSentence(event.notHere)}`] : []),
    ...(event.standIns.length > 0 ? [`note: ${standInSentence(event.standIns)}`] : []),
  ];
}

/** A title that asks has its own mark. */
function sentence(title: string): string {
  return /[.?!…]$/.test(title) ? title : `${title}.`;
}

function requestLine(event: RequestDone): string {
  return `api: ${event.method} ${requestTarget(event)}, status ${String(event.status)}, ${duration(event.ms)}`;
}

function checkLines(check: CheckDone): string[] {
  const claim = cleanLine(check.told ?? check.claim);
  const observed = cleanLine(check.observed);
  if (check.status === 'kept') return [`set aside: ${claim}. Observed: ${observed}`];
  if (check.status === 'passed') return [`passed: ${claim}${observed === '' ? '' : `. Observed: ${observed}`}`];
  return [
    `failed: ${claim}`,
    `expected: ${cleanLine(check.expected)}`,
    `observed: ${observed}${check.tries > 1 ? `, ${count(check.tries, 'try', 'tries')}` : ''}`,
    ...(check.likely === undefined ? [] : [`likely cause: ${cleanLine(check.likely)}`]),
    ...(check.next === undefined ? [] : [`try: ${cleanLine(check.next)}`]),
  ];
}

function scoreLines(ended: Pick<CollectedScenario, 'steps'> = { steps: [] }): string[] {
  return each(
    'score',
    [scoreSentence(ended), solutionsSentence(ended)].filter((sentence) => sentence !== ''),
  );
}

function quizLines(quiz: QuizAsked): string[] {
  const option = (index: number): string => `${String(index + 1)}, ${cleanLine(quiz.options[index] ?? '')}`;
  const options = (indexes: readonly number[]): string => indexes.map(option).join('; ');
  const said = quiz.prediction ? 'prediction' : 'answer';
  return [
    `question: ${cleanLine(quiz.ask)}`,
    ...quiz.options.map((_, i) => `option ${option(i)}`),
    ...(quiz.given === undefined
      ? []
      : [`your ${said}: ${options(quiz.given)}: ${isRight(quiz) ? 'right' : 'not right'}`]),
    `answer: ${options(quiz.answer)}`,
    `because: ${cleanLine(quiz.because)}`,
  ];
}

function problemLines(problem: Problem): string[] {
  return [
    `problem: ${cleanLine(problem.message)} [${cleanLine(problem.code)}]`,
    ...(problem.explanation === undefined ? [] : [`explanation: ${cleanLine(problem.explanation)}`]),
    ...(problem.askedBecause === undefined ? [] : [`asked there because: ${cleanLine(problem.askedBecause)}`]),
    ...each('mend it', problem.hints.map(cleanLine)),
    ...each('or practise without', (problem.alternatives ?? []).map(cleanLine)),
    ...each(
      'evidence',
      problem.evidence.flatMap((text) => cleanText(text).split('\n')),
    ),
  ];
}

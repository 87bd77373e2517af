/** What the start and end of runs, scenarios and steps do to the screen. */
import { duration } from '../../terminal/amounts.ts';
import { scenarioAt, titleAt } from '../../events/collect.ts';
import type { CollectedRun } from '../../events/collect.ts';
import type { EngineFound } from '../../events/events.ts';
import { answerLines, checkLines, questionLines } from './check-lines.ts';
import { cleanLine } from '../../terminal/clean-text.ts';
import { ends, fold } from '../../terminal/layout.ts';
import { markdown } from '../../terminal/markdown/markdown.ts';
import { endOutput } from './command.ts';
import { problemLines, toldProblem } from '../problem-lines.ts';
import { width } from '../../terminal/width.ts';
import { showKept, type Handlers, type Screen } from './screen.ts';
import { lessonSetting, pictureLines, scenarioBlocks, stepBlocks } from './step-lines.ts';
import type { Style } from '../../terminal/style.ts';
import {
  cleanedSentences,
  probeSentences,
  scoreSentence,
  solutionsSentence,
  statusWord,
  totalsSentence,
  waitingWords,
} from '../words.ts';

type Types =
  | 'run-started'
  | 'engine-found'
  | 'waiting'
  | 'probe'
  | 'scenario-started'
  | 'step-started'
  | 'check'
  | 'quiz'
  | 'scenario-finished'
  | 'problem'
  | 'cleaned'
  | 'run-finished';

export function scenarioHandlers(screen: Screen): Handlers<Types> {
  const { style, live, show } = screen;
  /** Until its picture is drawn, once a run. */
  let engine: EngineFound | undefined;
  return {
    'run-started': () => undefined,
    'engine-found': (event) => {
      engine = event;
    },
    probe: (event) => {
      live.rest();
      const [first = '', ...more] = probeSentences(event);
      const good = event.state === 'pass' || event.state === 'warn';
      screen.join('probe', [
        ...fold(first, style.columns, 3).map((line, i) => (i === 0 ? signed(good, line.trimStart(), style) : line)),
        ...more.flatMap((text) => fold(text, style.columns, 3)),
      ]);
    },
    waiting: (event) => live.work(waitingWords(event)),
    'scenario-started': (event) => {
      screen.builds.forget();
      screen.things.forget();
      // first: the introduction is then whole on the screen at the pause after it
      if (engine) show(pictureLines(engine, style));
      engine = undefined;
      scenarioBlocks(event, style).forEach(show);
    },
    'step-started': (event, soFar) => {
      live.rest();
      showKept(screen);
      Object.assign(screen.step, { requests: [], shown: 0, printed: '', checks: event.checks });
      screen.pages.turn();
      stepBlocks(event, titleAt(soFar, event), style).forEach(show);
    },
    check: (event) => {
      live.rest();
      // after a request no command has ended its output
      endOutput(screen);
      repeatCommand(screen);
      screen.join('check', checkLines(event, style, screen.setting.interactive));
      live.work('checking');
    },
    quiz: (event) => {
      // who was asked has it on the screen
      if (!screen.setting.interactive) show(questionLines(event, style));
      show(answerLines(event, style));
    },
    'scenario-finished': (event, soFar) => {
      live.rest();
      showKept(screen);
      if (event.status !== 'passed') return;
      const ended = scenarioAt(soFar, event) ?? { steps: [] };
      const score = [scoreSentence(ended, style.words), solutionsSentence(ended, style.words)].filter(
        (text) => text !== '',
      );
      show(score.flatMap((text) => fold(text, style.columns, 1)));
      show(markdown(event.finish, lessonSetting(style)));
    },
    problem: (event) => {
      live.rest();
      if (screen.setting.endSaid && event.scenario === undefined) return;
      show(problemLines(toldProblem(event), style));
    },
    cleaned: (event) => {
      live.rest();
      showKept(screen);
      show(cleanedSentences(event).flatMap((text) => fold(style.paint.dim(text), style.columns, 1)));
    },
    'run-finished': (event, soFar) => {
      live.rest();
      if (screen.setting.endSaid && soFar.scenarios.length === 0) return;
      if (soFar.scenarios.length > 1) show(scenarioList(soFar, style));
      const sentence = signed(event.exitCode === 0, style.paint.bold(totalsSentence(soFar)), style);
      show(ends(sentence, style.paint.dim(duration(event.ms)), style.columns));
    },
  };
}

function scenarioList({ scenarios }: CollectedRun, style: Style): string[] {
  return scenarios.flatMap(({ title, finished }) =>
    finished
      ? [signed(finished.status === 'passed', `${cleanLine(title)}: ${statusWord(finished.status)}`, style)]
      : [],
  );
}

function signed(good: boolean, text: string, { paint, signs }: Style): string {
  return ` ${good ? paint.good(signs.passed) : paint.bad(signs.failed)} ${text}`;
}

/** What follows the checks and the picture: the answer to a question before, a few lines to notice, the keys, and blank ones. */
const afterChecks = 13;

/** Where somebody reads along, and the command would leave the screen with its checks, it stands above them once more. */
function repeatCommand({ setting, step, style, things, show }: Screen): void {
  const { command, below, checks } = step;
  step.command = [];
  const { interactive, rows } = setting;
  if (!interactive || rows === undefined || command.length === 0) return;
  const wrapped = command.reduce((lines, line) => lines + Math.ceil(width(line) / setting.columns), 0);
  if (wrapped + below + checks + things.room(style) + afterChecks > rows) show(command);
}

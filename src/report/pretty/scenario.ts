/** What the start and end of runs, scenarios and steps do to the screen. */
import { duration } from '../../terminal/amounts.ts';
import type { RunStarted, ScenarioStarted } from '../../events.ts';
import { answerLines, checkLines, questionLines } from './check-lines.ts';
import { cleanLine } from '../../terminal/clean-text.ts';
import { ends, fold } from '../../terminal/layout.ts';
import { markdown } from '../../terminal/markdown.ts';
import { endOutput } from './command.ts';
import { problemLines, toldProblem } from '../problem-lines.ts';
import { showKept, type Handlers, type Screen } from './screen.ts';
import { lessonSetting, pictureLines, scenarioBlocks, stepBlocks } from './step-lines.ts';
import type { Style } from '../../terminal/style.ts';
import {
  addFinished,
  cleanedSentences,
  nothingYet,
  statusWord,
  titleOf,
  totalsSentence,
  type Totals,
} from '../words.ts';

type Types =
  | 'run-started'
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
  let engine: RunStarted | undefined;
  let begun: ScenarioStarted | undefined;
  let totals = nothingYet;
  return {
    'run-started': (event) => {
      engine = event;
    },
    'scenario-started': (event) => {
      begun = event;
      screen.builds.forget();
      // first: the introduction is then whole on the screen at the pause after it
      if (engine) show(pictureLines(engine, style));
      engine = undefined;
      scenarioBlocks(event, style).forEach(show);
    },
    'step-started': (event) => {
      showKept(screen);
      Object.assign(screen.step, { requests: [], shown: 0 });
      stepBlocks(event, begun?.title ?? event.scenario, style).forEach(show);
    },
    check: (event) => {
      live.rest();
      // after a request no command has ended its output
      endOutput(screen);
      screen.join('check', checkLines(event, style));
      live.work('checking');
    },
    quiz: (event) => {
      // A person who answered has the question on the screen already.
      if (!screen.setting.interactive || event.given === undefined) show(questionLines(event, style));
      show(answerLines(event, style));
    },
    'scenario-finished': (event) => {
      live.rest();
      showKept(screen);
      totals = addFinished(totals, titleOf(event, begun), event);
      if (event.status === 'passed') show(markdown(event.finish, lessonSetting(style)));
      live.work('cleaning up');
    },
    problem: (event) => {
      live.rest();
      totals = { ...totals, problems: totals.problems + 1 };
      show(problemLines(toldProblem(event), style));
    },
    cleaned: (event) => {
      live.rest();
      showKept(screen);
      show(cleanedSentences(event).flatMap((text) => fold(style.paint.dim(text), style.columns, 1)));
    },
    'run-finished': (event) => {
      live.rest();
      if (totals.scenarios.length > 1) show(scenarioList(totals, style));
      const sentence = signed(event.exitCode === 0, style.paint.bold(totalsSentence(totals, event.exitCode)), style);
      show(ends(sentence, style.paint.dim(duration(event.ms)), style.columns));
    },
  };
}

function scenarioList(totals: Totals, style: Style): string[] {
  return totals.scenarios.map(({ title, status }) =>
    signed(status === 'passed', `${cleanLine(title)}: ${statusWord(status)}`, style),
  );
}

function signed(good: boolean, text: string, { paint, signs }: Style): string {
  return ` ${good ? paint.good(signs.passed) : paint.bad(signs.failed)} ${text}`;
}

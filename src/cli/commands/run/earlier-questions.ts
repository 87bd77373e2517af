/** After a lesson that has passed: questions of lessons that were finished before, if the learner wishes so. */
import type { QuizAsked } from '../../../events/events.ts';
import { isRightAtOnce } from '../../../events/is-right.ts';
import { comingBack, questionOf } from '../../../practice/coming-back.ts';
import type { EarlierQuestion } from '../../../practice/coming-back.ts';
import { answerLines } from '../../../report/pretty/check-lines.ts';
import { earlierScoreSentence } from '../../../report/words.ts';
import { questioned } from '../../../run/actions/quiz.ts';
import type { Answerer } from '../../../run/actions/quiz.ts';
import { findScenario, shippedScenarios } from '../../../scenario/catalogue.ts';
import { builtInValues, fillScenario, wishedValues, withVars } from '../../../scenario/variables.ts';
import { keepAnswer, readProgress } from '../../../state/lesson-progress.ts';
import { lessonsDone } from '../../../state/progress.ts';
import { cleanLine } from '../../../terminal/clean-text.ts';
import type { Terminal } from '../../../terminal/display.ts';
import { chooseKey } from '../../../terminal/keys.ts';
import { fold } from '../../../terminal/layout.ts';
import { styleFor } from '../../../terminal/style.ts';
import type { Words } from '../../../words/english.ts';
import { openKeyboard } from '../../keyboard/keyboard.ts';

export interface AfterLessons {
  /** Ids of the lessons just taken: their own questions were asked. */
  readonly taken: readonly string[];
  readonly answerer: Answerer;
  readonly terminal: Terminal;
  readonly words: Words;
  readonly signal: AbortSignal;
}

/** How many come back at once. */
const most = 2;

/** Says nothing where no lesson was finished before. Rejects with the signal's reason. */
export async function askEarlierQuestions({ taken, answerer, terminal, words, signal }: AfterLessons): Promise<void> {
  const questions = comingBack(await earlierQuestions(taken, process.env), most);
  if (questions.length === 0) return;
  const style = Object.assign(await styleFor(terminal), { words });
  const write = (lines: readonly string[]): void =>
    void process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  write(['', ` ${words.asked.earlier(questions.length)}`]);
  const { columns, unicode, paint } = style;
  const asking = { stdin: openKeyboard(), stdout: process.stdout, signal, columns, unicode, paint };
  const wish = await chooseKey(
    { ...asking, erase: terminal.live },
    [
      { key: '\r', says: words.keys.answer, answer: 'answer' },
      { key: 'q', says: words.keys.notNow, answer: 'no' },
    ],
    { atEnd: 'no' },
  );
  if (wish === 'no') return;
  const told: QuizAsked[] = [];
  for (const { lesson, title, step, question } of questions) {
    write(['', ...fold(paint.dim(words.asked.fromLesson(cleanLine(title))), columns, 1)]);
    const asked = await questioned(step, question, answerer, words);
    told.push(asked);
    write(['', ...answerLines(asked, style)]);
    keepAnswer(lesson, { step, at: new Date().toISOString(), right: isRightAtOnce(asked) }, process.env);
  }
  write(['', ` ${earlierScoreSentence(told, words)}`]);
}

interface Titled extends EarlierQuestion {
  /** Of its lesson. */
  readonly title: string;
}

/** In the order of the list, with the names that their lessons wish for. */
async function earlierQuestions(
  taken: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly Titled[]> {
  const done = lessonsDone(env);
  const found: Titled[] = [];
  for (const { id, title } of shippedScenarios()) {
    const before = done.get(id);
    if (before?.attended !== true || taken.includes(id)) continue;
    const answers = readProgress(id, env)?.answers ?? [];
    const lesson = withVars((await findScenario(id)).scenario, {});
    const { steps } = fillScenario(lesson, {
      ...wishedValues(lesson),
      ...builtInValues({ workspace: '.', host: 'localhost' }),
    });
    for (const step of steps) {
      const question = questionOf(step);
      if (!question) continue;
      const answered = answers.find((one) => one.step === step.id);
      const seen = answered?.at ?? before.at;
      found.push({ lesson: id, title, step: step.id, question, seen, wrong: answered?.right === false });
    }
  }
  return found;
}

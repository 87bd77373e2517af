/**
 * The texts of a scenario that a learner reads, each with its place. What is translated is exactly this: never a
 * command, a check, a name or a variable. Pure.
 */
import type { Path } from '../../yaml/places.ts';
import type { Expectation } from '../expectation.ts';
import type { Question, Scenario, Step } from '../schema.ts';

export interface PlacedText {
  /** Where it stands in the file of a translation, lists counted from 0: steps, version, hints, 1. */
  readonly place: Path;
  /** As the scenario has it. */
  readonly text: string;
}

type Task = NonNullable<Extract<Step, { do: unknown }>['task']>;
type Put = (place: Path, text: string) => string;

/** Each text that is not empty, in the order of a translation's file. */
export function textsOf(scenario: Scenario): readonly PlacedText[] {
  const found: PlacedText[] = [];
  withTexts(scenario, (place, text) => {
    if (text !== '') found.push({ place, text });
    return text;
  });
  return found;
}

/**
 * The scenario with another text at each place. What a check claims stays as it is, since progress and records know the
 * check by it; how it is told stands beside it.
 */
export function withTexts(scenario: Scenario, put: Put): Scenario {
  const { title, summary, intro, finish } = scenario;
  return {
    ...scenario,
    title: put(['title'], title),
    summary: put(['summary'], summary),
    intro: put(['intro'], intro),
    steps: scenario.steps.map((step) => stepWith(step, (place, text) => put(['steps', step.id, ...place], text))),
    finish: put(['finish'], finish),
  };
}

function stepWith(step: Step, put: Put): Step {
  const list = (name: string, texts: readonly string[]): string[] => texts.map((text, i) => put([name, i], text));
  const { title, text, after, goal, hints, mistakes, predict, ask } = step;
  // written down in the order in which they are read
  const told = {
    ...(title !== undefined && { title: put(['title'], title) }),
    text: put(['text'], text),
    ...('read' in step && { read: put(['read'], step.read) }),
    ...(predict && { predict: questionWith(predict, 'predict', put) }),
    ...('quiz' in step && { quiz: questionWith(step.quiz, 'quiz', put) }),
    ...(ask && { ask: { ...ask, question: put(['ask'], ask.question) } }),
    ...(goal !== undefined && { goal: put(['goal'], goal) }),
    ...('task' in step && step.task && { task: taskWith(step.task, put) }),
    hints: list('hints', hints),
    expect: claimsWith(step.expect, put),
    mistakes: mistakes.map((mistake, i) => ({ ...mistake, say: put(['mistakes', i], mistake.say) })),
    after: put(['after'], after),
  };
  return { ...step, ...told };
}

function taskWith(task: Task, put: Put): Task {
  return {
    ...task,
    title: put(['task', 'title'], task.title),
    goal: put(['task', 'goal'], task.goal),
    hints: task.hints.map((hint, i) => put(['task', 'hints', i], hint)),
  };
}

/** Only what an author claims in words of their own is counted. */
function claimsWith(expectations: readonly Expectation[], put: Put): Expectation[] {
  let place = 0;
  return expectations.map((one) =>
    one.claim === undefined ? one : { ...one, told: put(['claims', place++], one.claim) },
  );
}

function questionWith(question: Question, name: string, put: Put): Question {
  const { ask, options, wrong, because } = question;
  return {
    ...question,
    ask: put([name, 'ask'], ask),
    options: options.map((option, i) => put([name, 'options', i], option)),
    wrong: Object.fromEntries(
      Object.entries(wrong).map(([number, text]) => [number, put([name, 'wrong', number], text)]),
    ),
    because: put([name, 'because'], because),
  };
}

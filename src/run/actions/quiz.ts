/** A question of the lesson, and what the learner made of it. */
import type { QuizAsked } from '../../events/events.ts';
import { isRight } from '../../events/is-right.ts';
import type { Question, Step } from '../../scenario/schema.ts';
import type { ActionResult } from '../actors/actor.ts';
import type { Words } from '../../words/english.ts';
import type { Scene } from '../scene.ts';

/** @param answered absent where nobody was asked */
export function askedOf(
  step: string,
  question: Question,
  answered: Pick<QuizAsked, 'given' | 'tries'> = {},
): QuizAsked {
  const { ask, options, because } = question;
  return { type: 'quiz', step, ask, options, answer: answersOf(question), because, ...answered };
}

/** What is asked of whoever answers. */
export interface Asked extends Pick<QuizAsked, 'ask' | 'options'> {
  /** More than one option is right. */
  readonly several: boolean;
}

/** Whoever answers it. */
export interface Answerer {
  /** Indexes of the options chosen; undefined where they would rather see the answer. */
  answer(quiz: Asked): Promise<readonly number[] | undefined>;
  /** A short word that is no part of the lesson. */
  tell(text: string): void;
}

export async function askQuestion(
  { id, quiz }: Extract<Step, { quiz: unknown }>,
  scene: Scene,
  answerer: Answerer,
): Promise<ActionResult> {
  scene.emit(await questioned(id, quiz, answerer, scene.words));
  return {};
}

/** A wrong answer is told why it is wrong, and there is a second try. */
export async function questioned(
  step: string,
  question: Question,
  answerer: Answerer,
  words: Words,
): Promise<QuizAsked> {
  const answer = answersOf(question);
  const asked = askedWith(question);
  let given = await answerer.answer(asked);
  let tries = 1;
  if (given && !isRight({ given, answer }) && question.options.length > 2) {
    answerer.tell(whyWrong(given, question, words));
    given = await answerer.answer(asked);
    tries += 1;
  }
  return askedOf(step, question, given === undefined ? {} : { given, tries });
}

/** @returns what is told once the step has happened */
export async function askPrediction(step: string, question: Question, answerer: Answerer): Promise<QuizAsked> {
  const given = await answerer.answer(askedWith(question));
  return { ...askedOf(step, question, given && { given, tries: 1 }), prediction: true };
}

function askedWith({ ask, options, answer }: Question): Asked {
  return { ask, options, several: Array.isArray(answer) };
}

function answersOf({ answer }: Question): readonly number[] {
  return [answer].flat().map((number) => number - 1);
}

/** Of several, what is chosen and wrong is told first; else that something is missing. */
function whyWrong(given: readonly number[], question: Question, words: Words): string {
  const right = answersOf(question);
  const chosen = given.find((index) => !right.includes(index));
  if (chosen === undefined) return words.answer.notAll;
  return question.wrong[String(chosen + 1)] ?? words.answer.notThat;
}

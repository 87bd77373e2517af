/** A question of the lesson, and what the learner made of it. */
import type { QuizAsked } from '../../events/events.ts';
import type { Step } from '../../scenario/schema.ts';
import type { ActionResult } from '../actors/actor.ts';
import type { Scene } from '../scene.ts';

type QuizStep = Extract<Step, { quiz: unknown }>;

/** @param answered absent where nobody was asked */
export function askedOf(step: QuizStep, answered: Pick<QuizAsked, 'given' | 'tries'> = {}): QuizAsked {
  const { ask, options, answer, because } = step.quiz;
  return { type: 'quiz', step: step.id, ask, options, answer: answer - 1, because, ...answered };
}

/** Whoever answers it. */
export interface Answerer {
  /** Index of the option chosen; undefined where they would rather see the answer. */
  answer(quiz: Pick<QuizAsked, 'ask' | 'options'>): Promise<number | undefined>;
  /** A short word that is no part of the lesson. */
  tell(text: string): void;
}

/** A wrong answer is told why it is wrong, and there is a second try. */
export async function askQuestion(step: QuizStep, scene: Scene, answerer: Answerer): Promise<ActionResult> {
  const { ask, options, answer, wrong } = step.quiz;
  let given = await answerer.answer({ ask, options });
  let tries = 1;
  if (given !== undefined && given !== answer - 1 && options.length > 2) {
    answerer.tell(wrong[String(given + 1)] ?? 'Not that one. Look once more.');
    given = await answerer.answer({ ask, options });
    tries += 1;
  }
  scene.emit(askedOf(step, given === undefined ? {} : { given, tries }));
  return {};
}

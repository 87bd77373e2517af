/** A question of the lesson, and what the learner made of it. */
import type { QuizAsked } from '../../events/events.ts';
import type { Step } from '../../scenario/schema.ts';
import type { ActionResult } from '../actors/actor.ts';
import type { Scene } from '../scene.ts';

type QuizStep = Extract<Step, { quiz: unknown }>;

/** @param given index of the option that was chosen; absent where nobody was asked, or chose none */
export function askedOf(step: QuizStep, given?: number): QuizAsked {
  const { ask, options, answer, because } = step.quiz;
  return {
    type: 'quiz',
    step: step.id,
    ask,
    options,
    answer: answer - 1,
    because,
    ...(given !== undefined && { given }),
  };
}

/** Whoever answers it. */
export interface Answerer {
  /** Index of the option chosen; undefined where they would rather see the answer. */
  answer(quiz: Pick<QuizAsked, 'ask' | 'options'>): Promise<number | undefined>;
}

export async function askQuestion(step: QuizStep, scene: Scene, answerer: Answerer): Promise<ActionResult> {
  const { ask, options } = step.quiz;
  scene.emit(askedOf(step, await answerer.answer({ ask, options })));
  return {};
}

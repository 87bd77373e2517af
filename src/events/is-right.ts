/** Whether a question was answered. Pure. */
import type { QuizAsked } from './events.ts';

/** All that is right was chosen, and nothing else. */
export function isRight({
  given,
  answer,
}: Pick<QuizAsked, 'answer'> & { readonly given?: QuizAsked['given'] }): boolean {
  return given?.length === answer.length && answer.every((index) => given.includes(index));
}

/** Without a second try. */
export function isRightAtOnce(quiz: Pick<QuizAsked, 'answer' | 'given' | 'tries'>): boolean {
  return isRight(quiz) && (quiz.tries ?? 1) === 1;
}

/** Which questions of earlier lessons come back at the end of another. Pure. */
import type { Question, Step } from '../scenario/schema.ts';

/** A question of a lesson that was finished before. */
export interface EarlierQuestion {
  readonly lesson: string;
  readonly step: string;
  readonly question: Question;
  /** When it was asked last, ISO 8601; where that is not known, when its lesson was done. */
  readonly seen: string;
  /** It was answered otherwise at the first try. */
  readonly wrong: boolean;
}

/** The question of a step: its own, or the prediction that is made before it. */
export function questionOf(step: Step): Question | undefined {
  return 'quiz' in step ? step.quiz : step.predict;
}

/** At most `most`: those that were answered wrong first, then those not seen for longest. */
export function comingBack<Q extends EarlierQuestion>(questions: readonly Q[], most: number): readonly Q[] {
  return [...questions]
    .sort((one, other) => Number(other.wrong) - Number(one.wrong) || order(one.seen, other.seen))
    .slice(0, most);
}

function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

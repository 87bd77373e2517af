/** Whoever does a step. How its action comes about is the actor's own affair: a run looks at what came of it. */
import type { StepOutcome } from '../../check/check.ts';
import type { Feedback, Needed } from '../../events/events.ts';
import type { Failure } from '../../failure.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { Step } from '../../scenario/schema.ts';
import type { Answerer } from '../actions/quiz.ts';
import type { Scene } from '../scene.ts';

export interface Actor {
  /** What is told of a step before it happens: why it is done, or the goal alone. */
  readonly tells: 'why' | 'goal';
  /** The learner works in a terminal of their own: what they make there carries no label. */
  readonly elsewhere?: true;
  /** After the last step, before what the run has made is removed. */
  ending?(scene: Scene, began: Inventory): Promise<void>;
  /** Asked before a step that wants a prediction. Absent: nobody is there to make one. */
  readonly answerer?: Answerer;
  /** Does what the step asks, once. @throws Failure for what the step cannot go on from; the signal's reason */
  act(step: Step, scene: Scene): Promise<Turn>;
  /** After a turn that has not brought the step about. Absent: nobody is there to try again, and the step has failed. */
  failed?(turn: FailedTurn, scene: Scene): Promise<Next>;
  /** What it took, once the step has passed. */
  needed?(): Pick<Needed, 'hints' | 'solution'>;
  /** After the introduction, and after a finished step. */
  pause(at: { readonly hasCommand: boolean }): Promise<'next' | Leave>;
}

/** `quit` ends the run, and what it made is removed; `keep` ends it, and leaves that. */
export type Leave = 'quit' | 'keep';

/** A step is done, or left. */
export type Turn = ActionResult | { readonly leave: 'skip' | Leave };

/** Now: act once more, look once more at what is there, or leave the step. */
export type Next = 'act' | 'check' | 'skip' | Leave;

export interface FailedTurn {
  readonly step: Step;
  /** The learner only looked around: nothing has gone wrong. */
  readonly looked: boolean;
  /** What stood in the way, where it was more than a check. */
  readonly failure?: Failure | undefined;
}

/** What an action came to. */
export interface ActionResult {
  /** What the last command, or the request, printed and ended with; checks look at it. */
  readonly outcome?: StepOutcome | undefined;
  /** What the engine refused on the way. A check may expect it; where one fails, it is the likely cause. */
  readonly refusal?: Failure | undefined;
  /** A command that failed before the last one: the rest of the list was not run, and the step has failed. */
  readonly cutShort?: Failure | undefined;
  /** How the learner came there, where they went a way of their own. */
  readonly own?: OwnWay | undefined;
}

export interface OwnWay {
  /** Longest that a check waits: `3s`. Absent: as the lesson has it. */
  readonly within?: string | undefined;
  /** Where the step is not done, what is told of its checks: of a look around nothing, of another way the first that does not hold. */
  readonly tells: 'all' | 'first' | 'nothing';
  /** It was done elsewhere: what was printed there nobody knows, and is not looked at. */
  readonly elsewhere?: true;
  /**
   * Some commands of the step were performed, and others are to come, so what was kept excuses nothing. Nothing is wrong yet,
   * unless its last was performed before them: `last-first`.
   */
  readonly partly?: 'on-the-way' | 'last-first';
  /** The step is a question, and is not answered yet: whatever holds, it is not done. */
  readonly unanswered?: true;
  /** What is to be said of it where the step is not done. */
  readonly feedback: readonly Feedback[];
  /** The lines that led here, where they are not those of the lesson. */
  readonly otherWay?: readonly string[] | undefined;
}

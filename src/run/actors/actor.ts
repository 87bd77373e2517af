/** Whoever does a step. How its action comes about is the actor's own affair: a run looks at what came of it. */
import type { StepOutcome } from '../../check/check.ts';
import type { Failure } from '../../failure.ts';
import type { Step } from '../../scenario/schema.ts';
import type { Scene } from '../scene.ts';

export interface Actor {
  /** Does what the step asks for. @throws Failure for what the step cannot go on from; the signal's reason */
  act(step: Step, scene: Scene): Promise<ActionResult>;
  /** After the introduction, and after a finished step. `quit` ends the run: what it made is removed, exit code 0. */
  pause(step: { readonly hasCommand: boolean }): Promise<'next' | 'quit'>;
}

/** What an action came to. */
export interface ActionResult {
  /** What the last command, or the request, printed and ended with; checks look at it. */
  readonly outcome?: StepOutcome;
  /** What the engine refused on the way. A check may expect it; where one fails, it is the likely cause. */
  readonly refusal?: Failure | undefined;
  /** A command that failed before the last one: the rest of the list was not run, and the step has failed. */
  readonly cutShort?: Failure | undefined;
}

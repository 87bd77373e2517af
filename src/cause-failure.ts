/** A cause of the catalogue as a Failure: code, sentence, arguments, evidence. */
import { Failure } from './failure.ts';
import { catalogue } from './causes/catalogue.ts';
import type { CauseId } from './causes/catalogue.ts';
import { fill } from './causes/cause.ts';
import type { Args } from './causes/cause.ts';

export interface CauseFacts {
  /** What the cause's sentences are filled with; redacted. */
  readonly args?: Args;
  /** What was seen; redacted. */
  readonly evidence?: readonly string[];
  /** The fix for this case, before those of the catalogue. */
  readonly hints?: readonly string[];
  readonly cause?: unknown;
}

/** The message is the cause's title; explanation and fixes wait for diagnose(), which knows the machine. */
export function causeFailure(id: CauseId, { args = {}, evidence = [], hints = [], cause }: CauseFacts = {}): Failure {
  const { title, exitCode } = catalogue[id];
  return new Failure(fill(title, args), {
    code: id,
    args,
    evidence,
    hints,
    exitCode,
    ...(cause !== undefined && { cause }),
  });
}

/** What the docker CLI prints when the engine says no, and how it goes on. */
import { ask, complain, nameCause } from './ask.ts';
import { EngineError } from '../api/request.ts';
import type { Request } from '../api/request.ts';
import { Stopped } from './effects.ts';
import type { Plan } from './effects.ts';

/** `Error response from daemon: …`, as the docker CLI words it; bare, where it came in a stream or the CLI stopped by itself. */
export function wordsOf(error: EngineError | Stopped): string {
  return error instanceof EngineError && error.status !== 200
    ? `Error response from daemon: ${error.message}`
    : error.message;
}

/** Runs the plan; a refusal ends it with its words on stderr and exit code 1. */
export function* endingOnRefusal(plan: Plan): Plan {
  try {
    return yield* plan;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    yield* say(error);
    return error instanceof Stopped ? error.exitCode : 1;
  }
}

/** Does the same for each operand, goes on after a refusal, and ends with 1 if there was one (`docker rm a b`). */
export function* forEachOperand(operands: readonly string[], one: (operand: string) => Plan<void>): Plan {
  let exitCode = 0;
  for (const operand of operands) {
    try {
      yield* one(operand);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      yield* say(error);
      exitCode = 1;
    }
  }
  return exitCode;
}

/**
 * Removes a thing. Of one that is not there `--force` tells as docker does, and it is no failure.
 * @param assumed the answer where the engine is not asked
 * @returns what the engine answered; undefined where it was not there
 */
export function* removedFrom<T>(
  remove: Request,
  force: boolean | undefined,
  assumed: T,
): Plan<{ readonly body: T } | undefined> {
  const { status, body } = yield* ask<T>(remove, assumed, force ? [404] : []);
  if (status !== 404) return { body };
  const { message = '' } = (body ?? {}) as { readonly message?: string };
  yield* complain(`Error response from daemon: ${message}\n`);
  return undefined;
}

function* say(error: EngineError | Stopped): Plan<void> {
  yield* complain(`${wordsOf(error)}\n`);
  yield* nameCauseOf(error);
}

/** What the engine refuses is named by whoever performs the plan. */
export function* nameCauseOf(error: EngineError | Stopped): Plan<void> {
  if (error instanceof Stopped && error.named) yield* nameCause(error.named);
}

export function isRefusal(error: unknown): error is EngineError | Stopped {
  return error instanceof EngineError || error instanceof Stopped;
}

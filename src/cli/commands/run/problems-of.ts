/** Causes in words, loaded when there is one. */
import type { Problem } from '../../../events/events.ts';
import type { Failure } from '../../../failure.ts';

/** Of a run of what was asked for: the ways out name it. */
export function problemsOf(asked: readonly string[]): (failure: Failure, step?: string) => Promise<Problem> {
  return async (failure, step) => {
    const [{ problemEvent }, { quote }] = await Promise.all([
      import('../../../report/problem.ts'),
      import('../../../command/shell/quote.ts'),
    ]);
    const scenarios = asked.length > 0 && { scenarios: asked.map(quote).join(' ') };
    return problemEvent(failure, { ...(step !== undefined && { step }), ...scenarios });
  };
}

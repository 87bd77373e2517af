/** Progress of compose where stderr is no terminal: a line each time something changes its state. */
import { complain } from '../../plan/ask.ts';
import type { Plan } from '../../plan/effects.ts';

/** ` Container shop-web-1  Created` */
export function* tell(thing: string, state: string): Plan<void> {
  yield* complain(` ${thing}  ${state}\n`);
}

/** Says that it begins, does it, says that it is done. */
export function* telling<R>(thing: string, [begins, ends]: readonly [string, string], work: Plan<R>): Plan<R> {
  yield* tell(thing, begins);
  const result = yield* work;
  yield* tell(thing, ends);
  return result;
}

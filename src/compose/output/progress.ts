/** Progress of compose where stderr is no terminal: a line each time something changes its state. */
import { complain } from '../../plan/ask.ts';
import type { Plan } from '../../plan/effects.ts';

/** ` Container shop-web-1  Created` */
export function* tell(thing: string, state: string): Plan<void> {
  yield* complain(` ${thing}  ${state}\n`);
}

/** No other line of compose begins with a blank. */
export function isProgress(text: string): boolean {
  return text.startsWith(' ');
}

/** Says that it begins, does it, says that it is done. */
export function* telling<R>(thing: string, [begins, ends]: readonly [string, string], work: Plan<R>): Plan<R> {
  yield* tell(thing, begins);
  const result = yield* work;
  yield* tell(thing, ends);
  return result;
}

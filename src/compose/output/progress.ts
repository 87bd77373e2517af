/** Progress of compose where stderr is no terminal: a line each time something changes its state. */
import { complain } from '../../plan/ask.ts';
import { isRefusal } from '../../plan/daemon-errors.ts';
import type { Plan } from '../../plan/effects.ts';

/** ` Container shop-web-1  Created` @param text what is between them, which most have not */
export function* tell(thing: string, state: string, text = ''): Plan<void> {
  yield* complain(` ${thing} ${text} ${state}\n`);
}

/** No other line of compose begins with a blank. */
export function isProgress(text: string): boolean {
  return text.startsWith(' ');
}

/** Says that it begins, does it, says that it is done, or what it failed at where compose says that. */
export function* telling<R>(
  thing: string,
  [begins, ends, failed]: readonly [string, string, string?],
  work: Plan<R>,
): Plan<R> {
  yield* tell(thing, begins);
  try {
    const result = yield* work;
    yield* tell(thing, ends);
    return result;
  } catch (error) {
    if (failed !== undefined && isRefusal(error)) yield* tell(thing, failed);
    throw error;
  }
}

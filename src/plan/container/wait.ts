/** docker wait. */
import { print } from '../ask.ts';
import { exitCodeOf, waitFor } from './streams/session.ts';
import { saying } from './lifecycle.ts';
import { EngineError } from '../../api/request.ts';
import type { Plan } from '../effects.ts';

/** One after the other, in the order written; prints each exit code as it is known. */
export function* waitForContainers({ operands }: { readonly operands: readonly string[] }): Plan {
  const refused: EngineError[] = [];
  for (const name of operands) {
    try {
      const code = yield* exitCodeOf(yield* waitFor(name));
      yield* print(`${String(code)}\n`);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      refused.push(error);
    }
  }
  return yield* saying(refused);
}

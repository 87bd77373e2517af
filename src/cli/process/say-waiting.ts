/** Says on stderr what of the engine is waited for, where no report does. */
import type { Wait } from '../../engine/engine.ts';

export function sayWaiting({ for: what, limitMs }: Wait): void {
  void import('../../report/words.ts').then(({ waitingWords }) => {
    process.stderr.write(`${waitingWords({ for: what, ...(limitMs !== Infinity && { limitMs }) })}\n`);
  });
}

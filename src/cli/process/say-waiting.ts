/** Says on stderr what is waited for, where no report does. */
import type { Wait } from '../../waits/waits.ts';

export function sayWaiting({ for: what, limitMs }: Wait): void {
  void import('../../report/words.ts').then(({ waitingWords }) => {
    process.stderr.write(`${waitingWords({ for: what, ...(limitMs !== Infinity && { limitMs }) })}\n`);
  });
}

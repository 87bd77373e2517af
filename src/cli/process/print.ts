/** An answer on stdout, printed as a whole. */
import { writeSync } from 'node:fs';
import { unwritable } from './unwritable.ts';

let waits = false;

/** @throws Failure where nobody reads it */
export function print(text: string): void {
  let rest = Buffer.from(text);
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw unwritable(error as NodeJS.ErrnoException);
    // a full pipe that does not wait, as whoever shares it may have set it
    // whoever read it may go away meanwhile
    process.stdout.once('error', () => process.exit(130));
    process.stdout.write(rest);
    waits = true;
  }
}

/** Whether all that was printed is out. */
export function isPrinted(): boolean {
  return !waits;
}

/** The keyboard of whoever started the command. */
import { stopEverything } from './interrupt.ts';

let heard = false;

/** Its terminal may be gone at any moment. Nothing can be read from it or set on it then: that is an interruption. */
export function openKeyboard(): NodeJS.ReadStream {
  if (!heard) process.stdin.on('error', stopEverything);
  heard = true;
  return process.stdin;
}

/** The keyboard of whoever started the command. */
import { stopEverything } from '../process/interrupt.ts';

let heard = false;

/** Of readline, when it sets a terminal that is gone: it throws where its user has no listener for errors. */
export function terminalIsGone(error: unknown): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return code === 'EIO' && syscall === 'setRawMode';
}

/** Its terminal may be gone at any moment. Nothing can be read from it or set on it then: that is an interruption. */
export function openKeyboard(): NodeJS.ReadStream {
  if (!heard) process.stdin.on('error', stopEverything);
  heard = true;
  return process.stdin;
}

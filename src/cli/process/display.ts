/** What stdout can show, for an answer that is printed as a whole. */
import { fstatSync } from 'node:fs';
import { displayOf, type Display } from '../../terminal/display.ts';

export function displayOfStdout(): Display {
  const { env, platform } = process;
  return displayOf({ env, platform, stdout: isTerminal() ? process.stdout : {} });
}

function isTerminal(): boolean {
  return mayBeTerminal() && process.stdout.isTTY;
}

/** Opening process.stdout loads streams and sockets: as much again as all of `list`. A file or pipe is no terminal. */
function mayBeTerminal(): boolean {
  try {
    return fstatSync(1).isCharacterDevice();
  } catch {
    // closed before we began
    return false;
  }
}

/** A user without a home, as in many containers. */
import { homedir } from 'node:os';

/**
 * Whom the system does not know, and who has no HOME, is at home in /, as container runtimes have it. All that asks for
 * the home folder, also programs that are started, finds it from now on.
 */
export function settleHome(): void {
  // an empty one is none, and node would answer with it
  delete process.env['HOME'];
  try {
    homedir();
  } catch {
    process.env['HOME'] = '/';
  }
}

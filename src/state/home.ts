/** Where docker-tutor keeps what must outlive a process. */
import { isAbsolute, join, resolve } from 'node:path';
import envPaths from 'env-paths';

/**
 * DOCKER_TUTOR_HOME, else below XDG_STATE_HOME where that is set, else the folder for application data of this system. It need
 * not exist yet.
 */
export function stateFolder(env: Readonly<Record<string, string | undefined>>): string {
  const chosen = env['DOCKER_TUTOR_HOME'];
  // set to nothing counts as not set
  if (chosen) return resolve(chosen);
  const states = env['XDG_STATE_HOME'];
  // one that is relative is to be ignored: XDG Base Directory Specification
  if (states && isAbsolute(states)) return join(states, 'docker-tutor');
  return resolve(envPaths('docker-tutor', { suffix: '' }).data);
}

/** The folder of the journals, one file a run. */
export function journalFolder(env: Readonly<Record<string, string | undefined>>): string {
  return join(stateFolder(env), 'runs');
}

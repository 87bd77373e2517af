/** Where docker-tutor keeps what must outlive a process. */
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';

/** DOCKER_TUTOR_HOME, or the folder for application data of this system. It need not exist yet. */
export function stateFolder(env: Readonly<Record<string, string | undefined>>): string {
  const chosen = env['DOCKER_TUTOR_HOME'];
  // set to nothing counts as not set
  if (chosen) return resolve(chosen);
  return resolve(envPaths('docker-tutor', { suffix: '' }).data);
}

/** The folder of the journals, one file a run. */
export function journalFolder(env: Readonly<Record<string, string | undefined>>): string {
  return join(stateFolder(env), 'runs');
}

/** A path with its links followed, as far as it exists: what comes after the last part that is there stays as it is written. */
import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const above = dirname(path);
    // a part that does not exist, or may not be read, is made or refused by the engine; the folder it is in counts
    return above === path ? path : join(realPath(above), basename(path));
  }
}

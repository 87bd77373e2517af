/** A path with its links followed, as far as it exists: what comes after the last part that is there stays as it is written. */
import { readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** As many as Linux follows; a ring of links leads nowhere. */
const mostLinks = 40;

export function realPath(path: string, links = mostLinks): string {
  try {
    return realpathSync(path);
  } catch {
    const above = dirname(path);
    if (above === path) return path;
    // a part that does not exist, or may not be read, is made or refused by the engine; the folder it is in counts
    const folder = realPath(above, links);
    const target = links > 0 ? targetOf(path) : undefined;
    // who writes to a link makes what it leads to
    return target === undefined ? join(folder, basename(path)) : realPath(resolve(folder, target), links - 1);
  }
}

function targetOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

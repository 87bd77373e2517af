/** What is at the path of a socket that did not let us in, as arguments of its cause. */
import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname } from 'node:path';
import type { Args } from '../../causes/cause.ts';

/**
 * `stands`: `folder` or `file`, where no socket is at the path. Of a socket `owner`, `group` and `mode`, and `opens`: `group`
 * where its group may use it. `closed`: a folder on the way that this user may not enter.
 */
export function socketPathArgs(path: string): Args {
  const found = statOf(path);
  if (!found) {
    const closed = closedFolder(path);
    return closed === undefined ? {} : { closed };
  }
  if (found.isDirectory()) return { stands: 'folder' };
  if (!found.isSocket()) return { stands: 'file' };
  const group = nameOf(found.gid, '/etc/group');
  return {
    owner: nameOf(found.uid, '/etc/passwd'),
    group,
    mode: (found.mode & 0o777).toString(8).padStart(3, '0'),
    opens: (found.mode & 0o060) === 0o060 && group !== 'root' ? 'group' : 'nobody else',
  };
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    // not there, or the way to it is closed
    return undefined;
  }
}

/** The first on the way, from the root. */
function closedFolder(path: string): string | undefined {
  const folder = dirname(path);
  const above = folder === path ? undefined : closedFolder(folder);
  if (above !== undefined || folder === path) return above;
  try {
    accessSync(folder, constants.X_OK);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? folder : undefined;
  }
}

/** As the files of the system name it, else the number. */
function nameOf(id: number, file: string): string {
  try {
    const line = readFileSync(file, 'utf8')
      .split('\n')
      .find((entry) => entry.split(':')[2] === String(id));
    return line?.split(':')[0] ?? String(id);
  } catch {
    // a system that keeps its users elsewhere
    return String(id);
  }
}

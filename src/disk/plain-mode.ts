/** Of a mode, what git keeps: whether it may be run. The rest is the umask of whoever made the file. */
import { chmod, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Everybody may read it, its owner may write: so it is the same in every image that it is copied into. */
export function plainMode(mode: number): number {
  return mode & 0o100 ? 0o755 : 0o644;
}

/** All that is below a folder; links are left alone. */
export async function makePlain(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) await chmod(path, plainMode((await stat(path)).mode));
    else if (entry.isDirectory()) await chmod(path, 0o755);
  }
}

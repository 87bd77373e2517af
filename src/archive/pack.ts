/** A tar of a local file or folder, for docker cp. */
import { lstat, open, readdir, readlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { addFile, firstName, tarOf } from './tar.ts';
import type { Filling } from './tar.ts';

/**
 * @param as name of the top entry in the archive; `.` puts the contents of a folder at its top
 * @param tell called with the bytes of each piece
 */
export async function packPath(path: string, as: string, tell: (bytes: number) => void): Promise<Readable> {
  const seen = new Map<string, string>();
  return tarOf((filling) => add(filling, resolve(path), as, seen), tell);
}

async function add(filling: Filling, path: string, name: string, seen: Map<string, string>): Promise<void> {
  const { archive, closed } = filling;
  if (closed.aborted) return;
  const stats = await lstat(path);
  const { mode, mtime, uid, gid } = stats;
  const header = { name, mode: mode & 0o7777, mtime, uid, gid };
  if (stats.isDirectory()) {
    archive.entry({ ...header, name: `${name}/`, type: 'directory' });
    for (const child of (await readdir(path)).sort()) await add(filling, join(path, child), `${name}/${child}`, seen);
  } else if (stats.isSymbolicLink()) {
    archive.entry({ ...header, type: 'symlink', linkname: await readlink(path) });
  } else if (stats.isFile()) {
    const first = firstName(stats, name, seen);
    if (first !== undefined) archive.entry({ ...header, type: 'link', linkname: first });
    else await addFile(filling, await open(path), header, `${path} became shorter while it was read`);
  }
  // sockets, pipes and devices have no content to copy
}

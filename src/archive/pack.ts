/** A tar of a local file or folder, for docker cp. */
import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { holdIn, holdItself, openHeld } from '../disk/held.ts';
import type { Bounds, Held } from '../disk/held.ts';
import { Stopped } from '../plan/effects.ts';
import { codeOf } from './context-entries.ts';
import { modeAndTime, specialHeader } from './file-header.ts';
import { addFile, firstName, tarOf } from './tar.ts';
import type { Filling } from './tar.ts';

/**
 * @param as name of the top entry in the archive; `.` puts the contents of a folder at its top
 * @param tell called with the bytes of each piece
 * @param bounds in which it must be; absent: anywhere
 */
export async function packPath(
  path: string,
  as: string,
  tell: (bytes: number) => void,
  bounds?: Bounds,
): Promise<Readable> {
  const seen = new Map<string, string>();
  return tarOf(async (filling) => {
    try {
      const held = await holdItself(resolve(path), bounds);
      await add(filling, held, as, seen).finally(() => held.close());
    } catch (error) {
      throw unreadable(error, path);
    }
  }, tell);
}

function unreadable(error: unknown, path: string): unknown {
  const code = codeOf(error) ?? '';
  if (code === 'EACCES') return new Stopped(`cannot read all of ${path}: permission denied`);
  const isGone = ['ENOENT', 'ENOTDIR', 'EINVAL', 'ELOOP'].includes(code);
  return isGone ? new Stopped(`${path} changed while it was read`) : error;
}

async function add(filling: Filling, held: Held, name: string, seen: Map<string, string>): Promise<void> {
  const { archive, closed } = filling;
  if (closed.aborted) return;
  const { stats, link } = held;
  const { uid, gid } = stats;
  const header = { name, ...modeAndTime(stats), uid, gid };
  if (stats.isDirectory()) {
    archive.entry({ ...header, name: `${name}/`, type: 'directory' });
    for (const child of (await readdir(held.path)).sort()) {
      const inner = await holdIn(held, child);
      await add(filling, inner, `${name}/${child}`, seen).finally(() => inner.close());
    }
  } else if (link !== undefined) {
    archive.entry({ ...header, type: 'symlink', linkname: link });
  } else if (stats.isFile()) {
    const first = firstName(stats, name, seen);
    if (first !== undefined) archive.entry({ ...header, type: 'link', linkname: first });
    else await addFile(filling, await openHeld(held), header, `${held.real} became shorter while it was read`);
  } else {
    const special = specialHeader(stats);
    if (special) archive.entry({ ...header, ...special });
  }
}

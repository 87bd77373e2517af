/** What a local path leads to, for commands that copy from or to it. */
import { lstat, realpath, stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import type { Effect, LocalThing } from '../../plan/effects.ts';
import { Stopped } from '../../plan/effects.ts';
import type { World } from '../world.ts';

export async function lookAt(
  { path, follow }: Extract<Effect, { do: 'look' }>,
  world: World,
): Promise<LocalThing | undefined> {
  const absolute = resolve(world.cwd, path);
  try {
    const found = await (follow ? stat(absolute) : lstat(absolute));
    const kind = found.isDirectory() ? 'folder' : found.isFile() ? 'file' : found.isSymbolicLink() ? 'link' : 'other';
    // with slashes everywhere: plans take paths apart
    return { kind, path: (follow ? await realpath(absolute) : absolute).replaceAll(sep, '/') };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new Stopped(`lstat ${absolute}: ${code === 'EACCES' ? 'permission denied' : String(error)}`);
  }
}

/** What stands in a folder, as a listing tells: no file is read, no link followed. */
import { lchown, lstat, readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface FolderState {
  /** Equal where nothing has come, gone, been written or been given to somebody else. */
  readonly text: string;
  /** Folders in it, by their path below it. */
  readonly folders: ReadonlySet<string>;
  /** Whose each thing in it is, by its path below it. */
  readonly owners: ReadonlyMap<string, Owner>;
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** @param besides paths that are not looked at */
export async function folderState(folder: string, besides: readonly string[] = []): Promise<FolderState> {
  const paths = (await readdir(folder, { recursive: true })).filter((path) => !besides.includes(path)).sort();
  const folders = new Set<string>();
  const owners = new Map<string, Owner>();
  const lines = await Promise.all(
    paths.map(async (path) => {
      const found = await lstat(join(folder, path), { bigint: true }).catch(() => undefined);
      if (found === undefined) return path;
      const { uid, gid, mode, ino, size, mtimeNs } = found;
      owners.set(path, { uid: Number(uid), gid: Number(gid) });
      const rights = `${path} ${String(uid)}:${String(gid)} ${String(mode)}`;
      if (!found.isDirectory()) return `${rights} ${String(ino)} ${String(size)} ${String(mtimeNs)}`;
      folders.add(path);
      return rights;
    }),
  );
  return { text: lines.join('\n'), folders, owners };
}

/** What was there belongs again to whom it belonged, where this user may say so: a container may have given it away. */
export async function withOwnersOf(folder: string, before: FolderState): Promise<void> {
  const { owners } = await folderState(folder);
  for (const [path, { uid, gid }] of owners) {
    const was = before.owners.get(path);
    if (was && (was.uid !== uid || was.gid !== gid))
      await lchown(join(folder, path), was.uid, was.gid).catch(() => undefined);
  }
}

/** Removes the folders that were not there, as far as they are empty: docker makes one for a mount that names none. */
export async function withoutNewFolders(folder: string, before: FolderState): Promise<void> {
  const { folders } = await folderState(folder);
  // the innermost first
  for (const path of [...folders].filter((one) => !before.folders.has(one)).sort((a, b) => b.length - a.length))
    await rmdir(join(folder, path)).catch(() => undefined);
}

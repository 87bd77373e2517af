/** What is in a workspace at one moment, as far as its listing tells: no file is read, no link followed. */
import { lstat, readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface FolderState {
  /** Equal where nothing has come, gone or been written. */
  readonly text: string;
  /** Folders in it, by their path below it. */
  readonly folders: ReadonlySet<string>;
}

/** @param besides paths that are not looked at */
export async function folderState(folder: string, besides: readonly string[] = []): Promise<FolderState> {
  const paths = (await readdir(folder, { recursive: true })).filter((path) => !besides.includes(path)).sort();
  const folders = new Set<string>();
  const lines = await Promise.all(
    paths.map(async (path) => {
      const found = await lstat(join(folder, path), { bigint: true }).catch(() => undefined);
      if (found?.isDirectory() === true) {
        folders.add(path);
        return path;
      }
      return `${path} ${String(found?.ino)} ${String(found?.size)} ${String(found?.mtimeNs)} ${String(found?.mode)}`;
    }),
  );
  return { text: lines.join('\n'), folders };
}

/** Removes the folders that were not there, as far as they are empty: docker makes one for a mount that names none. */
export async function withoutNewFolders(folder: string, before: FolderState): Promise<void> {
  const { folders } = await folderState(folder);
  // the innermost first
  for (const path of [...folders].filter((one) => !before.folders.has(one)).sort((a, b) => b.length - a.length))
    await rmdir(join(folder, path)).catch(() => undefined);
}

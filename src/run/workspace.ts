/** A fresh folder for a run: the scenario's files are copied into it, and it is removed with the run. */
import { cp } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makePlain } from '../disk/plain-mode.ts';
import { temporaryFolderFailure } from '../state/places.ts';
import { makeTemporaryFolder } from '../state/temporary-folder.ts';

export interface Workspace {
  readonly folder: string;
  /** @returns why it stays, where it does */
  readonly remove: () => string | undefined;
}

export interface WorkspaceWish {
  readonly scenario: string;
  /** Folder that it is made in. Default: the temporary folder. */
  readonly parent?: string;
  /** Folder whose content the workspace starts with. */
  readonly files: string | undefined;
  /** What the things of the scenario are labelled with: the workspace is written down as this run's. */
  readonly label: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** @throws Failure E-TEMP-FOLDER, E-STATE-FOLDER */
export async function makeWorkspace({ scenario, parent, files, label, env }: WorkspaceWish): Promise<Workspace> {
  const { path: folder, remove } = makeTemporaryFolder({
    env,
    stem: `docker-tutor-${scenario}`,
    run: label,
    ...(parent !== undefined && { parent }),
  });
  try {
    // a link between its files must not lead back to where they came from
    if (files !== undefined) {
      await cp(files, folder, { recursive: true, verbatimSymlinks: true });
      await makePlain(folder);
    }
  } catch (cause) {
    remove();
    throw temporaryFolderFailure(dirname(folder), cause);
  }
  return { folder, remove };
}

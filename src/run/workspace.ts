/** A fresh folder for a run: the scenario's files are copied into it, and it is removed with the run. */
import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Workspace {
  readonly folder: string;
  remove(): Promise<void>;
}

/** @param files folder whose content the workspace starts with. */
export async function makeWorkspace(scenario: string, files: string | undefined): Promise<Workspace> {
  // the real path: an engine does not follow the links of a temporary folder in bind mounts
  const folder = await mkdtemp(join(await realpath(tmpdir()), `docker-tutor-${scenario}-`));
  // a link between its files must not lead back to where they came from
  if (files !== undefined) await cp(files, folder, { recursive: true, verbatimSymlinks: true });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A fresh folder for a run: the scenario's files are copied into it, and it is removed with the run. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Workspace {
  readonly folder: string;
  remove(): void;
}

/** @param files folder whose content the workspace starts with. */
export async function makeWorkspace(scenario: string, files: string | undefined): Promise<Workspace> {
  // the real path: an engine does not follow the links of a temporary folder in bind mounts
  const folder = mkdtempSync(join(realpathSync(tmpdir()), `docker-tutor-${scenario}-`));
  // a link between its files must not lead back to where they came from
  if (files !== undefined) await cp(files, folder, { recursive: true, verbatimSymlinks: true });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** What a scenario that is not shipped brings along, for the look at its commands before anything runs. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Brought } from './precheck.ts';

/** Bytes. No Compose file or list of variables is as large. */
const largest = 256 * 1024;

/** @param files folder whose content the workspace starts with */
export async function broughtBy(files: string | undefined): Promise<Brought> {
  const { composePlan } = await import('../compose/plans.ts');
  return { compose: composePlan, file: (path) => (files === undefined ? undefined : textOf(join(files, path))) };
}

function textOf(path: string): string | undefined {
  try {
    return statSync(path).size <= largest ? readFileSync(path, 'utf8') : undefined;
  } catch {
    // not there, or a folder
    return undefined;
  }
}

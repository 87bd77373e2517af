/** What a bind mount of the workspace really holds: the engine may mount a folder of the same name on another machine. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { posix, sep } from 'node:path';
import type { ContainerSeen } from '../facets/container.ts';
import type { LookContext } from '../look.ts';

/** How many entries of a folder are looked for: one would tell, if it is not by chance on both sides. */
const most = 3;

export interface Missing {
  /** Where it is mounted. */
  readonly target: string;
  /** What is in the folder here, and not there. */
  readonly name: string;
}

/** @returns the first that is missing at one of these targets; undefined where all is there, or nothing of the workspace is mounted */
export async function missingIn(
  seen: ContainerSeen,
  targets: readonly string[],
  { ask, workspace }: LookContext,
): Promise<Missing | undefined> {
  const base = await realpath(workspace).catch(() => workspace);
  for (const { Type, Source = '', Destination = '' } of seen.Mounts ?? []) {
    const ours = Type === 'bind' && targets.includes(Destination) && (Source === base || Source.startsWith(base + sep));
    if (!ours) continue;
    for (const name of await entriesOf(Source)) {
      const path = posix.join(Destination, name);
      const { status } = await ask({ method: 'HEAD', path: `/containers/${seen.Id}/archive`, query: { path } });
      if (status === 404) return { target: Destination, name: name === '' ? posix.basename(Source) : name };
    }
  }
  return undefined;
}

/** Of a file '', which is the target itself; none where there is nothing to read. */
async function entriesOf(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return [];
  return found.isDirectory() ? (await readdir(path)).slice(0, most) : [''];
}

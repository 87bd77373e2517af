/** The file that docker save and docker export write: docker looks for its folder before it asks the engine. */
import { look } from './ask.ts';
import { parentOf } from './container/files/paths.ts';
import { Stopped } from './effects.ts';
import type { Plan } from './effects.ts';

/** @param failing what docker says then: `failed to save image` @throws Stopped where its folder is not there */
export function* assertFolderOf(output: string, failing: string): Plan<void> {
  const folder = parentOf(output);
  if (yield* look(folder, true, { kind: 'folder', path: folder })) return;
  throw new Stopped(`${failing}: invalid output path: stat ${folder}: no such file or directory`);
}

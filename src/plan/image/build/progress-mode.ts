/** How the progress of a build is told, as `--progress` and BUILDKIT_PROGRESS name it. */
import { Stopped } from '../../effects.ts';

const modes = ['auto', 'none', 'plain', 'quiet', 'tty'] as const;

export type ProgressMode = (typeof modes)[number];

/** @throws Stopped for one that docker does not know, or that is not told here */
export function progressMode(written: string | undefined): ProgressMode {
  if (written === undefined || written === '') return 'auto';
  const found = modes.find((mode) => mode === written);
  if (found !== undefined) return found;
  if (written === 'rawjson') throw new Stopped('docker-tutor does not print the progress as rawjson: take plain');
  throw new Stopped(`ERROR: invalid progress mode ${written}`);
}

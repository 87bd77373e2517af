/** Whether dist is older than what it is made of. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { dist, metafilePath, root } from './paths.mjs';

const sources = ['src', 'build', 'scenarios', 'package.json'];

/** @returns {boolean} */
export function isStale() {
  if (!existsSync(join(dist, 'start.js'))) return true;
  const built = statSync(metafilePath, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return sources.some((path) => newest(join(root, path)) > built);
}

/**
 * @param {string} path a file or a folder
 * @returns {number} time of the last change in it, milliseconds since 1970
 */
function newest(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found?.mtimeMs ?? 0;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

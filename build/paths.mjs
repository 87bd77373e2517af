/** Where the build reads and writes. */
import { fileURLToPath } from 'node:url';

/** @param {string} path from the top of the project */
const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export const root = at('');
export const dist = at('dist/');
/** Inside node_modules, so that what is built there finds the packages it imports. */
export const cache = at('node_modules/.cache/docker-tutor/');
/** What the build made, for tests of what each command loads; written last, so its age is the build's. Not shipped. */
export const metafilePath = at('node_modules/.cache/docker-tutor/metafile.json');
export const unusedPackage = at('build/loader/unused-package.cjs');

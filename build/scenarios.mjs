/** scenarios/ → dist/scenarios/: validated here, so that nothing need be at run time; and the JSON Schema for editors. */
import { build } from 'esbuild';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cache, dist, root } from './paths.mjs';

/** @returns {Promise<readonly string[]>} the files written */
export async function shipScenarios() {
  const outfile = join(cache, 'compile-scenarios.mjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['src/scenario/compile.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'warning',
  });
  /** @type {typeof import('../src/scenario/compile.ts')} */
  const { compileScenarios } = await import(pathToFileURL(outfile).href);
  return compileScenarios(join(root, 'scenarios'), join(dist, 'scenarios'));
}

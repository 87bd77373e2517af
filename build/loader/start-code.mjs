/** start.ts → dist/start.js, for one build. */
import { createHash } from 'node:crypto';
import { build } from 'esbuild';
import { root } from '../paths.mjs';

/**
 * @param {readonly import('./packs.mjs').Part[]} parts
 * @param {boolean} atOnce parts run when they are required, not when something of them is read
 * @returns {Promise<string>}
 */
export async function startCode(parts, atOnce) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['build/loader/start.ts'],
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.17',
    minify: true,
    define: { BUILD: JSON.stringify(idOf(parts)), AT_ONCE: String(atOnce) },
    write: false,
    logLevel: 'warning',
  });
  return outputFiles.map(({ text }) => text).join('');
}

/**
 * The same for the same code only.
 * @param {readonly import('./packs.mjs').Part[]} parts
 */
function idOf(parts) {
  const hash = createHash('sha256');
  for (const { name, code } of [...parts].sort((a, b) => (a.name < b.name ? -1 : 1))) hash.update(`${name}\n${code}\n`);
  return hash.digest('hex').slice(0, 16);
}

/**
 * Source → dist. `node build/build.mjs` checks the types too; `--no-types` only bundles; `--if-stale` does nothing
 * where dist is up to date. dist holds what is shipped (source maps aside), and is never half there: start.js comes last.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundle } from './bundle.mjs';
import { licencesOf } from './licences.mjs';
import { dist, metafilePath, root } from './paths.mjs';
import { shipScenarios } from './scenarios.mjs';
import { isStale } from './stale.mjs';

const start = join(dist, 'start.js');

async function buildAll() {
  const types = process.argv.includes('--no-types') ? Promise.resolve() : checkTypes();
  const [{ files, metafile }, scenarios] = await Promise.all([bundle(), shipScenarios()]);
  const texts = [
    { path: join(dist, 'THIRD-PARTY-LICENSES'), contents: licencesOf(metafile) },
    { path: join(dist, 'package.json'), contents: '{ "type": "commonjs" }\n' },
  ];
  const startLast = [...texts, ...files].sort((a, b) => Number(a.path === start) - Number(b.path === start));
  for (const file of startLast) write(file.path, file.contents);
  removeOthers(new Set([...scenarios, ...startLast.map((file) => file.path)]));
  await types;
  write(metafilePath, JSON.stringify(metafile));
}

/**
 * @param {string} path
 * @param {string | Uint8Array} contents
 */
function write(path, contents) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}

/** @param {Set<string>} kept what this build made; chunks of an earlier one go, and what was compiled of them */
function removeOthers(kept) {
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !kept.has(path)) rmSync(path);
  }
}

/**
 * Runs tsc; rejects where it finds an error, after it has said which.
 * @returns {Promise<void>}
 */
function checkTypes() {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const child = spawn(process.execPath, [tsc, '-p', root], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`tsc found errors (exit code ${String(code)}).`));
    });
  });
}

if (!process.argv.includes('--if-stale') || isStale()) {
  try {
    await buildAll();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

/** The licences of every package whose code is inside the bundle: THIRD-PARTY-LICENSES. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const rule = `\n${'─'.repeat(72)}\n`;

/**
 * @param {import('esbuild').Metafile} metafile
 * @returns {string} one section a package, by name
 */
export function licencesOf(metafile) {
  const folders = new Set(bundledInputs(metafile).flatMap(packageFolder));
  const sections = [...folders].sort().map(section);
  const head = 'docker-tutor contains code of these packages. Each keeps its own licence.\n';
  return [head, ...sections].join(rule);
}

/** @param {import('esbuild').Metafile} metafile */
function bundledInputs(metafile) {
  const outputs = Object.values(metafile.outputs);
  return outputs.flatMap((output) => Object.keys(output.inputs).filter((path) => output.inputs[path]?.bytesInOutput));
}

/**
 * `node_modules/a/node_modules/@b/c/lib/x.js` → `node_modules/a/node_modules/@b/c`.
 * @param {string} path
 */
function packageFolder(path) {
  const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
  return found?.[1] === undefined ? [] : [found[1]];
}

/** @param {string} folder */
function section(folder) {
  const at = join(root, folder);
  const about = packageFacts(join(at, 'package.json'));
  const files = readdirSync(at).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name));
  const texts = files.sort().map((name) => readFileSync(join(at, name), 'utf8').trim());
  const title = `${about.name} ${about.version} · ${about.license ?? 'licence not stated'}`;
  return [title, ...(texts.length > 0 ? texts : ['The package ships no licence text.'])].join('\n\n') + '\n';
}

/**
 * @param {string} path
 * @returns what is said of a package
 */
function packageFacts(path) {
  return /** @type {{ name: string, version: string, license?: string }} */ (JSON.parse(readFileSync(path, 'utf8')));
}

/**
 * What each piece of build/loader/ is worth: the same program, built without it, started in turn with the whole.
 *   npm run bench -- --loader
 */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundle, chunks } from '../build/bundle.mjs';
import { cache, dist } from '../build/paths.mjs';
import { measure } from './measure.mjs';

const top = join(cache, 'bench-loader');

/** @typedef {{ name: string, start: string }} Variant `start`: the script that node is given */

/**
 * @param {string} folder of the variant
 * @param {readonly { path: string, contents: string | Uint8Array }[]} files
 */
function write(folder, files) {
  for (const { path, contents } of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  }
  cpSync(join(dist, 'scenarios'), join(folder, 'scenarios'), { recursive: true });
}

/**
 * @param {string} name
 * @param {import('../build/bundle.mjs').How} how
 * @param {boolean} [keeps] whether compiled code can be kept
 * @returns {Promise<Variant>}
 */
async function ours(name, how, keeps = true) {
  const folder = join(top, name.replaceAll(/\W+/g, '-'), 'dist');
  const { files } = await bundle({ ...how, folder });
  write(folder, [...files, { path: join(folder, 'package.json'), contents: '{ "type": "commonjs" }\n' }]);
  if (!keeps) writeFileSync(join(folder, 'compiled'), 'in the way');
  return { name, start: join(folder, 'start.js') };
}

/**
 * What esbuild has made, run by node itself.
 * @param {string} name
 * @param {boolean} splitting else one file
 * @returns {Promise<Variant>}
 */
async function plain(name, splitting) {
  const folder = join(top, name.replaceAll(/\W+/g, '-'), 'dist');
  const { outputFiles } = await chunks(folder, { splitting, banner: { js: requireOfModules } });
  const files = outputFiles.filter(({ path }) => path.endsWith('.js'));
  write(folder, [...files, { path: join(folder, 'package.json'), contents: '{ "type": "module" }\n' }]);
  return { name, start: join(folder, 'main.js') };
}

/** CommonJS packages inside an ES module require what is node's. */
const requireOfModules =
  "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);";

const line = 'docker run -d -p 5000:5000 -e KEY=v flask-docker-demo';
const commands = [['--version'], ['list'], ['explain', line]];

/** @param {number} rounds */
export async function benchLoader(rounds) {
  rmSync(top, { recursive: true, force: true });
  const variants = [
    await ours('as it is shipped', {}),
    await ours('no compiled code kept', {}, false),
    await ours('each part runs when it is required', { atOnce: true }),
    await ours('no packs: each chunk a file', { packs: false }),
    await plain('esbuild’s chunks, loaded by node', true),
    await plain('one file, loaded by node', false),
  ];
  const bareNode = { name: 'node -e 0', file: process.execPath, args: ['-e', '0'] };
  const subjects = commands.flatMap((args) =>
    variants.map(({ name, start }) => ({ name, file: process.execPath, args: [start, ...args] })),
  );
  // what is kept grows over the first starts
  measure(subjects, 4);
  const [, ...measured] = measure([bareNode, ...subjects], rounds);
  return variants.map(({ name }, row) => [
    name,
    ...commands.map((_, column) => (measured[column * variants.length + row]?.ratio ?? 0).toFixed(2)),
  ]);
}

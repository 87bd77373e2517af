/**
 * Loads the files of dist, and keeps what V8 has compiled of them in dist/compiled, one file a command: compiling is
 * half of what a command costs at its start. Node's own compile cache does the like, from 22.1 on.
 *
 * A kept file is: the length of the index (uint32, little-endian), the index (JSON, name → [offset, length]), the code.
 * What V8 refuses, because it was not compiled by just this V8 from just this text, is compiled and written anew.
 */
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

/**
 * What a file of dist is: CommonJS in a function (build/bundle.mjs).
 * @typedef {(exports: object, require: (id: string) => unknown, module: { exports: object }, file: string, folder: string) => void} Run
 */

/**
 * @param {string} dist folder
 * @param {string} main file in it
 * @param {string} command first word of the command line
 */
exports.load = function load(dist, main, command) {
  // a file's name: nothing else may become one
  const isCommand = /^[a-z]{1,12}$/.test(command);
  const keptAt = join(dist, 'compiled', `${process.version}-${process.arch}`, command);
  const kept = isCommand ? readKept(keptAt) : new Map();
  /** @type {Map<string, { exports: object }>} */
  const modules = new Map();
  /** @type {Map<string, Script>} */
  const scripts = new Map();
  let isNews = false;

  /** @param {string} name its path from dist, as the bundler writes it: with slashes, and no dots */
  function requireFile(name) {
    const known = modules.get(name);
    if (known) return known.exports;
    const module = { exports: {} };
    modules.set(name, module);
    const path = `${dist}/${name}`;
    const cachedData = /** @type {Buffer | undefined} */ (kept.get(name));
    // the bundle is ASCII: esbuild writes everything else as escapes
    const script = new Script(readFileSync(path, 'latin1'), { filename: path, ...(cachedData && { cachedData }) });
    if (!cachedData || script.cachedDataRejected) isNews = true;
    scripts.set(name, script);
    const folder = name.slice(0, name.lastIndexOf('/') + 1);
    /** @param {string} id */
    const requireFrom = (id) => (id.startsWith('./') ? requireFile(folder + id.slice(2)) : require(id));
    const run = /** @type {Run} */ (script.runInThisContext());
    run(module.exports, requireFrom, module, path, `${dist}/${folder}`);
    return module.exports;
  }

  process.once('exit', (exitCode) => {
    if (!isCommand || !isNews || exitCode !== 0) return;
    const compiled = [...scripts].map(([name, script]) => [name, script.createCachedData()]);
    // with other options the command loads other files: theirs stay
    keep(keptAt, new Map([...kept, .../** @type {[string, Buffer][]} */ (compiled)]));
  });
  requireFile(main);
};

/**
 * @param {string} path
 * @returns {Map<string, Buffer>} compiled code by the name of its file
 */
function readKept(path) {
  /** @type {Map<string, Buffer>} */
  const kept = new Map();
  try {
    const bytes = readFileSync(path);
    const start = 4 + bytes.readUInt32LE(0);
    /** @type {Record<string, [number, number]>} */
    const index = JSON.parse(bytes.toString('utf8', 4, start));
    for (const [name, [offset, length]] of Object.entries(index)) {
      kept.set(name, bytes.subarray(start + offset, start + offset + length));
    }
  } catch {
    // never kept, or unreadable: the text is compiled
  }
  return kept;
}

/**
 * @param {string} path
 * @param {ReadonlyMap<string, Buffer>} compiled code by the name of its file
 */
function keep(path, compiled) {
  /** @type {Record<string, [number, number]>} */
  const index = {};
  let offset = 0;
  for (const [name, code] of compiled) {
    index[name] = [offset, code.length];
    offset += code.length;
  }
  const head = Buffer.from(JSON.stringify(index));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const unfinished = `${path}.${String(process.pid)}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(unfinished, Buffer.concat([length, head, ...compiled.values()]));
    renameSync(unfinished, path);
  } catch {
    // installed where this user may not write: the next start compiles again
  }
}

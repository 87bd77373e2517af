#!/usr/bin/env node
/**
 * Loads the files of dist, and keeps what V8 has compiled of them in dist/compiled, one file a command: compiling is
 * half of what a command costs at its start. Node's own compile cache does the like, from 22.1 on.
 *
 * A kept file is: the length of the index (uint32, little-endian), the index (JSON, name → [offset, length]), the code.
 * What V8 refuses, because it was not compiled by just this V8 from just this text, is compiled and written anew.
 */
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

/**
 * A part of the program: CommonJS in a function.
 * @typedef {(exports: object, require: (id: string) => unknown, module: { exports: object }, file: string, folder: string) => void} Part
 */
/**
 * What a file of dist is (build/packs.mjs).
 * @typedef {object} Pack
 * @property {Record<string, Part>} parts by their name, a path from dist with slashes
 * @property {Record<string, string>} [packs] in main.js: the file of each part that is not in the file of its name
 */

/**
 * @param {string} dist folder
 * @param {string} command first word of the command line
 */
function load(dist, command) {
  // a file's name: nothing else may become one
  const isCommand = /^[a-z]{1,12}$/.test(command);
  const keptAt = join(dist, 'compiled', `${process.version}-${process.arch}`, command);
  const kept = isCommand ? readKept(keptAt) : new Map();
  /** @type {Map<string, { exports: object }>} */
  const modules = new Map();
  /** @type {Map<string, Script>} */
  const scripts = new Map();
  /** @type {Record<string, Part>} */
  const parts = {};
  let isNews = false;

  /** @param {string} file @returns {Pack} */
  function open(file) {
    const path = `${dist}/${file}`;
    const cachedData = /** @type {Buffer | undefined} */ (kept.get(file));
    // the bundle is ASCII: esbuild writes everything else as escapes
    const script = new Script(readFileSync(path, 'latin1'), { filename: path, ...(cachedData && { cachedData }) });
    if (!cachedData || script.cachedDataRejected) isNews = true;
    scripts.set(file, script);
    const pack = /** @type {Pack} */ (script.runInThisContext());
    Object.assign(parts, pack.parts);
    return pack;
  }

  /** @param {string} name */
  function requirePart(name) {
    const known = modules.get(name);
    if (known) return known.exports;
    const module = { exports: {} };
    modules.set(name, module);
    if (!parts[name]) open(packs[name] ?? name);
    const folder = name.slice(0, name.lastIndexOf('/') + 1);
    /** @param {string} id */
    const requireFrom = (id) => (id.startsWith('./') ? requirePart(folder + id.slice(2)) : require(id));
    parts[name]?.(module.exports, requireFrom, module, `${dist}/${name}`, `${dist}/${folder}`);
    return module.exports;
  }

  process.once('exit', (exitCode) => {
    if (!isCommand || !isNews || exitCode !== 0) return;
    const compiled = [...scripts].map(([file, script]) => [file, script.createCachedData()]);
    // with other options the command loads other files: theirs stay
    keep(keptAt, new Map([...kept, .../** @type {[string, Buffer][]} */ (compiled)]));
  });
  const { packs = {} } = open('main.js');
  requirePart('main.js');
}

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

const dist = join(__dirname, '../dist');

if (existsSync(join(dist, 'main.js'))) {
  load(dist, process.argv[2] ?? '');
} else {
  process.stderr.write('docker-tutor is not built yet: run `npm run build` in its folder.\n');
  process.exitCode = 1;
}

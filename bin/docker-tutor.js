#!/usr/bin/env node
/**
 * Loads the files of dist, and keeps what V8 has compiled of them in dist/compiled, a folder a command: compiling is
 * half of what a command costs at its start. Node's own compile cache does the like, from 22.1 on.
 * What V8 refuses, because it was not compiled by just this V8 from just this text, is compiled and written anew.
 */
const { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('node:fs');
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
  const kept = isCommand ? `${dist}/compiled/${process.version}-${process.arch}/${command}` : undefined;
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
    const cachedData = kept && readKept(`${kept}/${file}`);
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
    if (!kept || exitCode !== 0 || !(isNews || isTimeToAdd(kept))) return;
    for (const [file, script] of scripts) keep(`${kept}/${file}`, script.createCachedData());
  });
  const { packs = {} } = open('main.js');
  requirePart('main.js');
}

/** @param {string} path */
function readKept(path) {
  try {
    return readFileSync(path);
  } catch {
    // never kept, or unreadable: the text is compiled
    return undefined;
  }
}

/**
 * Other words run other functions: what is compiled for them is added at the 2nd start, the 3rd, the 5th, the 9th…
 * @param {string} folder of the command
 */
function isTimeToAdd(folder) {
  const starts = `${folder}/starts`;
  try {
    appendFileSync(starts, '.');
    return Number.isInteger(Math.log2(statSync(starts).size));
  } catch {
    return false;
  }
}

/**
 * @param {string} path
 * @param {Buffer} compiled
 */
function keep(path, compiled) {
  const unfinished = `${path}.${String(process.pid)}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(unfinished, compiled);
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

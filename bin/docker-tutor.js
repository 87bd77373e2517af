#!/usr/bin/env node
/**
 * Loads the files of dist, and keeps what V8 has compiled of them in dist/compiled, a folder a command: compiling is
 * half of what a command costs at its start. Node's own compile cache does the like, from 22.1 on.
 * V8 refuses what another V8 has compiled; of the text it compares the length only, so each build keeps its own.
 */
const {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

/**
 * @callback Later what a part imports, from its first use on
 * @param {() => unknown} load
 * @returns {() => unknown}
 */
/**
 * A part of the program: CommonJS in a function.
 * @typedef {(exports: object, require: (id: string) => unknown, module: { exports: object }, file: string, folder: string, later: Later) => void} Part
 */
/**
 * What a file of dist is (build/packs.mjs).
 * @typedef {object} Pack
 * @property {string} [build] in main.js: what no two builds have in common
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
  const main = readFileSync(`${dist}/main.js`, 'latin1');
  const build = /^\(\{build:"(\w+)"/.exec(main)?.[1];
  const kept =
    isCommand && build ? `${dist}/compiled/${process.version}-${process.arch}-${build}/${command}` : undefined;
  /** @type {Map<string, { exports: object }>} */
  const modules = new Map();
  /** @type {Map<string, Script>} */
  const scripts = new Map();
  /** @type {Record<string, Part>} */
  const parts = {};
  let isNews = false;

  /** @param {string} file @param {string} [text] where it was read already @returns {Pack} */
  function open(file, text) {
    const path = `${dist}/${file}`;
    const cachedData = kept && readKept(`${kept}/${file}`);
    // the bundle is ASCII: esbuild writes everything else as escapes
    const source = text ?? readFileSync(path, 'latin1');
    const script = new Script(source, { filename: path, ...(cachedData && { cachedData }) });
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
    if (!parts[name]) open(packs[name] ?? name);
    const part = parts[name];
    if (!part) throw new Error(`${dist} is not whole, or of two builds: ${name} is not in it.`);
    const module = { exports: {} };
    modules.set(name, module);
    const folder = name.slice(0, name.lastIndexOf('/') + 1);
    /** @param {string} id */
    const requireFrom = (id) => (id.startsWith('./') ? requirePart(folder + id.slice(2)) : require(id));
    part(module.exports, requireFrom, module, `${dist}/${name}`, `${dist}/${folder}`, later);
    return module.exports;
  }

  process.once('exit', (exitCode) => {
    if (!kept || exitCode !== 0 || !canKeep(kept) || !(isNews || isTimeToAdd(kept))) return;
    for (const [file, script] of scripts) keep(`${kept}/${file}`, script.createCachedData());
  });
  const { packs = {} } = open('main.js', main);
  requirePart('main.js');
}

/** @type {Later} */
function later(load) {
  /** @type {{ it: unknown } | undefined} */
  let loaded;
  return () => (loaded ??= { it: load() }).it;
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
  return Number.isInteger(Math.log2(statSync(`${folder}/starts`).size - 1));
}

/**
 * Not where it is installed so that this user may not write: then each start compiles.
 * @param {string} folder of the command
 */
function canKeep(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    appendFileSync(`${folder}/starts`, '.');
    return true;
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
    // a full disk: the next start compiles again
    rmSync(unfinished, { force: true });
  }
}

const dist = join(__dirname, '../dist');

if (existsSync(join(dist, 'main.js'))) {
  load(dist, process.argv[2] ?? '');
} else {
  process.stderr.write('docker-tutor is not built yet: run `npm run build` in its folder.\n');
  process.exitCode = 1;
}

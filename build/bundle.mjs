/** src/cli/process/main.ts and all it can load, with nothing left to install at run time. */
import { join, relative, sep } from 'node:path';
import { build, transform } from 'esbuild';
import { packed, packsOf } from './packs.mjs';
import { dist, root, unusedPackage } from './paths.mjs';

/** Loaded by dockerode at its start, and never used by us: 86 of the 112 ms that loading it takes (Node 20). */
export const neverUsed = ['@grpc/grpc-js', '@grpc/proto-loader', 'protobufjs', 'ssh2', 'cpu-features', 'tar-fs'];

/**
 * docker-modem puts every request through util.inspect for its debug log, also where nothing is logged:
 * 200 of the 480 ms of processor time of a first lesson (Node 20). Its debug log is not used here.
 * @type {import('esbuild').Plugin}
 */
const quietModem = {
  name: 'quiet-modem',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(util|debug)$/ }, ({ importer, path }) =>
      /docker-modem[\\/]lib[\\/]modem\.js$/.test(importer) ? { path, namespace: 'quiet-modem' } : undefined,
    );
    onLoad({ filter: /^util$/, namespace: 'quiet-modem' }, () => ({ contents: "exports.inspect = () => '';" }));
    onLoad({ filter: /^debug$/, namespace: 'quiet-modem' }, () => ({ contents: 'module.exports = () => () => {};' }));
  },
};

/**
 * Of dockerode its transport is used: its containers, images and so on are methods in front of the same requests.
 * @type {import('esbuild').Plugin}
 */
const transportAlone = {
  name: 'transport-alone',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/[a-z]+$/ }, ({ importer }) =>
      /node_modules[\\/]dockerode[\\/]lib[\\/]docker\.js$/.test(importer) ? { path: unusedPackage } : undefined,
    );
  },
};

/**
 * Of node's own modules, dockerode loads these at its start for engines behind TLS, for archives and for BuildKit's
 * sessions: 5 ms of every lesson, of which most need none. They load when they are used.
 * @type {import('esbuild').Plugin}
 */
const laterBuiltins = {
  name: 'later-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(https|zlib|crypto)$/ }, ({ importer, path }) =>
      /node_modules[\\/](docker-modem|dockerode)[\\/]lib[\\/]/.test(importer)
        ? { path, namespace: 'later-builtins' }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'later-builtins' }, ({ path }) => ({
      contents: `module.exports = new Proxy({}, { get: (_, name) => require('node:${path}')[name] });`,
    }));
  },
};

/**
 * commander loads it for subcommands that are programs of their own, which ours are not: 3 ms of every start.
 * @type {import('esbuild').Plugin}
 */
const commanderAlone = {
  name: 'commander-alone',
  setup({ onResolve }) {
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      /node_modules[\\/]commander[\\/]/.test(importer) ? { path: unusedPackage } : undefined,
    );
  },
};

/**
 * Importing `process` as a module reads every property of it, and so opens all three standard streams: 4 ms of every
 * start. As a global it opens what is used.
 * @type {import('esbuild').Plugin}
 */
const globalProcess = {
  name: 'global-process',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?process$/ }, () => ({ path: 'process', namespace: 'global-process' }));
    onLoad({ filter: /.*/, namespace: 'global-process' }, () => ({ contents: 'module.exports = globalThis.process;' }));
  },
};

/** @returns the files, not yet written, and esbuild's account of what is in them */
export async function bundle() {
  const result = await build({
    absWorkingDir: root,
    entryPoints: { main: 'src/cli/process/main.ts' },
    outdir: dist,
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20.17',
    minify: true,
    sourcemap: 'external',
    legalComments: 'none',
    metafile: true,
    write: false,
    inject: [join(root, 'build/clock.mjs')],
    define: { 'import.meta.dirname': '__dirname' },
    alias: Object.fromEntries(neverUsed.map((name) => [name, unusedPackage])),
    plugins: [quietModem, transportAlone, laterBuiltins, commanderAlone, globalProcess],
    logLevel: 'warning',
  });
  const maps = new Map(result.outputFiles.map(({ path, text }) => [path, text]));
  const code = result.outputFiles.filter(({ path }) => path.endsWith('.js'));
  const parts = await Promise.all(code.map(({ path, text }) => asCommonJs(path, text, maps.get(`${path}.map`) ?? '')));
  const packs = new Map(
    [...packsOf(result.metafile.outputs)].map(([path, pack]) => [fromDist(join(root, path)), pack]),
  );
  const files = packed(parts, packs).map(({ path, contents }) => ({ path: join(dist, path), contents }));
  return { files, metafile: result.metafile };
}

/**
 * esbuild splits ES modules only, and only CommonJS can be loaded from compiled code that was kept (bin/docker-tutor.js).
 * @param {string} path
 * @param {string} text
 * @param {string} mapSoFar
 * @returns {Promise<import('./packs.mjs').Part>} the same in CommonJS; its source map is not shipped: it leads from the stack of a bug report to the source
 */
async function asCommonJs(path, text, mapSoFar) {
  const withMap = `${text}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(mapSoFar).toString('base64')}`;
  const commonJs = await transform(withMap, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.17',
    supported: { 'dynamic-import': false },
    sourcemap: 'inline',
    sourcefile: path,
  });
  const { code, map } = await transform(whenUsed(commonJs.code), {
    format: 'cjs',
    platform: 'node',
    target: 'node20.17',
    minifyWhitespace: true,
    minifyIdentifiers: true,
    sourcemap: 'external',
    sourcefile: path,
  });
  return { name: fromDist(path), code, map };
}

/**
 * What is imported is loaded when it is used for the first time: a command uses half of what its modules import.
 * Importing a module of ours, or of our packages, does nothing by itself.
 * @param {string} code as esbuild writes CommonJS: `var import_fs = require("node:fs");`, then `import_fs.name`
 */
function whenUsed(code) {
  const imported = /^var (import_\w+) = ((?:__toESM\()?require\("[^"]+"\)(?:(?:, 1)?\))?);$/gm;
  const names = [...code.matchAll(imported)].map(([, name]) => name);
  if (names.length === 0) return code;
  return code
    .replace(new RegExp(`(?<!var )\\b(${names.join('|')})\\b`, 'g'), '($1())')
    .replace(imported, 'var $1 = __later(() => $2);');
}

/** @param {string} path */
function fromDist(path) {
  return relative(dist, path).split(sep).join('/');
}

/** src/cli/process/main.ts and all it can load, with nothing left to install at run time. */
import { join, relative, sep } from 'node:path';
import { build } from 'esbuild';
import { asCommonJs } from './loader/common-js.mjs';
import { apart, packed, packsOf } from './loader/packs.mjs';
import { startCode } from './loader/start-code.mjs';
import { dist, root, unusedPackage } from './paths.mjs';

/** Loaded by dockerode at its start, and never used by us: 86 of the 112 ms that loading it takes (Node 20). */
export const neverUsed = ['@grpc/grpc-js', '@grpc/proto-loader', 'protobufjs', 'ssh2', 'cpu-features', 'tar-fs'];

/** What inquirer opens an editor with, to guess how its text is encoded: nobody is asked for a text of that length here. */
const editorsOwn = ['iconv-lite', 'chardet'];

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

/**
 * @typedef {object} How where it differs from dist
 * @property {string} [folder] where the files will be
 * @property {Record<string, string>} [sources] what can be required by name beside main.js, for tests of what is built
 * @property {boolean} [packs] false: each chunk is a file, for the benchmark
 * @property {boolean} [atOnce] each part runs when it is required, for the benchmark
 */
/**
 * @typedef {object} Bundle
 * @property {{ path: string, contents: string }[]} files not yet written
 * @property {import('esbuild').Metafile} metafile esbuild's account of what is in them
 * @property {import('./loader/packs.mjs').Packs} packs
 */

/** Of a module that is to lie apart esbuild makes an entry too, which hands on what the chunk exports. Nobody opens it. */
const facades = 'facades/';

/**
 * @param {How} [how]
 * @returns {Promise<Bundle>}
 */
export async function bundle({ folder = dist, sources = {}, packs: wantsPacks = true, atOnce = false } = {}) {
  const { outputFiles, metafile } = await chunks(folder, {
    entryPoints: {
      main: 'src/cli/process/main.ts',
      ...Object.fromEntries(apart.names.map((name) => [`${facades}${name}`, `${apart.folder}${name}.ts`])),
      ...sources,
    },
    define: { 'import.meta.dirname': '__dirname' },
  });
  /** @param {string} path */
  const nameOf = (path) => relative(folder, path).split(sep).join('/');
  const maps = new Map(outputFiles.map(({ path, text }) => [path, text]));
  const code = outputFiles.filter(({ path }) => path.endsWith('.js') && !nameOf(path).startsWith(facades));
  const parts = await Promise.all(
    code.map(async ({ path, text }) => ({
      name: nameOf(path),
      ...(await asCommonJs(path, text, maps.get(`${path}.map`) ?? '')),
    })),
  );
  const packs = new Map(
    wantsPacks ? [...packsOf(metafile.outputs)].map(([path, pack]) => [nameOf(join(root, path)), pack]) : [],
  );
  const files = [...packed(parts, packs), { path: 'start.js', contents: await startCode(parts, atOnce) }];
  return { files: files.map(({ path, contents }) => ({ path: join(folder, path), contents })), metafile, packs };
}

/**
 * ES modules as esbuild makes them, not yet written.
 * @param {string} outdir
 * @param {import('esbuild').BuildOptions} [options] where they differ
 */
export function chunks(outdir, options) {
  return build({
    absWorkingDir: root,
    entryPoints: { main: 'src/cli/process/main.ts' },
    outdir,
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20.17',
    minify: true,
    sourcemap: 'external',
    legalComments: 'none',
    alias: Object.fromEntries([...neverUsed, ...editorsOwn].map((name) => [name, unusedPackage])),
    plugins: [quietModem, transportAlone, laterBuiltins, commanderAlone, globalProcess],
    logLevel: 'warning',
    ...options,
    metafile: true,
    write: false,
  });
}

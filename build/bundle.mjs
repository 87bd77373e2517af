/** src/cli/main.ts and all it can load, one chunk a command, with nothing left to install at run time. */
import { build } from 'esbuild';
import { dist, root, unusedPackage } from './paths.mjs';

/** Loaded by dockerode at its start, and never used by us: 86 of the 112 ms that loading it takes (Node 20). */
const neverUsed = ['@grpc/grpc-js', '@grpc/proto-loader', 'protobufjs', 'ssh2', 'cpu-features'];

/** Gives bundled CommonJS its `require` of node's own modules; an ESM file has none. */
const requireForCommonJs =
  "import{createRequire as dockerTutorRequire}from'node:module';const require=dockerTutorRequire(import.meta.url);";

/**
 * docker-modem puts every request through util.inspect for its debug log, also where nothing is logged:
 * 200 of the 480 ms of processor time of a first lesson (Node 20). Its debug log is not used here.
 * @type {import('esbuild').Plugin}
 */
const quietModem = {
  name: 'quiet-modem',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^util$/ }, ({ importer }) =>
      /docker-modem[\\/]lib[\\/]modem\.js$/.test(importer) ? { path: 'util', namespace: 'quiet-modem' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'quiet-modem' }, () => ({ contents: "exports.inspect = () => '';" }));
  },
};

/** @returns the files, not yet written, and esbuild's account of what is in them */
export async function bundle() {
  const result = await build({
    absWorkingDir: root,
    entryPoints: { main: 'src/cli/main.ts' },
    outdir: dist,
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20.17',
    minify: true,
    // Not shipped: they lead from the stack of a bug report back to the source.
    sourcemap: 'external',
    legalComments: 'none',
    metafile: true,
    write: false,
    banner: { js: requireForCommonJs },
    alias: Object.fromEntries(neverUsed.map((name) => [name, unusedPackage])),
    plugins: [quietModem],
    logLevel: 'warning',
  });
  return { files: result.outputFiles, metafile: result.metafile };
}

/** esbuild splits ES modules only, and V8's compiled code can be kept of scripts only: what it made becomes CommonJS. */
import { transform } from 'esbuild';

/**
 * @param {string} sourcefile
 * @param {string} text an ES module, minified
 * @param {string} mapSoFar
 * @returns {Promise<{ code: string, map: string }>} the same in CommonJS; its source map is not shipped: it leads from the stack of a bug report to the source
 */
export function asCommonJs(sourcefile, text, mapSoFar) {
  const withMap = `${text}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(mapSoFar).toString('base64')}`;
  return transform(withMap, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.17',
    supported: { 'dynamic-import': false },
    minifyWhitespace: true,
    minifyIdentifiers: true,
    sourcemap: 'external',
    sourcefile,
  });
}

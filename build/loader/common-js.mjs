/** esbuild splits ES modules only, and V8's compiled code can be kept of scripts only: what it made becomes CommonJS. */
import { transform } from 'esbuild';

/**
 * @param {string} sourcefile
 * @param {string} text an ES module, minified
 * @param {string} mapSoFar
 * @returns {Promise<{ code: string, map: string }>} the same in CommonJS; its source map is not shipped: it leads from the stack of a bug report to the source
 */
export async function asCommonJs(sourcefile, text, mapSoFar) {
  const withMap = `${text}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(mapSoFar).toString('base64')}`;
  const { code, map } = await transform(withMap, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.17',
    supported: { 'dynamic-import': false },
    minifyWhitespace: true,
    minifyIdentifiers: true,
    sourcemap: 'external',
    sourcefile,
  });
  return { code: inAscii(code), map };
}

/**
 * What esbuild leaves beyond ASCII stands in regular expressions, where an escape means the same. A file of ASCII alone is
 * one byte a sign for V8 too: read and compiled in a third of the time.
 * @param {string} code
 */
function inAscii(code) {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

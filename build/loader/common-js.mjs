/** esbuild splits ES modules only, and V8's compiled code can be kept of scripts only: what it made becomes CommonJS. */
import { transform } from 'esbuild';

/** Parameters of a part: what CommonJS has, and esbuild's helpers of these names, of which program.ts has one for all. */
const given = ['exports', 'require', 'module', '__filename', '__dirname', '__export', '__toCommonJS', '__toESM'];

/**
 * @param {string} sourcefile
 * @param {string} text an ES module, minified
 * @param {string} mapSoFar
 * @returns {Promise<{ code: string, map: string }>} a function; its source map is not shipped: it leads from the stack of a bug report to the source
 */
export async function asCommonJs(sourcefile, text, mapSoFar) {
  const made = await transform(withMap(text, mapSoFar), { ...toCommonJs, sourcemap: 'external', sourcefile });
  const part = `(function(${given.join()}){\n${await withoutHelpers(made.code)}})`;
  const { code, map } = await transform(withMap(part, aLineLater(made.map)), {
    target,
    minifyWhitespace: true,
    minifyIdentifiers: true,
    sourcemap: 'external',
    sourcefile,
  });
  return { code: inAscii(code.replace(/^\(|\);\s*$/g, ' ')), map };
}

const target = 'node20.17';
/** @type {import('esbuild').TransformOptions} */
const toCommonJs = {
  format: 'cjs',
  platform: 'node',
  target,
  supported: { 'dynamic-import': false },
  minifyWhitespace: true,
};

/** @type {Promise<readonly RegExp[]> | undefined} */
let known;

/**
 * esbuild begins each file with the helpers that it uses: half a kilobyte a part, and a copy of all that a part exports.
 * @param {string} code
 * @returns {Promise<string>} blanks in their place, since the source map counts signs
 */
async function withoutHelpers(code) {
  let without = code;
  for (const helper of await (known ??= helpers()))
    without = without.replace(helper, (found) => ' '.repeat(found.length));
  const [left] = /^\s*var __.{0,300}/.exec(without) ?? [];
  if (left) throw new Error(`esbuild has a helper that build/loader/common-js.mjs does not know: ${left.trim()}`);
  return without;
}

/** As esbuild writes them where all are needed; a name within one has a number where the file has the name too. */
async function helpers() {
  const { code } = await transform("import a from 'node:os'; export const b = a;", toCommonJs);
  const each = code.slice(0, code.search(/var \w+_exports=/)).split(/(?=var __)/);
  const within = /\b(?:target|all|name|to|from|except|desc|key|mod|isNodeMode)\b/g;
  return each.map((helper) => new RegExp(helper.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(within, '$&\\d*')));
}

/**
 * @param {string} code
 * @param {string} map
 */
function withMap(code, map) {
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`;
}

/** @param {string} map */
function aLineLater(map) {
  const read = /** @type {{ mappings: string }} */ (JSON.parse(map));
  return JSON.stringify({ ...read, mappings: `;${read.mappings}` });
}

/**
 * What esbuild leaves beyond ASCII stands in regular expressions, where an escape means the same. A file of ASCII alone is
 * one byte a sign for V8 too: read and compiled in a third of the time.
 * @param {string} code
 */
function inAscii(code) {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

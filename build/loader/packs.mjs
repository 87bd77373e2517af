/**
 * What a command most often loads is shipped in few files: opening one and starting its script takes longer than reading
 * text that is not needed. esbuild makes a chunk for each set of imports that need it, a hundred for one run.
 */

/** What a command loads for most of what it is asked, by the name of the pack: most loaded first; `…/` is all of a folder. What it imports goes with it. */
const always = {
  main: [
    'src/cli/process/main.ts',
    'src/cli/commands/list.ts',
    'src/cli/process/answer.ts',
    'src/cli/process/display.ts',
    'src/state/progress.ts',
    'src/terminal/style.ts',
    'src/report/answers/list.ts',
    'src/scenario/catalogue.ts',
    'src/plan/effects.ts',
  ],
  explain: ['src/cli/commands/explain/explain.ts', 'src/plan/container/run.ts'],
  // until the engine is asked
  run: [
    'src/cli/process/run-to-end.ts',
    'src/cli/commands/run/run.ts',
    'src/engine/connect/connect.ts',
    'src/engine/dockerode-engine.ts',
  ],
  // while it answers
  lesson: [
    'src/run/run.ts',
    'src/run/actors/guided.ts',
    'src/report/formats.ts',
    'src/report/plain.ts',
    'src/plan/inspect.ts',
    'src/plan/container/',
    'src/plan/image/',
  ],
  terminal: ['src/report/pretty/pretty.ts', 'node_modules/chalk/source/index.js', 'node_modules/ora/index.js'],
  // one command of docker's or another
  plans: ['src/plan/'],
  compose: ['src/compose/'],
};

/** The file that is opened first. */
const first = 'main.js';

/** Parts of their own, though one module imports them all: a command line uses one or two. */
export const apart = {
  folder: 'src/command/tables/',
  names: ['compose', 'container', 'image', 'network', 'other', 'registry', 'service', 'swarm', 'system', 'volume'],
};

/** Of those, the ones that most lines do not use: what imports them does not bring them along. */
const seldom = { pack: 'tables.js', names: apart.names.filter((name) => !['container', 'image'].includes(name)) };

/**
 * What several commands need is in the first of their packs, so that nothing is shipped twice.
 * @param {import('esbuild').Metafile['outputs']} outputs
 * @returns {Packs} of each output that is in one
 */
export function packsOf(outputs) {
  const found = Object.entries(always).map(([pack, sources]) =>
    [...reachable(sources, outputs)].map((path) => /** @type {const} */ ([path, `${pack}.js`])),
  );
  const beside = seldom.names
    .flatMap((name) => made(`${apart.folder}${name}.ts`, outputs))
    .map((path) => /** @type {const} */ ([path, seldom.pack]));
  return new Map([...found.reverse().flat(), ...beside]);
}

/**
 * A module that others need too lies apart from what import() asks for.
 * @param {string} source a file, or all of a folder: `…/`
 * @param {import('esbuild').Metafile['outputs']} outputs
 * @returns {string[]} the outputs that it is in
 */
function made(source, outputs) {
  const found = Object.entries(outputs).filter(([, { entryPoint, inputs }]) =>
    [entryPoint ?? '', ...Object.keys(inputs)].some((path) =>
      source.endsWith('/') ? path.startsWith(source) : path === source,
    ),
  );
  if (found.length === 0) throw new Error(`${source} is in nothing that is built: build/loader/packs.mjs names it.`);
  return found.map(([path]) => path);
}

/**
 * @param {readonly string[]} sources
 * @param {import('esbuild').Metafile['outputs']} outputs
 * @returns {Set<string>} the outputs that are loaded with these sources
 */
function reachable(sources, outputs) {
  const found = new Set(sources.flatMap((source) => made(source, outputs)));
  for (const path of found) {
    for (const { path: imported, kind, external } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement' && !external) found.add(imported);
  }
  return found;
}

/** Of texts such as `image import` in it, tools that look at a file take it for an ES module; by this word they do not. */
const asCommonJs = 'as:" module.exports"';

/**
 * Puts parts into files: each an object of functions, by the name of the part (program.ts runs them). Where the parts are
 * stands in the first file: V8 keeps it with the code, and a start need not read it again.
 * @param {readonly Part[]} parts
 * @param {Packs} packs
 * @returns {{ path: string, contents: string }[]} files, and beside each its source map
 */
export function packed(parts, packs) {
  /** @type {Map<string, Part[]>} */
  const files = new Map();
  for (const part of parts) {
    const file = packs.get(part.name) ?? part.name;
    files.set(file, [...(files.get(file) ?? []), part]);
  }
  return [...files].flatMap(([file, inside]) => {
    const told = file === first ? `packs:${JSON.stringify(Object.fromEntries(packs))},` : '';
    let contents = `({${told}parts:{\n`;
    let line = 1;
    const sections = [];
    for (const { name, code, map } of inside) {
      contents += `${JSON.stringify(name)}:\n${code},\n`;
      sections.push({ offset: { line: line + 1, column: 0 }, map: /** @type {unknown} */ (JSON.parse(map)) });
      line += 2 + code.split('\n').length - 1;
    }
    return [
      { path: file, contents: `${contents}},${asCommonJs}})` },
      { path: `${file}.map`, contents: JSON.stringify({ version: 3, sections }) },
    ];
  });
}

/**
 * @typedef {ReadonlyMap<string, string>} Packs the file (`lesson.js`) of a part that is not in a file of its own
 */
/**
 * @typedef {object} Part one output of esbuild, in CommonJS
 * @property {string} name its path from dist
 * @property {string} code a function
 * @property {string} map its source map
 */

/**
 * For unit tests that run against the built program: what they import of src/ is what the build makes of it, with the
 * options, packs and loader of dist. What runs is not what was written: esbuild rewrites it, and the loader reads its text.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vitest/config';
import { bundle } from '../../build/bundle.mjs';
import { cache, root } from '../../build/paths.mjs';
import { importsOf } from '../reach.ts';
import { partName, type Built } from './built.ts';

const folder = join(cache, 'built-tests');
const notes = join(folder, 'built.json');
const builtModule = fileURLToPath(new URL('built.ts', import.meta.url));
const prefix = 'built:';

/** @param tests paths from the top of the project */
export function builtSource(tests: readonly string[]): Plugin {
  let building: Promise<Built> | undefined;
  return {
    name: 'built-source',
    enforce: 'pre',
    resolveId(target, importer) {
      if (importer === undefined || !target.startsWith('.')) return undefined;
      const path = fromRoot(resolve(dirname(importer), target));
      return isSource(path) ? prefix + path : undefined;
    },
    async load(id) {
      if (!id.startsWith(prefix)) return undefined;
      const source = id.slice(prefix.length);
      const { exports } = await (building ??= build(tests));
      const names = exports[source];
      if (!names) throw new Error(`${source} is in nothing that was built for these tests.`);
      return [
        `import { partOf } from ${JSON.stringify(builtModule)};`,
        `const part = partOf(${JSON.stringify(notes)}, ${JSON.stringify(source)});`,
        ...names.map((name) => `export const ${name} = part.${name};`),
      ].join('\n');
    },
  };
}

async function build(tests: readonly string[]): Promise<Built> {
  const sources = [
    ...new Set(
      tests
        .flatMap((path) => importsOf(join(root, path)))
        .map(fromRoot)
        .filter(isSource),
    ),
  ];
  const { files, metafile, packs } = await bundle({
    folder,
    sources: Object.fromEntries(sources.map((path) => [partName(path), path])),
  });
  const outputs = Object.values(metafile.outputs);
  const built: Built = {
    folder,
    packs: Object.fromEntries(packs),
    exports: Object.fromEntries(
      sources.map((path) => [path, outputs.find(({ entryPoint }) => entryPoint === path)?.exports ?? []]),
    ),
  };
  rmSync(folder, { recursive: true, force: true });
  for (const { path, contents } of [...files, { path: notes, contents: JSON.stringify(built) }]) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  }
  return built;
}

function fromRoot(path: string): string {
  return relative(root, path);
}

function isSource(path: string): boolean {
  return path.startsWith('src/');
}

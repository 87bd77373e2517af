/** What a test loads, and what its tests can reach by it: read from the text, as vitest asks for it before each run. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { root } from '../build/paths.mjs';

/** `import … from`, `export … from` and import(), without those of types only. prettier keeps each on a line of its own. */
const valueImport =
  /^(?:import|export)(?! type\b)[^;']*? from '([^']+)'(?: with \{[^}]*\})?;|^import '([^']+)';|(?<!typeof )\bimport\('([^']+)'\)/gm;

/** @returns paths of test files under a folder, both from the top of the project */
export function testsIn(folder: string): readonly string[] {
  const found = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return found.filter((path) => path.endsWith('.test.ts')).map((path) => join(folder, path));
}

/**
 * @param file its whole path
 * @returns packages and modules of node as written, files by their whole path
 */
export function importsOf(file: string): readonly string[] {
  const found = [...readFileSync(file, 'utf8').matchAll(valueImport)].map(([, ...targets]) => targets.find(Boolean));
  return found.flatMap((target) => (target?.startsWith('.') ? resolve(dirname(file), target) : (target ?? [])));
}

/** Everything that is loaded with `file`, or may be loaded by it later. */
function reachOf(file: string): ReadonlySet<string> {
  const found = new Set([file]);
  for (const path of found)
    if (path.endsWith('.ts') && existsSync(path)) importsOf(path).forEach((next) => found.add(next));
  return found;
}

/** Pure, but for files: no test in it can start a process or open a socket, or sets what all tests of its process share. */
export function isPure(test: string): boolean {
  const path = join(root, test);
  if (/process\.env(?:\.\w+|\[[^\]]+\]) = /.test(readFileSync(path, 'utf8'))) return false;
  const reached = reachOf(path);
  return !['child_process', 'net', 'http', 'https', 'tls', 'dgram'].some((name) => reached.has(`node:${name}`));
}

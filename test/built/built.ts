/** What the build made of a source file, for the tests of that file: see plugin.ts. */
import { readFileSync } from 'node:fs';
import { openProgram } from '../../build/loader/program.ts';

/** Whatever `plugin.ts` has built. */
export interface Built {
  readonly folder: string;
  readonly packs: Readonly<Record<string, string>>;
  /** What each source file of the tests exports, by its path from the top of the project. */
  readonly exports: Readonly<Record<string, readonly string[]>>;
}

const programs = new Map<string, (part: string) => object>();

/** @param file where a `Built` is written down */
export function partOf(file: string, source: string): object {
  const known = programs.get(file) ?? openProgram(JSON.parse(readFileSync(file, 'utf8')) as Built);
  programs.set(file, known);
  return known(`${partName(source)}.js`);
}

/** `src/command/parse.ts` → `src.command.parse`: as every entry of dist, at the top of its folder. */
export function partName(source: string): string {
  return source.replace(/\.ts$/, '').replaceAll('/', '.');
}

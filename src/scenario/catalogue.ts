/**
 * The scenarios that are shipped, validated when the program was built: neither zod nor a YAML parser is loaded for
 * them. A path leads to a file or folder of the user's, which is loaded and validated now.
 */
// read at once: node:fs/promises takes longer to load than these files to read
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { didYouMean } from '../did-you-mean.ts';
import { Failure } from '../failure.ts';
import { nearestOf } from '../words/language.ts';
import { cleanLine } from '../terminal/clean-text.ts';
import type { LoadedScenario } from './load.ts';
import type { Level, PathId, Requires, Scenario } from './schema.ts';

/** What `list` shows of a scenario. */
export interface CatalogueEntry {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly level: Level;
  readonly minutes: number;
  readonly practiceMinutes?: number | undefined;
  readonly path: PathId | null;
  /** Its place on the road through all lessons. */
  readonly order: number;
  readonly tags: readonly string[];
  readonly teaches: readonly string[];
  readonly requires: Requires;
  readonly steps: number;
}

/** All shipped scenarios, in the order of `list`. @param folder where they are, for tests. */
export function shippedScenarios(folder = shippedFolder(), language?: string): readonly CatalogueEntry[] {
  const file = (name: string): string => join(folder, `index${name}.json`);
  const found = language === undefined ? undefined : nearestOf(language, (one) => existsSync(file(`.${one}`)));
  return JSON.parse(readFileSync(file(found === undefined ? '' : `.${found}`), 'utf8')) as CatalogueEntry[];
}

/**
 * The scenario as it is told in this language; in English, as far as that has no text.
 * Throws a Failure (exit code 2) where the translation beside a user's file is wrong.
 */
export async function toldIn(language: string, loaded: LoadedScenario, folder = shippedFolder()): Promise<Scenario> {
  const { scenario, path } = loaded;
  if (path === undefined) {
    const file = (one: string): string => join(folder, scenario.id, `${one}.json`);
    const found = nearestOf(language, (one) => existsSync(file(one)));
    return found === undefined ? scenario : (JSON.parse(readFileSync(file(found), 'utf8')) as Scenario);
  }
  const [{ loadTranslation }, { translated }] = await Promise.all([
    import('./translation/load.ts'),
    import('./translation/translation.ts'),
  ]);
  const translation = await loadTranslation(path, language);
  return translation ? translated(scenario, translation) : scenario;
}

/**
 * The scenario that the user asked for: the id of a shipped one, else a path.
 * Throws a Failure (exit code 2) where there is neither, or the file is wrong.
 */
export async function findScenario(asked: string, folder = shippedFolder()): Promise<LoadedScenario> {
  const shipped = shippedScenarios(folder);
  if (shipped.some((entry) => entry.id === asked)) return readShipped(asked, folder);
  if (looksLikePath(asked) || existsSync(asked)) {
    const { loadScenario } = await import('./load.ts');
    return loadScenario(asked);
  }
  throw unknownScenario(
    asked,
    shipped.map((entry) => entry.id),
  );
}

function unknownScenario(asked: string, known: readonly string[]): Failure {
  const near = didYouMean(asked, known);
  return new Failure(`There is no scenario "${cleanLine(asked)}".`, {
    code: 'scenario-unknown',
    exitCode: 2,
    hints: [...(near === undefined ? [] : [`Did you mean ${near}?`]), 'All of them: docker-tutor list'],
  });
}

/** @throws Failure (exit code 2) where there is no lesson of this name */
export function findLesson(asked: string, known: readonly string[]): void {
  if (!known.includes(asked)) throw unknownScenario(asked, known);
}

/** The first on the road that is not done: the lesson that the one before it names in its last words. */
export function nextLesson(
  lessons: readonly CatalogueEntry[],
  isDone: (id: string) => boolean,
): CatalogueEntry | undefined {
  return lessons.toSorted((a, b) => a.order - b.order).find(({ id }) => !isDone(id));
}

/** The file of a shipped scenario: JSON, which is YAML too. */
export function shippedFile(id: string): string {
  return join(shippedFolder(), `${id}.json`);
}

/** The JSON Schema of the scenario file, as text. */
export function shippedSchema(): string {
  return readFileSync(join(shippedFolder(), 'scenario.schema.json'), 'utf8');
}

function readShipped(id: string, folder: string): LoadedScenario {
  const file = join(folder, `${id}.json`);
  return { scenario: JSON.parse(readFileSync(file, 'utf8')) as Scenario, files: filesOf(file) };
}

/**
 * Folder whose content the workspace starts with, of the scenario in `file`: beside it; a shipped one is a file among
 * others, with a folder of its name. Undefined where it brings nothing.
 */
export function filesOf(file: string): string | undefined {
  const beside = join(dirname(file), 'files');
  const ofItsName = join(dirname(file), basename(file, '.json'), 'files');
  return (extname(file) === '.json' ? [ofItsName, beside] : [beside]).find(isFolder);
}

/** A path that is not there, or may not be looked at, is no folder; reading it says why it cannot be read. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function looksLikePath(asked: string): boolean {
  return /[/\\]|^\.{1,2}$|\.ya?ml$/.test(asked);
}

/** dist/scenarios: beside the bundle's chunks, beside main.js, or below the project when the source runs unbundled. */
function shippedFolder(): string {
  const candidates = ['../scenarios', 'scenarios', '../../dist/scenarios'];
  const folders = candidates.map((path) => join(import.meta.dirname, path));
  const found = folders.find((folder) => existsSync(join(folder, 'index.json')));
  if (found !== undefined) return found;
  throw new Failure('The scenarios that belong to docker-tutor are not there.', {
    code: 'scenarios-missing',
    exitCode: 1,
    hints: ['Install docker-tutor again; in its source folder: npm run build'],
    evidence: folders.map((folder) => `not found: ${join(folder, 'index.json')}`),
  });
}

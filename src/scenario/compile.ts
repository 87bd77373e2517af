/** Scenario folders → what is shipped: JSON that needs no validation any more. Called by the build. Loads zod. */
import { cp, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Failure } from '../failure.ts';
import type { CatalogueEntry } from './catalogue.ts';
import { scenarioJsonSchema } from './json-schema.ts';
import { loadScenario, type LoadedScenario } from './load.ts';
import { levels, paths, type Scenario } from './schema.ts';
import { loadTranslation, translationsOf } from './translation/load.ts';
import { translated } from './translation/translation.ts';
import { withVars } from './variables.ts';

interface Translated extends LoadedScenario {
  /** As it is told in other languages. */
  readonly told: ReadonlyMap<string, Scenario>;
}

/**
 * Writes `<id>.json` and `<id>/files/` for each folder of `from`, `index.json` with what `list` shows, for each language
 * `<id>/<language>.json` and `index.<language>.json`, and `scenario.schema.json` for editors. Returns the paths of all files written. Throws one Failure with the problems
 * of all scenarios; nothing is written then.
 */
export async function compileScenarios(from: string, to: string): Promise<readonly string[]> {
  const loaded = await loadAll(from);
  const written: string[] = [];
  const write = async (name: string, content: unknown): Promise<void> => {
    await writeFile(join(to, name), `${JSON.stringify(content)}\n`);
    written.push(join(to, name));
  };
  await mkdir(to, { recursive: true });
  for (const { scenario, files, told } of loaded) {
    await write(`${scenario.id}.json`, scenario);
    if (told.size > 0) await mkdir(join(to, scenario.id), { recursive: true });
    for (const [language, inIt] of told) await write(join(scenario.id, `${language}.json`), inIt);
    if (files === undefined) continue;
    const target = join(to, scenario.id, 'files');
    await cp(files, target, { recursive: true });
    written.push(...(await filesBelow(target)));
  }
  await write('scenario.schema.json', scenarioJsonSchema());
  await write('index.json', inOrder(loaded.map(({ scenario }) => scenario)).map(entryOf));
  for (const language of new Set(loaded.flatMap(({ told }) => [...told.keys()]))) {
    const inIt = loaded.map(({ scenario, told }) => told.get(language) ?? scenario);
    await write(`index.${language}.json`, inOrder(inIt).map(entryOf));
  }
  return written;
}

async function loadAll(from: string): Promise<Translated[]> {
  const loaded: Translated[] = [];
  const evidence: string[] = [];
  for (const folder of (await readdir(from, { withFileTypes: true })).filter((entry) => entry.isDirectory())) {
    try {
      const one = await loadScenario(join(relative('', from), folder.name));
      loaded.push({ ...one, told: await inOtherLanguages(one) });
      if (one.scenario.id !== folder.name)
        evidence.push(`${folder.name}: its id is ${one.scenario.id}; it must be that of the folder`);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      evidence.push(
        ...error.evidence.map((line) => (error.code === 'scenario-invalid' ? line : `${error.message} ${line}`)),
      );
    }
  }
  if (evidence.length === 0) return loaded;
  throw new Failure(`The scenarios have problems:\n${evidence.join('\n')}`, {
    code: 'scenario-invalid',
    exitCode: 2,
    evidence,
  });
}

async function inOtherLanguages(loaded: LoadedScenario): Promise<Translated['told']> {
  const { scenario, path = '' } = loaded;
  const told = new Map<string, Scenario>();
  for (const language of await translationsOf(path)) {
    const translation = await loadTranslation(path, language);
    if (translation) told.set(language, translated(scenario, translation));
  }
  return told;
}

async function filesBelow(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const found = await Promise.all(
    names.map(async (name) => ({ path: join(folder, name), is: await stat(join(folder, name)) })),
  );
  return found.filter(({ is }) => is.isFile()).map(({ path }) => path);
}

/** By path, then by the author's order, then the easier and shorter first. */
function inOrder(scenarios: readonly Scenario[]): Scenario[] {
  const rank = ({ path, order, level, minutes }: Scenario): number[] => [
    path === undefined ? paths.length : paths.indexOf(path),
    order,
    levels.indexOf(level),
    minutes,
  ];
  return [...scenarios].sort((a, b) => {
    const other = rank(b);
    const difference = rank(a).map((place, i) => place - (other[i] ?? 0));
    return difference.find((places) => places !== 0) ?? a.id.localeCompare(b.id);
  });
}

function entryOf(scenario: Scenario): CatalogueEntry {
  const { id, title, summary, level, minutes, practiceMinutes, path, order, tags, teaches, steps } = scenario;
  const { requires } = withVars(scenario, {});
  return {
    id,
    title,
    summary,
    level,
    minutes,
    practiceMinutes,
    path: path ?? null,
    order,
    tags,
    teaches,
    requires,
    steps: steps.length,
  };
}

/** Translations that stand beside a scenario's file. Loads zod and the YAML reader. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { readSource } from '../../yaml/source.ts';
import type { JsonSchema } from '../json-schema.ts';
import { readText, wrongFile } from '../load.ts';
import { shapeProblems } from '../shape.ts';
import { nearestOf } from '../../words/language.ts';
import { translationFile, type TranslationFile } from './schema.ts';

/** Where the translation of the scenario in `file` into a language stands, whether it is there or not. */
export function translationPath(file: string, language: string): string {
  return join(dirname(file), 'translations', `${language}.yaml`);
}

/** Languages into which the scenario in `file` is translated, sorted. */
export async function translationsOf(file: string): Promise<readonly string[]> {
  const names = await readdir(join(dirname(file), 'translations')).catch(() => [] as string[]);
  return names
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

/** @param exactly not that of the same language without its country @returns undefined where there is none @throws Failure (exit code 2) where it cannot be read, or is wrong */
export async function loadTranslation(
  file: string,
  language: string,
  { exactly = false } = {},
): Promise<TranslationFile | undefined> {
  const isThere = (one: string): boolean => existsSync(translationPath(file, one));
  const found = exactly && !isThere(language) ? undefined : nearestOf(language, isThere);
  if (found === undefined) return undefined;
  const path = translationPath(file, found);
  return parseTranslation(await readText(path), path, found);
}

/** @param name how the file is called in messages @param language as its name says */
export function parseTranslation(text: string, name: string, language: string): TranslationFile {
  const { value, problems, locate } = readSource(text);
  const hint = 'docker-tutor author translate writes such a file.';
  if (value === undefined) throw wrongFile(name, text, problems, locate, hint);
  const result = translationFile.safeParse(value);
  const shape = result.success ? [] : shapeProblems(result.error, value, z.toJSONSchema(translationFile) as JsonSchema);
  const other =
    result.success && result.data.language !== language
      ? [{ path: ['language'], message: `must be ${language}, as the file is named` }]
      : [];
  const all = [...problems, ...shape, ...other];
  if (!result.success || all.length > 0) throw wrongFile(name, text, all, locate, hint);
  return result.data;
}

/** The program's words in a language. */
import { nearestOf, type languages } from './language.ts';
import { english, type Words } from './english.ts';

/** What is not there is said in English. */
export type Translated = { readonly [Section in keyof Words]?: Partial<Words[Section]> };

const tables: Readonly<Record<(typeof languages)[number], () => Promise<Translated>>> = {
  de: async () => (await import('./german.ts')).german,
};

/** @param language undefined: English, and nothing more is loaded */
export async function wordsIn(language: string | undefined): Promise<Words> {
  const found = language === undefined ? undefined : nearestOf(language, (one) => Object.hasOwn(tables, one));
  const table = await (tables as Readonly<Record<string, () => Promise<Translated>>>)[found ?? '']?.();
  return table ? { ...english, ...mapped(table) } : english;
}

function mapped(table: Translated): Partial<Words> {
  const sections = Object.entries(table) as [keyof Words, object][];
  return Object.fromEntries(sections.map(([section, words]) => [section, { ...english[section], ...words }]));
}

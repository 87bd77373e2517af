/** `docker-tutor list`: the scenarios by path, with what each takes and needs, and which are done. */
import type { Command } from 'commander';
import type { CatalogueEntry } from '../../scenario/catalogue.ts';
import type { Done } from '../../state/progress.ts';
import type { Words } from '../../words/english.ts';
import { languageAsked } from '../../words/language.ts';
import type { Go, LanguageOptions } from './subcommand.ts';
import { examples, withLanguage } from './subcommand.ts';

export interface ListOptions extends LanguageOptions {
  readonly json?: boolean;
  /** What each is about, takes and needs. */
  readonly details?: boolean;
  /** Folder of the shipped scenarios, where it is not beside the program. */
  readonly folder?: string;
}

export function addList(program: Command, go: Go, action = list): void {
  const command = program
    .command('list')
    .description('the scenarios: how long each takes, which are done, and which is next')
    .addHelpText(
      'after',
      examples(['list', 'the lessons, and which is next'], ['list --details', 'what each is about, and what it needs']),
    )
    .option('--details', 'what each is about, takes and needs')
    .option('--json', 'as JSON');
  withLanguage(command).action((options: ListOptions) => go(() => action(options)));
}

/** Prints to stdout; returns the exit code. */
export async function list({ json, details, folder, lang }: ListOptions): Promise<number> {
  const { answer } = await import('../process/answer.ts');
  return answer({ json }, async () => {
    const [{ shippedScenarios }, { lessonsDone }] = await Promise.all([
      import('../../scenario/catalogue.ts'),
      import('../../state/progress.ts'),
    ]);
    // what programs read is in another language only where that was wished
    const language = json && lang === undefined ? undefined : languageAsked(lang, process.env);
    const entries = shippedScenarios(folder, language);
    const done = lessonsDone(process.env);
    return {
      exitCode: 0,
      fields: { scenarios: entries.map((entry) => ({ ...entry, done: done.get(entry.id) ?? null })) },
      text: () => inWords(entries, done, { details, language }),
    };
  });
}

async function inWords(
  entries: readonly CatalogueEntry[],
  done: ReadonlyMap<string, Done>,
  { details, language }: { readonly details: boolean | undefined; readonly language: string | undefined },
): Promise<string> {
  const [{ listing, shortListing }, { styleFor }, { displayOfStdout }, words] = await Promise.all([
    import('../../report/answers/list.ts'),
    import('../../terminal/style.ts'),
    import('../process/display.ts'),
    wordsOf(language),
  ]);
  const style = await styleFor(displayOfStdout());
  return (details ? listing : shortListing)(entries, done, { ...style, columns: Math.min(style.columns, 80) }, words);
}

/** English is there with the list. */
async function wordsOf(language: string | undefined): Promise<Words['lessons'] | undefined> {
  return language === undefined ? undefined : (await (await import('../../words/words.ts')).wordsIn(language)).lessons;
}

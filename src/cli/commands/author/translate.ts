/** `docker-tutor author translate`: the file of a translation, with what is still to be done. */
import type { Command } from 'commander';
import { cleanLine } from '../../../terminal/clean-text.ts';
import type { Go } from '../subcommand.ts';
import { examples, language } from '../subcommand.ts';

export interface TranslateOptions {
  readonly lang: string;
  readonly accept?: boolean;
}

export function addTranslate(author: Command, go: Go, action = translate): void {
  author
    .command('translate')
    .argument('<scenario>', 'a scenario file or folder')
    .requiredOption('--lang <language>', 'into which, such as de', language)
    .option('--accept', 'what is translated fits the English as it is now')
    .description('write or renew a translation: what is missing or stale has the English above it')
    .addHelpText(
      'after',
      examples(
        ['author translate scenarios/my-lesson --lang de', 'what is still to be translated'],
        ['author translate scenarios/my-lesson --lang de --accept', 'it fits the English again'],
      ),
    )
    .action((asked: string, options: TranslateOptions) => go(() => action(asked, options)));
}

/** @throws Failure where the scenario or its translation cannot be read, or is wrong */
async function translate(asked: string, { lang, accept = false }: TranslateOptions): Promise<number> {
  const [{ mkdirSync, writeFileSync }, { dirname }, { loadScenario }, { loadTranslation, translationPath }] =
    await Promise.all([
      import('node:fs'),
      import('node:path'),
      import('../../../scenario/load.ts'),
      import('../../../scenario/translation/load.ts'),
    ]);
  const [{ translationText }, { languageWritten }] = await Promise.all([
    import('../../../author/translations/write.ts'),
    import('../../../words/language.ts'),
  ]);
  const wished = languageWritten(lang);
  const { scenario, path = asked } = await loadScenario(asked);
  const file = translationPath(path, wished);
  const before = await loadTranslation(path, wished, { exactly: true });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, translationText(scenario, wished, before, accept));
  process.stdout.write(`${cleanLine(file)}\nWhat is still to be done: docker-tutor author lint ${cleanLine(asked)}\n`);
  return 0;
}

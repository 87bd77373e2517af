/** `docker-tutor author lint`: what is wrong in scenarios, a line each, at file:line:column. */
import type { Command } from 'commander';
import type { Linted } from '../../../author/lint.ts';
import type { Go } from '../subcommand.ts';
import { examples } from '../subcommand.ts';

export interface LintOptions {
  readonly all?: boolean;
  readonly json?: boolean;
}

export function addLint(author: Command, go: Go, action = lint): void {
  author
    .command('lint')
    .argument('[scenario...]', 'files, folders or ids of the list')
    .option('--all', 'every scenario in the folder scenarios, else those of the list')
    .option('--json', 'as JSON')
    .description('find what cannot work, and what learners will miss')
    .addHelpText(
      'after',
      examples(
        ['author lint scenarios/my-lesson', 'one lesson'],
        ['author lint --all --json', 'all of them, for a program'],
      ),
    )
    .action((asked: readonly string[], options: LintOptions) => go(() => action(asked, options)));
}

/** @returns 2 where something cannot work; advice alone is 0 */
async function lint(asked: readonly string[], { all = false, json }: LintOptions): Promise<number> {
  const [{ answer }, { scenarioFiles }, { lintFile }, { lintTranslations }] = await Promise.all([
    import('../../process/answer.ts'),
    import('./scenarios.ts'),
    import('../../../author/lint.ts'),
    import('../../../author/translations/lint.ts'),
  ]);
  return answer({ json }, async () => {
    const linted: Linted[] = [];
    for (const path of await scenarioFiles(asked, all)) {
      const of = await lintFile(path);
      linted.push(of, ...(await lintTranslations(of.file)));
    }
    const isWrong = linted.some(({ remarks }) => remarks.some(({ severity }) => severity === 'error'));
    return { exitCode: isWrong ? 2 : 0, fields: { files: linted }, text: () => inWords(linted) };
  });
}

async function inWords(linted: readonly Linted[]): Promise<string> {
  const [{ lintLines }, { paintFor }, { terminalOf }] = await Promise.all([
    import('../../../report/answers/author-lint.ts'),
    import('../../../terminal/paint.ts'),
    import('../../../terminal/display.ts'),
  ]);
  return lintLines(linted, await paintFor(terminalOf(process).colour))
    .map((line) => `${line}\n`)
    .join('');
}

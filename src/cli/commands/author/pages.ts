/** `docker-tutor author pages`: lessons as web pages, to be read without an engine and handed out. */
import type { Command } from 'commander';
import type { ExplainedLesson } from '../../../pages/explained-lesson.ts';
import { cleanLine } from '../../../terminal/clean-text.ts';
import { version } from '../../../version.ts';
import type { AskedFor } from '../lessons-asked.ts';
import { examples, type Go, language, type Session } from '../subcommand.ts';

export interface PagesOptions extends Session {
  readonly out: string;
  readonly lang?: string;
  readonly json?: boolean;
}

const english = 'en';

export function addPages(author: Command, go: Go, action = pages): void {
  author
    .command('pages')
    .argument('[scenario...]', 'files, folders or ids of the list; default: every lesson of the list')
    .option('--out <folder>', 'where they are written', 'docker-tutor-pages')
    .option('--lang <language>', 'in which language, such as de; what is not translated stays English', language)
    .option('--json', 'as JSON')
    .description('lessons as web pages, which work without a server and load nothing from elsewhere')
    .addHelpText(
      'after',
      examples(
        ['author pages', 'every lesson, in docker-tutor-pages'],
        ['author pages compose scenarios/my-lesson --out site', 'these two, in site'],
        ['author pages --lang de --out seiten', 'in German'],
      ),
    )
    .action((asked: readonly string[], options: Omit<PagesOptions, 'signal'>) =>
      go((session) => action(asked, { ...options, ...session })),
    );
}

/** @throws Failure where a lesson is unknown or wrong, or the folder is somebody else's */
async function pages(asked: readonly string[], { out, lang, json, signal }: PagesOptions): Promise<number> {
  const [{ answer }, { languageAsked }, { lessonsAsked }, { siteOf }, { writeSite }, { wordsIn }] = await Promise.all([
    import('../../process/answer.ts'),
    import('../../../words/language.ts'),
    import('../lessons-asked.ts'),
    import('../../../pages/site.ts'),
    import('../../../pages/write-site.ts'),
    import('../../../words/words.ts'),
  ]);
  return answer({ json, signal }, async () => {
    // what is written does not depend on the machine
    const wished = languageAsked(lang ?? english, {});
    const { lessons } = await lessonsAsked(asked, asked.length === 0, 'author pages');
    const explained: ExplainedLesson[] = [];
    for (const lesson of lessons) {
      signal.throwIfAborted();
      explained.push(await explainedIn(wished, lesson));
    }
    const frame = { words: await wordsIn(wished), language: wished ?? english, tool: `docker-tutor ${version}` };
    const site = siteOf(explained, frame);
    await writeSite(out, site);
    const ids = explained.map(({ scenario }) => scenario.id);
    return {
      exitCode: 0,
      fields: { folder: out, files: [...site.keys()], lessons: ids },
      text: () =>
        `${told(ids.length)} in ${cleanLine(out)}. Open ${cleanLine(`${out.replace(/\/+$/, '')}/index.html`)} in a browser.\n`,
    };
  });
}

type Lesson = AskedFor['lessons'][number];

async function explainedIn(wished: string | undefined, lesson: Lesson): Promise<ExplainedLesson> {
  const [{ explainedLesson }, { toldIn }, { lessonFiles }] = await Promise.all([
    import('../../../pages/explained-lesson.ts'),
    import('../../../scenario/catalogue.ts'),
    import('../../../permission/lesson-files.ts'),
  ]);
  const scenario = wished === undefined ? lesson.scenario : await toldIn(wished, lesson);
  const isTranslated = wished !== undefined && scenario !== lesson.scenario;
  return explainedLesson(scenario, isTranslated ? wished : english, lessonFiles(lesson.files).file);
}

function told(lessons: number): string {
  return lessons === 1 ? 'The page of one lesson' : `The pages of ${String(lessons)} lessons`;
}

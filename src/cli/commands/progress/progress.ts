/** `docker-tutor progress`, and `reset`. */
import { findLesson, nextLesson, shippedScenarios } from '../../../scenario/catalogue.ts';
import { languageAsked } from '../../../words/language.ts';
import { progressText } from '../../../report/answers/progress.ts';
import { allProgress, forgetProgress } from '../../../state/lesson-progress.ts';
import { forgetDone, lessonsDone } from '../../../state/progress.ts';
import { styleFor } from '../../../terminal/style.ts';
import { answer } from '../../process/answer.ts';
import { displayOfStdout } from '../../process/display.ts';
import type { LanguageOptions } from '../subcommand.ts';
import type { ProgressOptions } from './command.ts';

export function show({ json, lang }: ProgressOptions & LanguageOptions): Promise<number> {
  return answer({ json }, async () => {
    const language = json && lang === undefined ? undefined : languageAsked(lang, process.env);
    const lessons = shippedScenarios(undefined, language);
    const done = lessonsDone(process.env);
    const progress = allProgress(process.env);
    const next = nextLesson(lessons, (id) => done.get(id)?.attended === true);
    return {
      exitCode: 0,
      fields: {
        done: lessons.filter(({ id }) => done.get(id)?.attended).map(({ id }) => id),
        of: lessons.length,
        next: next?.id ?? null,
        lessons: progress,
      },
      text: async () => progressText({ lessons, done, progress, next }, await styleFor(displayOfStdout())),
    };
  });
}

export function reset(asked: readonly string[]): Promise<number> {
  return answer({}, async () => {
    const known = shippedScenarios().map(({ id }) => id);
    for (const id of asked) findLesson(id, known);
    const lessons = asked.length > 0 ? asked : [...known, ...allProgress(process.env).map(({ lesson }) => lesson)];
    for (const id of new Set(lessons)) forgetProgress(id, process.env);
    forgetDone(asked.length > 0 ? asked : undefined, process.env);
    return {
      exitCode: 0,
      fields: { reset: asked.length > 0 ? asked : known },
      text: () => (asked.length > 0 ? `Forgotten: ${asked.join(', ')}.\n` : 'Your progress is forgotten.\n'),
    };
  });
}

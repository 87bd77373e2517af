/** Lessons → the pages of a site, by their paths in its folder. The same lessons give the same pages. Pure. */
import type { SiteFrame } from './document.ts';
import type { ExplainedLesson } from './explained-lesson.ts';
import { indexPage } from './index-page.ts';
import { lessonPage } from './lesson-page.ts';
import { termsPage } from './terms-page.ts';

/** @param given in the order of the road, each with an id of its own; those of one path are put together */
export function siteOf(given: readonly ExplainedLesson[], frame: SiteFrame): ReadonlyMap<string, string> {
  const paths = [...new Set(given.map(({ scenario }) => scenario.path))];
  const lessons = paths.flatMap((path) => given.filter(({ scenario }) => scenario.path === path));
  const pages = lessons.map((lesson, i): [string, string] => [
    `lessons/${lesson.scenario.id}.html`,
    lessonPage(
      lesson,
      {
        number: i + 1,
        of: lessons.length,
        previous: lessons[i - 1]?.scenario,
        next: lessons[i + 1]?.scenario,
      },
      frame,
    ),
  ]);
  return new Map([['index.html', indexPage(lessons, frame)], ['terms.html', termsPage(lessons, frame)], ...pages]);
}

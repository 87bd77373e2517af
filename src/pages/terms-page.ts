/** The terms that lessons explain, in order, each with where. Pure. */
import { markup, type Markup } from '../report/verdict/markup.ts';
import type { Scenario } from '../scenario/schema.ts';
import { cleanLine } from '../terminal/clean-text.ts';
import { documentOf, type SiteFrame } from './document.ts';
import type { ExplainedLesson } from './explained-lesson.ts';

export function termsPage(lessons: readonly ExplainedLesson[], frame: SiteFrame): string {
  const { pages } = frame.words;
  const terms = new Map<string, Scenario[]>();
  for (const { scenario } of lessons)
    for (const term of new Set(scenario.teaches.map(cleanLine)))
      terms.set(term, [...(terms.get(term) ?? []), scenario]);
  const sorted = [...terms].sort(([a], [b]) => inOrder(a, b));
  const main = markup`<h1>${pages.terms}</h1>
<p class="lead">${pages.termsLead}</p>
<dl class="terms">
${sorted.map(([term, where]) => markup`<div><dt lang="en">${term}</dt>${where.map(lessonLink)}</div>\n`)}</dl>
`;
  return documentOf({ title: pages.terms, root: '', main }, frame);
}

function lessonLink({ id, title }: Scenario): Markup {
  return markup`<dd><a href="lessons/${id}.html">${cleanLine(title)}</a></dd>`;
}

/** The same on every machine: by letters whatever their case, and then by their numbers. */
function inOrder(a: string, b: string): number {
  const [low, high] = [a.toLowerCase(), b.toLowerCase()];
  if (low !== high) return low < high ? -1 : 1;
  return a < b ? -1 : 1;
}

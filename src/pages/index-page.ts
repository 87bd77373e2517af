/** The first page: the road in order, and who speaks to whom. Pure. */
import { clientDaemonPicture } from '../explain/pictures.ts';
import { markup, nothing, type Markup } from '../report/verdict/markup.ts';
import type { PathId, Scenario } from '../scenario/schema.ts';
import { cleanLine } from '../terminal/clean-text.ts';
import type { Words } from '../words/english.ts';
import { copyable } from './command-part.ts';
import { documentOf, type SiteFrame } from './document.ts';
import type { ExplainedLesson } from './explained-lesson.ts';
import { drawingOf } from './pictures/drawing.ts';
import { sentence } from './prose.ts';

type Group = PathId | 'others';

/** By which the lessons are found that the others build on. */
const essential = 'essentials';

export function indexPage(lessons: readonly ExplainedLesson[], frame: SiteFrame): string {
  const { pages } = frame.words;
  const scenarios = lessons.map(({ scenario }) => scenario);
  const groups = [...new Set(scenarios.map(groupOf))];
  const picture = clientDaemonPicture({
    endpoint: 'unix:///var/run/docker.sock',
    apiVersion: '1.51',
    engine: 'Docker Engine',
  });
  const first = scenarios[0]?.id ?? '';
  const main = markup`<h1>${pages.site}</h1>
<p class="lead">${pages.lead}</p>
<figure>${drawingOf(picture, pages.clientPicture)}<figcaption>${pages.clientPicture}.</figcaption></figure>
<p>${pages.onYourEngine}</p>
${copyable(`docker-tutor run ${first}`, 'run-it')}${scenarios.some(isEssential) ? markup`<p class="aside"><span class="star" aria-hidden="true">★</span> ${pages.starred}: ${pages.starMeans}</p>\n` : nothing}${groups.map((group) => groupPart(group, lessons, frame))}`;
  return documentOf({ title: pages.site, root: '', main }, frame);
}

function isEssential({ tags }: Scenario): boolean {
  return tags.includes(essential);
}

function groupOf({ path }: Scenario): Group {
  return path ?? 'others';
}

function groupPart(group: Group, lessons: readonly ExplainedLesson[], { words, language }: SiteFrame): Markup {
  const cards = lessons.flatMap((lesson, i) =>
    groupOf(lesson.scenario) === group ? [card(lesson, i + 1, words, language)] : [],
  );
  return markup`<section aria-labelledby="path-${group}">
<h2 id="path-${group}">${words.lessons.paths[group]}</h2>
<ol class="road">
${cards}</ol>
</section>
`;
}

function card({ scenario, language }: ExplainedLesson, number: number, words: Words, ofWords: string): Markup {
  const { pages } = words;
  const { id, title, summary, level, minutes, tags } = scenario;
  const star = isEssential(scenario)
    ? markup` <span class="star" role="img" aria-label="${pages.starred}">★</span>`
    : nothing;
  const shown = tags.filter((tag) => tag !== essential).map((tag) => markup`<li>${cleanLine(tag)}</li>`);
  const other = language === ofWords ? nothing : markup` lang="${language}"`;
  return markup`<li value="${number}"${other}><h3><a href="lessons/${id}.html">${cleanLine(title)}</a>${star}</h3>
<p>${sentence(summary)}</p>
<p class="aside" lang="${ofWords}">${words.lessons.levels[level]}, ${pages.minutes(minutes)}</p>
<ul class="tags" aria-label="${pages.tags}">${shown}</ul></li>
`;
}

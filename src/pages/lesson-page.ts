/** The page of a lesson: what it is about, its steps, and the way to the lessons before and after it. Pure. */
import { markup, nothing, type Markup } from '../report/verdict/markup.ts';
import { permissionWords } from '../report/permission-words.ts';
import type { Scenario } from '../scenario/schema.ts';
import { cleanLine } from '../terminal/clean-text.ts';
import type { Words } from '../words/english.ts';
import { copyable } from './command-part.ts';
import { documentOf, type SiteFrame } from './document.ts';
import type { ExplainedLesson } from './explained-lesson.ts';
import { prose, sentence } from './prose.ts';
import { stepId, stepPart, stepTitle } from './step-part.ts';
import { imagesUsed } from '../scenario/images-of.ts';

/** A lesson beside it in the road. */
export type Neighbour = Pick<Scenario, 'id' | 'title'>;

/** Where it is in the road, from 1. */
export interface Place {
  readonly number: number;
  readonly of: number;
  readonly previous?: Neighbour | undefined;
  readonly next?: Neighbour | undefined;
}

export function lessonPage({ scenario, language, steps }: ExplainedLesson, place: Place, frame: SiteFrame): string {
  const { words } = frame;
  const { pages } = words;
  const { previous, next } = place;
  const main = markup`<p class="aside">${pages.lesson(place.number, place.of)}</p>
<h1>${cleanLine(scenario.title)}</h1>
<p class="lead">${sentence(scenario.summary)}</p>
${facts(scenario, words)}
${prose(scenario.intro, pages.picture)}
<p class="aside">${pages.onYourEngine}</p>
${copyable(`docker-tutor run ${scenario.id}`, 'run-it')}${steps.map((one, i) => stepPart(one, i + 1, words))}${
    scenario.finish.trim() === ''
      ? nothing
      : markup`<section class="finish" id="finish" aria-labelledby="finish-title">
<h2 id="finish-title">${pages.finish}</h2>
${prose(scenario.finish, pages.picture)}</section>
`
  }${neighbours(place, pages)}`;
  return documentOf(
    {
      title: scenario.title,
      root: '../',
      before: [
        ...(previous ? [{ rel: 'prev' as const, href: `${previous.id}.html` }] : []),
        ...(next ? [{ rel: 'next' as const, href: `${next.id}.html` }] : []),
      ],
      rail: railOf(steps, words),
      main,
      language,
    },
    frame,
  );
}

function railOf(steps: ExplainedLesson['steps'], words: Words): Markup {
  const links = steps.map(({ step }) => markup`<li><a href="#${stepId(step)}">${stepTitle(step, words)}</a></li>\n`);
  return markup`<nav class="rail" aria-label="${words.pages.steps}">
<p>${words.pages.steps}</p>
<ol>${links}</ol>
</nav>
`;
}

function facts({ level, minutes, tags, teaches, requires }: Scenario, { pages, lessons }: Words): Markup {
  const images = imagesUsed(requires);
  const needs = [
    ...(images.length > 0 ? [pages.images(images)] : []),
    ...(requires.engine === undefined ? [] : [pages.engine(requires.engine)]),
    ...(requires.swarm ? [pages.swarm] : []),
  ];
  const rights = requires.permissions.map((one) => markup`<span lang="en">${permissionWords(one)}</span>`);
  return markup`<section class="about" aria-label="${pages.aboutLesson}">
<p>${lessons.levels[level]}, ${pages.minutes(minutes)}</p>
<dl>
${fact(pages.explains, teaches)}${fact(pages.tags, tags)}${fact(pages.needs, needs, rights)}</dl>
<p class="aside">${pages.takenNames}</p>
</section>`;
}

function fact(name: string, texts: readonly string[], more: readonly Markup[] = []): Markup {
  const all = [...texts.map((text) => markup`${cleanLine(text)}`), ...more];
  if (all.length === 0) return nothing;
  return markup`<div><dt>${name}</dt><dd>${all.map((one, i) => (i === 0 ? one : markup`, ${one}`))}</dd></div>\n`;
}

function neighbours({ previous, next }: Place, words: Words['pages']): Markup {
  if (!previous && !next) return nothing;
  const link = (rel: 'prev' | 'next', to: Neighbour | undefined, says: string): Markup =>
    to
      ? markup`<a rel="${rel}" href="${to.id}.html"><span class="aside">${says}</span> ${cleanLine(to.title)}</a>\n`
      : nothing;
  return markup`<nav class="neighbours" aria-label="${words.lessons}">
${link('prev', previous, words.previous)}${link('next', next, words.next)}</nav>
`;
}

/** The frame of each page. Nothing is loaded from elsewhere: style and script stand in the page, and it says so. Pure. */
import { markup, type Markup } from '../report/verdict/markup.ts';
import { sha256 } from '../sha256.ts';
import { cleanLine } from '../terminal/clean-text.ts';
import type { Words } from '../words/english.ts';
import { script } from './script.ts';
import { style } from './style.ts';

/** What all pages of a site have in common. */
export interface SiteFrame {
  readonly words: Words;
  /** Of the words: `en`, `de`. */
  readonly language: string;
  /** `docker-tutor 0.1.0` */
  readonly tool: string;
}

export interface PageParts {
  readonly title: string;
  /** From the page to the folder of the site: '' or `../`. */
  readonly root: '' | '../';
  readonly before?: readonly Link[];
  /** Beside the content on wide screens. */
  readonly rail?: Markup;
  readonly main: Markup;
  /** Of the content, where that is another than the words'. */
  readonly language?: string;
}

interface Link {
  readonly rel: 'prev' | 'next';
  readonly href: string;
}

export function documentOf(page: PageParts, { words, language, tool }: SiteFrame): string {
  const { pages } = words;
  const title = page.title === pages.site ? pages.site : `${cleanLine(page.title)} – ${pages.site}`;
  const other = page.language === undefined || page.language === language ? markup`` : markup` lang="${page.language}"`;
  return markup`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${digest(style)}'; script-src '${digest(script)}'; base-uri 'none'; form-action 'none'">
<title>${title}</title>
${(page.before ?? []).map(({ rel, href }) => markup`<link rel="${rel}" href="${href}">\n`)}<style>${{ markup: style }}</style>
</head>
<body data-copy="${pages.copy}" data-copied="${pages.copied}" data-check="${pages.checkAnswer}" data-choose="${pages.choose}" data-right="${words.answer.right}" data-not-that="${words.answer.notThat}" data-not-all="${words.answer.notAll}" data-open-all="${pages.openAll}" data-close-all="${pages.closeAll}">
<a class="skip" href="#content">${pages.skip}</a>
<header><nav aria-label="${pages.site}"><a class="home" href="${page.root}index.html">${pages.site}</a><a href="${page.root}index.html">${pages.lessons}</a><a href="${page.root}terms.html">${pages.terms}</a></nav></header>
<div class="page${page.rail ? ' beside' : ''}">
${page.rail ? [page.rail] : []}<main id="content" tabindex="-1"${other}>
${page.main}</main>
</div>
<footer><p>${pages.madeBy(tool)}</p></footer>
${scriptPart}
</body>
</html>
`.markup;
}

/** Its end tag may not stand in a tagged template: a bundler writes that in another way, which the loader of dist does not take. */
const scriptPart: Markup = { markup: `<script>${script}</script>` };

/** As a Content Security Policy names a text that may stand in the page. */
function digest(text: string): string {
  const bytes = (sha256(text).match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  return `sha256-${btoa(String.fromCharCode(...bytes))}`;
}

/** A command as a step has it: the line, what it does, and folded what each part means and which requests it becomes. Pure. */
import type { ExplainedRequest } from '../explain/explanation.ts';
import type { ExplainedPart } from '../explain/parts.ts';
import { markup, nothing, type Markup } from '../report/verdict/markup.ts';
import { cleanLine, cleanText } from '../terminal/clean-text.ts';
import type { Words } from '../words/english.ts';
import type { ExplainedCommand } from './explained-lesson.ts';
import { layersPicture } from './pictures/layers.ts';

/** @param id unique in the page */
export function commandPart(
  { line, explanation, warnings, layers }: ExplainedCommand,
  id: string,
  words: Words['pages'],
): Markup {
  const { parts = [], requests = [] } = explanation ?? {};
  const does = parts.find(({ kind }) => kind === 'command');
  const told = parts.filter(({ kind }) => kind !== 'program');
  return markup`${copyable(line, id)}${does ? markup`<p class="does" lang="en">${cleanLine(does.means)}</p>\n` : nothing}${
    layers
      ? markup`<figure>${layersPicture(layers, words)}<figcaption>${words.layersPicture(layers.dockerfile)}. ${words.layersKey}</figcaption></figure>\n`
      : nothing
  }${warnings.map((text) => markup`<p class="mind"><strong>${words.mind}:</strong> <span lang="en">${cleanLine(text)}</span></p>\n`)}${
    told.length === 0
      ? nothing
      : markup`<details><summary>${words.meaning}</summary><dl class="parts" lang="en">${told.map(partOf)}</dl></details>\n`
  }${
    requests.length === 0
      ? nothing
      : markup`<details><summary>${words.requests(requests.length)}</summary><ol class="requests">${requests.map(requestOf)}</ol></details>\n`
  }`;
}

/** The script puts a button beside it. */
export function copyable(line: string, id: string): Markup {
  // a line is broken between words, not after the dash of a flag
  const words = cleanText(line).trim().split(/(\s+)/);
  const kept = words.map((word, i) => (i % 2 === 0 ? markup`<span>${word}</span>` : markup`${word}`));
  return markup`<div class="command"><pre><code id="${id}">${kept}</code></pre></div>\n`;
}

function partOf({ kind, text, name, means }: ExplainedPart): Markup {
  // a letter of a cluster gets its dash
  const written = kind === 'flag' && /^[A-Za-z]$/.test(text) ? `-${text}` : text === '' ? name : text;
  return markup`<div><dt><code>${cleanLine(written)}</code></dt><dd>${cleanLine(means)}</dd></div>\n`;
}

function requestOf({ method, path, query, body }: ExplainedRequest): Markup {
  const asked = Object.entries(query).map(([key, value]) => `${key}=${value}`);
  const rest = `${path}${asked.length === 0 ? '' : `?${asked.join('&')}`}`;
  return markup`<li><p><code><b>${method}</b> ${cleanLine(rest)}</code></p>${
    body === null ? nothing : markup`<pre><code>${cleanText(JSON.stringify(body, null, 2))}</code></pre>`
  }</li>\n`;
}

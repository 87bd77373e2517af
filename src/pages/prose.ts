/** The little Markdown of lessons as HTML: the same blocks and spans as on a terminal. Pure. */
import { markup, nothing, type Markup } from '../report/verdict/markup.ts';
import { cleanLine, cleanText } from '../terminal/clean-text.ts';
import { blocks, spansOf, type Block, type Span } from '../terminal/markdown/markdown.ts';
import { drawingOf, isDrawing } from './pictures/drawing.ts';

type Item = Extract<Block, { is: 'item' }>;

/** @param picture what a drawing in the text is called */
export function prose(source: string, picture: string): Markup {
  const found: Markup[] = [];
  const all = blocks(cleanText(source));
  for (let i = 0; i < all.length; i++) {
    const block = all[i];
    if (block === undefined) continue;
    if (block.is !== 'item') {
      found.push(blockOf(block, picture));
      continue;
    }
    const items = itemsFrom(all, i);
    found.push(listOf(items));
    i += items.length - 1;
  }
  return markup`${found}`;
}

/** A text of one line, or of one paragraph. */
export function sentence(text: string): Markup {
  return markup`${spansOf(cleanLine(text)).map(spanOf)}`;
}

function itemsFrom(all: readonly Block[], from: number): readonly Item[] {
  const items: Item[] = [];
  for (const block of all.slice(from)) {
    if (block.is !== 'item') break;
    items.push(block);
  }
  return items;
}

/** What stands deeper is a list in the item before it. */
function listOf(items: readonly Item[]): Markup {
  const [first] = items;
  if (first === undefined) return nothing;
  const entries: Item[][] = [];
  for (const item of items) {
    const last = entries.at(-1);
    if (last && item.depth > first.depth) last.push(item);
    else entries.push([item]);
  }
  const inside = entries.map(([head, ...deeper]) => markup`<li>${sentence(head?.text ?? '')}${listOf(deeper)}</li>\n`);
  return /\d/.test(first.mark)
    ? markup`<ol start="${Number.parseInt(first.mark, 10)}">${inside}</ol>\n`
    : markup`<ul>${inside}</ul>\n`;
}

function blockOf(block: Exclude<Block, Item>, picture: string): Markup {
  switch (block.is) {
    case 'text':
      return markup`<p>${sentence(block.text)}</p>\n`;
    case 'heading':
      return markup`<h3>${sentence(block.text)}</h3>\n`;
    case 'quote':
      return markup`<blockquote><p>${sentence(block.text)}</p></blockquote>\n`;
    case 'code':
      return isDrawing(block.lines)
        ? markup`<figure>${drawingOf(block.lines, picture)}</figure>\n`
        : markup`<pre><code>${block.lines.join('\n')}</code></pre>\n`;
    case 'table': {
      const [titles = [], ...rows] = block.rows;
      const head = titles.map((title) => markup`<th scope="col">${sentence(title)}</th>`);
      const body = rows.map((row) => markup`<tr>${row.map((cell) => markup`<td>${sentence(cell)}</td>`)}</tr>\n`);
      return markup`<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>\n`;
    }
  }
}

function spanOf(span: Span): Markup {
  switch (span.is) {
    case 'text':
      return markup`${span.text}`;
    case 'code':
      return markup`<code>${span.text}</code>`;
    case 'bold':
      return markup`<strong>${spansOf(span.text).map(spanOf)}</strong>`;
    case 'emphasis':
      return markup`<em>${span.text}</em>`;
    case 'link':
      return /^https?:\/\//.test(span.target)
        ? markup`<a href="${span.target}" rel="noreferrer">${span.text}</a>`
        : markup`${span.text}`;
  }
}

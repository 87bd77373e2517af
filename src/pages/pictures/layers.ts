/** The layers of an image, the base at the bottom: those with files are filled, settings are open. Pure. */
import { markup, type Markup } from '../../report/verdict/markup.ts';
import type { Words } from '../../words/english.ts';
import type { Layers } from '../layers.ts';
import { shortened } from './shortened.ts';

const wide = 560;
const row = 30;
const gap = 4;

export function layersPicture({ dockerfile, base, instructions }: Layers, words: Words['pages']): Markup {
  const rows = [...instructions].reverse();
  const high = (rows.length + 1) * row;
  return markup`<svg class="layers" viewBox="0 0 ${wide} ${high}" width="${wide}" height="${high}" role="img">
<title>${words.layersPicture(dockerfile)}</title>
<desc>${words.layersKey}</desc>
${rows.map(({ text, hasFiles }, i) => rowOf(text, hasFiles ? 'files' : 'setting', i))}${rowOf(base === '' ? words.base : `${words.base}: ${base}`, 'base', rows.length)}</svg>`;
}

function rowOf(text: string, kind: string, i: number): Markup {
  return markup`<g class="${kind}"><rect x="1" y="${i * row + 1}" width="${wide - 2}" height="${row - gap}" rx="4"/><text x="12" y="${i * row + 18}">${shortened(text, 64)}</text></g>
`;
}

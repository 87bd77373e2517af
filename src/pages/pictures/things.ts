/**
 * Containers side by side, their networks as lines above them, their storage below: a dot is where one is on the other.
 * Pure.
 */
import { markup, type Markup } from '../../report/verdict/markup.ts';
import { cleanLine } from '../../terminal/clean-text.ts';
import type { Words } from '../../words/english.ts';
import type { Container, Mount, Things } from '../things.ts';
import { shortened } from './shortened.ts';

const label = 130;
const column = 170;
const box = 150;
const head = 64;
const row = 34;
const margin = 8;

/** A line across: who is on it, and what is said where it meets a container. */
interface Line {
  readonly kind: string;
  readonly name: string;
  readonly meets: readonly { readonly container: number; readonly note: string }[];
}

export function thingsPicture({ containers, networks }: Things, words: Words['pages']): Markup {
  const above = networkLines(containers, networks, words);
  const below = storageLines(containers, words);
  const top = margin + above.length * row;
  const [wide, high] = [label + containers.length * column, top + head + below.length * row + margin];
  return markup`<svg class="things" viewBox="0 0 ${wide} ${high}" width="${wide}" height="${high}" role="img">
<title>${words.thingsPicture}</title>
<desc>${inWords([...above, ...below], containers)}</desc>
${above.map((line, i) => across(line, margin + i * row + row / 2, top, 'up'))}${below.map((line, i) => across(line, top + head + i * row + row / 2, top + head, 'down'))}${containers.map((one, i) => containerBox(one, label + i * column, top, words))}</svg>`;
}

/** Those that nobody is on are there too. */
function networkLines(
  containers: readonly Container[],
  made: readonly string[],
  words: Words['pages'],
): readonly Line[] {
  const names = [...new Set([...made, ...containers.flatMap((one) => one.networks)])];
  return names.map((name) => ({
    kind: words.network,
    name,
    meets: containers.flatMap((one, container) => (one.networks.includes(name) ? [{ container, note: '' }] : [])),
  }));
}

function storageLines(containers: readonly Container[], words: Words['pages']): readonly Line[] {
  const key = ({ of, source }: Mount): string => `${of} ${source}`;
  const mounts = containers.flatMap((one) => one.mounts);
  return [...new Set(mounts.map(key))].map((one) => {
    const found = mounts.find((mount) => key(mount) === one);
    return {
      kind: words[found?.of ?? 'volume'],
      // the end of a path says more than its beginning
      name: found?.of === 'folder' ? `…/${found.source.split('/').at(-1) ?? ''}` : (found?.source ?? ''),
      meets: containers.flatMap((each, container) =>
        each.mounts
          .filter((mount) => key(mount) === one)
          .map(({ path, readOnly }) => ({ container, note: readOnly ? `${path} (${words.readOnly})` : path })),
      ),
    };
  });
}

/** @param edge of the containers, to which the line goes up or down from there */
function across({ kind, name, meets }: Line, y: number, edge: number, side: 'up' | 'down'): Markup {
  const middles = meets.map(({ container }) => label + container * column + box / 2);
  const end = Math.max(label, ...middles);
  const tells = meets.map(({ container, note }) => {
    const x = label + container * column + box / 2;
    const noted =
      note === '' ? markup`` : markup`<text class="note" x="${x + 8}" y="${y - 5}">${shortened(note, 13)}</text>`;
    return markup`<path class="line" d="M${x} ${y}V${edge}"/><circle cx="${x}" cy="${y}" r="4"/>${noted}\n`;
  });
  return markup`<g class="${side === 'up' ? 'network' : 'storage'}"><text class="note" x="0" y="${y - 4}">${kind}</text><text x="0" y="${y + 10}">${shortened(cleanLine(name), 19)}</text>
<path class="line${side === 'up' ? '' : ' dashed'}" d="M${label - 12} ${y}H${end}"/>
${tells}</g>
`;
}

function containerBox({ name, image, ports }: Container, x: number, y: number, words: Words['pages']): Markup {
  const port = ports.length === 0 ? '' : `${words.port} ${ports.join(', ')}`;
  return markup`<g class="container"><rect x="${x}" y="${y}" width="${box}" height="${head}" rx="6"/>
<text class="name" x="${x + 10}" y="${y + 21}">${shortened(cleanLine(name === '' ? '–' : name), 17)}</text>
<text class="note" x="${x + 10}" y="${y + 38}">${shortened(cleanLine(image), 21)}</text>
<text class="note" x="${x + 10}" y="${y + 54}">${shortened(cleanLine(port), 21)}</text></g>
`;
}

/** `network youtube: server, client; volume data: writer /data` */
function inWords(lines: readonly Line[], containers: readonly Container[]): string {
  return lines
    .map(({ kind, name, meets }) => {
      const who = meets.map(({ container, note }) => `${containers[container]?.name ?? ''} ${note}`.trim());
      return cleanLine(`${kind} ${name}: ${who.length === 0 ? '–' : who.join(', ')}`);
    })
    .join('; ');
}

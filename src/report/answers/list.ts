/** The shipped scenarios by path, with what each takes and needs, and which are done. Pure. */
import type { CatalogueEntry } from '../../scenario/catalogue.ts';
import type { PathId } from '../../scenario/schema.ts';
import type { Done } from '../../state/progress.ts';
import { asciiSigns, cleanLine } from '../../terminal/clean-text.ts';
import { fold, labelled } from '../../terminal/layout.ts';
import type { Signs } from '../../terminal/paint.ts';
import type { Style } from '../../terminal/style.ts';
import { pad, width } from '../../terminal/width.ts';
import { permissionWords } from '../permission-words.ts';

const pathTitles: Readonly<Record<PathId, string>> = {
  'first-steps': 'First steps',
  images: 'Images',
  networks: 'Networks',
  storage: 'Storage',
  'many-containers': 'Many containers',
  operations: 'Operations',
};

/** The whole text. */
export function listing(entries: readonly CatalogueEntry[], done: ReadonlyMap<string, Done>, style: Style): string {
  const idWidth = Math.max(...entries.map((entry) => width(entry.id)), 0) + 2;
  const lines = [...new Set(entries.map((entry) => entry.path))].flatMap((path) => [
    style.paint.bold(path === null ? 'Others' : pathTitles[path]),
    ...entries
      .filter((entry) => entry.path === path)
      .flatMap((entry) => entryLines(entry, done.get(entry.id), idWidth, style)),
    '',
  ]);
  const last = fold(`${doneWords(entries, done)}Start one with: docker-tutor run <scenario>`, style.columns);
  const text = [...lines, ...last].map((line) => `${line}\n`).join('');
  return style.unicode ? text : asciiSigns(text);
}

/** Nothing for somebody who has not begun. */
function doneWords(entries: readonly CatalogueEntry[], done: ReadonlyMap<string, Done>): string {
  const count = entries.filter(({ id }) => done.get(id)?.attended).length;
  return count === 0 ? '' : `${String(count)} of ${String(entries.length)} done. `;
}

const indent = 2;
/** Below this much room for the text, the id gets a line of its own. */
const leastRoom = 36;

function entryLines(
  entry: CatalogueEntry,
  done: Done | undefined,
  idWidth: number,
  { columns, paint, signs }: Style,
): string[] {
  const facts = [...progressOf(done, signs), entry.level, `${String(entry.minutes)} min`, ...needs(entry)].join(' · ');
  const beside = columns - indent - idWidth >= leastRoom;
  const at = beside ? indent + idWidth : 2 * indent;
  const title = cleanLine(entry.title);
  const rest = [
    ...fold(cleanLine(entry.summary), columns, at),
    ...fold(cleanLine(facts), columns, at).map((line) => paint.dim(line)),
  ];
  if (!beside) return [' '.repeat(indent) + paint.code(entry.id), ...fold(title, columns, at), ...rest];
  const [first = '', ...more] = labelled(entry.id, title, { indent, label: idWidth, columns });
  const painted =
    ' '.repeat(indent) + paint.code(pad(entry.id, idWidth).trimEnd()) + first.slice(indent + entry.id.length);
  return [painted, ...more, ...rest];
}

function progressOf(done: Done | undefined, { passed }: Signs): string[] {
  if (!done) return [];
  return [done.attended ? `${passed} done` : `ran through unattended on ${done.at.slice(0, 10)}`];
}

function needs({ requires }: CatalogueEntry): string[] {
  return [
    ...(requires.images.length > 0 ? [`needs ${requires.images.join(', ')}`] : []),
    ...(requires.engine === undefined ? [] : [`engine ${requires.engine}`]),
    ...(requires.swarm ? ['a swarm manager'] : []),
    ...requires.permissions.map(permissionWords),
  ];
}

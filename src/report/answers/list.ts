/** The shipped scenarios by path, with what each takes and needs, and which are done. Pure. */
import { nextLesson } from '../../scenario/catalogue.ts';
import type { CatalogueEntry } from '../../scenario/catalogue.ts';
import type { Done } from '../../state/progress.ts';
import { asciiSigns, cleanLine } from '../../terminal/clean-text.ts';
import { fold, labelled } from '../../terminal/layout.ts';
import type { Signs } from '../../terminal/paint.ts';
import type { Style } from '../../terminal/style.ts';
import { pad, width } from '../../terminal/width.ts';
import type { Words } from '../../words/english.ts';
import { lessonWords } from '../../words/lesson-words.ts';
import { permissionWords } from '../permission-words.ts';
import { imagesUsed } from '../../scenario/images-of.ts';

/** A line a lesson: what it is called, its title, its minutes, whether it is done. */
export function shortListing(
  entries: readonly CatalogueEntry[],
  done: ReadonlyMap<string, Done>,
  style: Style,
  words: Words['lessons'] = lessonWords,
): string {
  const next = nextLesson(entries, (id) => done.get(id)?.attended === true);
  const idWidth = Math.max(...entries.map(({ id }) => width(id)), 0) + 2;
  const lines = byPath(entries, style, words, (entry) => [lineOf(entry, entry === next, idWidth)]);
  function lineOf(entry: CatalogueEntry, isNext: boolean, wide: number): string {
    const { signs, paint, columns } = style;
    const sign = done.get(entry.id)?.attended ? signs.passed : isNext ? '>' : '';
    const minutes = `${String(entry.minutes)} min`.padStart(6);
    const room = columns - indent - signWidth - wide - minutes.length - 2;
    const title = room < leastTitle ? '' : pad(shortened(cleanLine(entry.title), room), room + 2);
    const id = pad(entry.id, title === '' ? columns - indent - signWidth - minutes.length : wide);
    return `${' '.repeat(indent)}${pad(sign, signWidth)}${paint.code(id.trimEnd())}${' '.repeat(id.length - id.trimEnd().length)}${title}${paint.dim(minutes)}`;
  }
  const start = next ? `docker-tutor run ${next.id}` : 'docker-tutor run <scenario>';
  const last = [
    `${doneWords(entries, done, words)}${next ? words.next : words.start} ${start}`,
    `${words.details} docker-tutor list --details`,
  ].flatMap((line) => fold(line, style.columns));
  return inText([...lines, ...last], style);
}

/** `ok` and a blank, or a sign and two. */
const signWidth = 3;
/** Below this much room a title says nothing. */
const leastTitle = 16;

function shortened(text: string, columns: number): string {
  return width(text) <= columns ? text : `${text.slice(0, columns - 1).trimEnd()}…`;
}

/** The whole text: what each is about, takes and needs. */
export function listing(
  entries: readonly CatalogueEntry[],
  done: ReadonlyMap<string, Done>,
  style: Style,
  words: Words['lessons'] = lessonWords,
): string {
  const idWidth = Math.max(...entries.map((entry) => width(entry.id)), 0) + 2;
  const lines = byPath(entries, style, words, (entry) =>
    entryLines({ entry, done: done.get(entry.id), idWidth }, style, words),
  );
  const last = fold(`${doneWords(entries, done, words)}${words.start} docker-tutor run <scenario>`, style.columns);
  return inText([...lines, ...last], style);
}

/** The lines of each lesson, below the title of its path. */
function byPath(
  entries: readonly CatalogueEntry[],
  { paint }: Style,
  { paths }: Words['lessons'],
  linesOf: (entry: CatalogueEntry) => readonly string[],
): string[] {
  return [...new Set(entries.map(({ path }) => path))].flatMap((path) => [
    paint.bold(paths[path ?? 'others']),
    ...entries.filter((entry) => entry.path === path).flatMap(linesOf),
    '',
  ]);
}

function inText(lines: readonly string[], { unicode }: Style): string {
  const text = lines.map((line) => `${line}\n`).join('');
  return unicode ? text : asciiSigns(text);
}

/** Nothing for somebody who has not begun. */
function doneWords(
  entries: readonly CatalogueEntry[],
  done: ReadonlyMap<string, Done>,
  { doneOf }: Words['lessons'],
): string {
  const count = entries.filter(({ id }) => done.get(id)?.attended).length;
  return count === 0 ? '' : `${doneOf(count, entries.length)} `;
}

const indent = 2;
/** Below this much room for the text, the id gets a line of its own. */
const leastRoom = 36;

interface Entry {
  readonly entry: CatalogueEntry;
  readonly done: Done | undefined;
  readonly idWidth: number;
}

function entryLines(
  { entry, done, idWidth }: Entry,
  { columns, paint, signs }: Style,
  words: Words['lessons'],
): string[] {
  const { minutes, practiceMinutes } = entry;
  const long = [`${String(minutes)} min`, ...(practiceMinutes === undefined ? [] : [words.practised(practiceMinutes)])];
  const facts = [...progressOf(done, signs, words), words.levels[entry.level], ...long, ...needs(entry, words)].join(
    ' · ',
  );
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

function progressOf(done: Done | undefined, { passed }: Signs, words: Words['lessons']): string[] {
  if (!done) return [];
  return [done.attended ? `${passed} ${words.done}` : words.unattended(done.at.slice(0, 10))];
}

function needs({ requires }: CatalogueEntry, words: Words['lessons']): string[] {
  const images = imagesUsed(requires);
  return [
    ...(images.length > 0 ? [words.needs(images)] : []),
    ...(requires.engine === undefined ? [] : [`engine ${requires.engine}`]),
    ...(requires.swarm ? [words.swarm] : []),
    ...requires.permissions.map(permissionWords),
  ];
}

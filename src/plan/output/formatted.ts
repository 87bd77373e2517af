/** Lists as the docker CLI prints them with --format: a table, a template a line, JSON a line (docker/cli, cli/command/formatter). */
import { Stopped } from '../effects.ts';
import { aligned } from './aligned.ts';
import type { GoMethod, GoStruct, GoValue } from '../../gotemplate/go-value.ts';
import { render } from '../../gotemplate/render.ts';
import { TemplateError } from '../../gotemplate/template-error.ts';
import { formatTemplate, headerTemplate } from './format-template.ts';

/** One line's cells by the names templates use: `{ Names: 'web', Image: 'nginx' }`. `label` makes `{{.Label "x"}}`. */
export type Row = Readonly<Record<string, GoValue>>;

/** What a list's templates may name, and what it prints where none is given. */
export interface Columns {
  /** Go's name of a row, for errors: `*formatter.ContainerContext`. */
  readonly type: string;
  /** Headings by cell: `{ Names: 'NAMES', ID: 'CONTAINER ID' }`. */
  readonly headers: Readonly<Record<string, string>>;
  /** The default, without the word `table`: `{{.ID}}\t{{.Names}}`. */
  readonly table: string;
  /** For `--format raw`, where the command has it. */
  readonly raw?: string;
}

/** `table` and `raw` mean the command's own templates, `json` a row as JSON; every line ends with a newline. */
export function formatted(rows: readonly Row[], format: string | undefined, columns: Columns): string {
  const { table, text } = layoutOf(format, columns);
  try {
    const template = formatTemplate(text);
    const lines = rows.map((row) => `${render(template, structOf(row, columns.type))}\n`).join('');
    return table ? aligned(`${headerOf(text, columns)}\n${lines}`) : lines;
  } catch (error) {
    throw error instanceof TemplateError ? new Stopped(`template parsing error: ${error.message}`) : error;
  }
}

function layoutOf(format: string | undefined, { table, raw }: Columns): { table: boolean; text: string } {
  if (format === undefined || format === '' || format === 'table') return { table: true, text: unescaped(table) };
  if (format === 'raw' && raw !== undefined) return { table: false, text: unescaped(raw) };
  if (format === 'json') return { table: false, text: '{{json .}}' };
  if (format.startsWith('table')) return { table: true, text: unescaped(format.slice('table'.length)) };
  return { table: false, text: unescaped(format) };
}

/** The shell leaves \t and \n as they are written; docker turns them into the real ones. */
function unescaped(format: string): string {
  return format.replace(/^ +| +$/g, '').replace(/\\([tn])/g, (_, letter: string) => (letter === 't' ? '\t' : '\n'));
}

/** A heading that fails is printed as far as it came. */
function headerOf(text: string, { headers }: Columns): string {
  const known = new Map<string, GoValue>(Object.entries(headers));
  known.set('Label', { takes: 1, call: labelHeading });
  let header = '';
  try {
    header = render(headerTemplate(text), known, { partial: (made) => (header = made) });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
  }
  return header;
}

/** `com.example.build-date` → `build date` */
function labelHeading(name: string): string {
  return (name.split('.').at(-1) ?? '').replace(/[-_]/g, ' ');
}

/**
 * With -q: one cell of each row, unless another format than the command's own is asked for.
 * @param cell `{{.ID}}`
 * @param name what `raw` calls it: `network_id`
 */
export function quietFormat(format: string | undefined, cell: string, name: string): string {
  if (format === 'raw') return `${name}: ${cell}`;
  return format === undefined || format === '' || format === 'table' ? cell : format;
}

export function structOf(row: Row, type: string): GoStruct {
  return { type, fields: new Map(Object.entries(row)), row: true };
}

/** The cell that answers `{{.Label "maintainer"}}`. */
export function labelCell(labels: Readonly<Record<string, string>> | null | undefined): GoMethod {
  return { takes: 1, call: (name) => (labels && Object.hasOwn(labels, name) ? labels[name] : '') };
}

/** `a=1,b=2`: labels in the order of the alphabet, as the Labels cell has them. */
export function labelsText(labels: Readonly<Record<string, string>> | null | undefined): string {
  return Object.entries(labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',');
}

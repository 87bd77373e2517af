/** Everything that was pasted: docker commands, and what the shell does around them. */
import type { Command, Span } from '../command.ts';
import { CommandError } from '../errors.ts';
import { expandWord, type Field, type ShellContext } from './expand.ts';
import { spellingOf } from '../rows.ts';
import { recognise, withoutSudo, type Recognised } from '../parse.ts';
import { readLine, type Joint, type Line, type Redirection, type ShellCommand, type Word } from './words.ts';

export type { ShellContext } from './expand.ts';

/** One command of the line and how it stands to the others. */
export interface ParsedItem extends Span {
  readonly text: string;
  readonly joint: Joint;
  readonly what:
    | Recognised
    /** A line that starts with docker and is wrong. */
    | { readonly is: 'error'; readonly error: CommandError }
    /** A program that is not docker: grep, cd, export. */
    | { readonly is: 'other'; readonly program: string }
    /** A line without a prompt, between lines with one: what the command printed. */
    | { readonly is: 'output' };
  readonly redirections: readonly Redirection[];
  readonly background: boolean;
  /** Words before docker that the shell or another program takes: `sudo`, `time`, `xargs`, `DOCKER_BUILDKIT=1`. */
  readonly before: readonly Field[];
  /** Commands inside `$(…)` and backticks of this one, in order. */
  readonly nested: readonly NestedCommand[];
}

export interface NestedCommand extends Span {
  readonly items: readonly ParsedItem[];
}

export interface ParsedLine {
  readonly text: string;
  readonly items: readonly ParsedItem[];
}

/**
 * Reads one line or many. Errors of single docker commands are items; throws CommandError only where the text as a whole
 * cannot be read (a quote that is never closed) or holds nothing.
 */
export function parseLine(text: string, context: ShellContext = {}): ParsedLine {
  const line = readLine(text);
  const items = itemsOf(line, text, context);
  if (items.length === 0)
    throw new CommandError(
      'no-command',
      'there is no command here',
      { start: 0, end: text.length },
      { hint: 'type a docker command, like docker ps' },
    );
  return { text, items: markOutput(items, line) };
}

/** Every docker command of the line, nested ones first, as they would be run. */
export function commandsIn(line: { readonly items: readonly ParsedItem[] }): readonly Command[] {
  return line.items.flatMap((item) => [
    ...item.nested.flatMap(commandsIn),
    ...(item.what.is === 'command' ? [item.what.command] : []),
  ]);
}

function itemsOf(line: Line, text: string, context: ShellContext): readonly ParsedItem[] {
  return line.commands.map((command) => itemOf(command, text, context));
}

function itemOf(command: ShellCommand, text: string, context: ShellContext): ParsedItem {
  const words =
    command.redirections.length === 0
      ? command.words
      : [...command.words, ...command.redirections.flatMap(({ target }) => target ?? [])];
  const { before, fields } = cutBefore(command.words.flatMap((word) => expandWord(word, context)));
  return {
    text: text.slice(command.start, command.end),
    start: command.start,
    end: command.end,
    joint: command.joint,
    redirections: command.redirections,
    background: command.background === true,
    before,
    nested: words.flatMap((word) => nestedOf(word, text, context)),
    what: whatIs(fields, command),
  };
}

function nestedOf(word: Word, text: string, context: ShellContext): readonly NestedCommand[] {
  return word.pieces.flatMap((piece) =>
    piece.is === 'nested' ? [{ start: piece.start, end: piece.end, items: itemsOf(piece.line, text, context) }] : [],
  );
}

function whatIs(fields: readonly Field[], command: ShellCommand): ParsedItem['what'] {
  const program = fields[0];
  if (program === undefined) return { is: 'other', program: '' };
  if (!isDocker(program)) return { is: 'other', program: program.text };
  try {
    return recognise(fields);
  } catch (error) {
    if (error instanceof CommandError) return { is: 'error', error };
    throw new Error(`reading the command at ${String(command.start)} failed`, { cause: error });
  }
}

function isDocker(field: Field | undefined): boolean {
  return (
    /^(?:.*[\\/])?docker(?:-compose)?(?:\.exe)?$/i.test(field?.text ?? '') &&
    !field?.segments.some((segment) => segment.unknown)
  );
}

/** Words of the shell's own grammar, and programs that start another one. */
const openers = new Set([
  'do',
  'then',
  'else',
  'if',
  'elif',
  'while',
  'until',
  '!',
  '{',
  'time',
  'exec',
  'command',
  'nohup',
  'winpty',
  'env',
  'xargs',
  'watch',
  'sudo',
]);

function cutBefore(fields: readonly Field[]): { before: readonly Field[]; fields: readonly Field[] } {
  let rest = fields;
  for (;;) {
    const first = rest[0];
    if (first === undefined || isDocker(first)) break;
    if (first.text === 'sudo') rest = withoutSudo(rest);
    else if (/^[A-Za-z_]\w*=/.test(first.text)) rest = rest.slice(1);
    else if (openers.has(first.text)) {
      const next = first.text === 'xargs' || first.text === 'watch' ? rest.findIndex(isDocker) : 1;
      if (next === -1) break;
      rest = rest.slice(next);
    } else break;
  }
  if (!isDocker(rest[0])) return { before: [], fields };
  return { before: fields.slice(0, fields.length - rest.length), fields: withInput(fields, rest) };
}

/** xargs adds what it reads to the end of the command, or puts it in the place that -I names: not known yet. */
function withInput(all: readonly Field[], fields: readonly Field[]): readonly Field[] {
  const xargs = all.find((field) => field.text === 'xargs');
  const last = fields.at(-1);
  if (!xargs || !last || xargs.start >= (fields[0]?.start ?? 0)) return fields;
  const text = '…';
  const taken = replaced(all.slice(all.indexOf(xargs), all.indexOf(fields[0] ?? xargs)));
  if (taken !== undefined)
    return fields.map((field) =>
      field.text.includes(taken)
        ? {
            ...field,
            segments: [
              { text: field.text, quoted: false, exact: false, unknown: 'nested', start: field.start, end: field.end },
            ],
          }
        : field,
    );
  const open = { text, quoted: false, exact: false, unknown: 'nested' as const, start: last.end, end: last.end };
  return [...fields, { text, segments: [open], start: last.end, end: last.end }];
}

/** Where some lines have a prompt, those without one are what was printed between them. */
function markOutput(items: readonly ParsedItem[], line: Line): readonly ParsedItem[] {
  if (!line.commands.some((command) => command.prompt)) return items;
  let typed = false;
  return items.map((item, index) => {
    const command = line.commands[index];
    if (command?.prompt) typed = true;
    else if (item.joint === 'newline' || item.joint === 'start') typed = false;
    return typed || item.what.is !== 'other' ? item : { ...item, what: { is: 'output' } };
  });
}

/** What `xargs -I{}` puts each line in the place of; undefined where it adds words at the end. */
function replaced(words: readonly Field[]): string | undefined {
  const at = words.findIndex(({ text }) => /^-I|^-i$|^--replace/.test(text));
  const [, attached = ''] = /^(?:-I|--replace=)(.*)$/.exec(words[at]?.text ?? '') ?? [];
  if (at === -1) return undefined;
  return attached !== '' ? attached : words[at]?.text === '-I' ? words[at + 1]?.text : '{}';
}

export interface Obstacle extends Span {
  readonly reason: string;
  readonly hint: string;
}

/** What keeps the line from being performed: parts of it that need a shell. `&&`, `;` and newlines are performed. */
export function obstaclesOf(line: ParsedLine): readonly Obstacle[] {
  return line.items.flatMap((item, i) => [
    ...jointObstacle(item, line.items[i - 1]),
    ...item.redirections.map((redirection) => ({
      start: redirection.start,
      end: redirection.end,
      reason: `${redirection.operator} is the shell's: it connects a file, and docker-tutor runs no shell`,
      hint: redirection.operator.startsWith('<')
        ? 'leave it out, or run this line in a terminal'
        : 'leave it out; where docker has -o FILE, use that',
    })),
    ...(item.what.is === 'other' && item.joint !== '|' && item.what.program !== ''
      ? [
          {
            start: item.start,
            end: item.end,
            reason: `${item.what.program} is not docker, and docker-tutor runs docker commands only`,
            hint: 'leave it out, or run it in a terminal of your own',
          },
        ]
      : []),
  ]);
}

/** What docker itself offers instead of a program behind a pipe, by the command before it. */
function insteadOfPipe(program: string, before: ParsedItem | undefined): string {
  const name = before?.what.is === 'command' ? before.what.command.row.name : '';
  const picks = /^(?:grep|awk|cut|sed|jq|head|tail)$/.test(program);
  if (!picks) return 'give the docker command alone';
  if (/(?:^| )inspect$/.test(name)) return `--format picks what you look for: docker ${name} --format '{{.Id}}' NAME`;
  if (/(?:^| )logs$/.test(name)) return '--tail 20 shows the end of a log, and --since 5m what is new';
  if (!/(?:^| )ls$/.test(name)) return 'give the docker command alone';
  const shown = before?.what.is === 'command' ? spellingOf(before.what.command.row) : name;
  return program === 'grep'
    ? `a filter does the same: docker ${shown} --filter ${name === 'image ls' ? 'reference=web' : 'name=web'}`
    : `--format picks columns: docker ${shown} --format '{{.${name === 'container ls' ? 'Names' : name === 'image ls' ? 'Repository' : 'Name'}}}'`;
}

function jointObstacle(item: ParsedItem, before: ParsedItem | undefined): readonly Obstacle[] {
  if (item.joint === '|') {
    const program = item.what.is === 'other' ? item.what.program : 'docker';
    const hint = insteadOfPipe(program, before);
    return [
      { start: item.start, end: item.end, reason: `| hands the output to ${program}, which needs a shell`, hint },
    ];
  }
  if (item.joint === '||')
    return [
      {
        start: item.start,
        end: item.end,
        reason: '|| runs this only when the command before it fails, which needs a shell',
        hint: 'give the commands one by one',
      },
    ];
  return item.background
    ? [
        {
          start: item.start,
          end: item.end,
          reason: '& leaves the command running in the background of a shell',
          hint: 'to run a container in the background use docker run -d',
        },
      ]
    : [];
}

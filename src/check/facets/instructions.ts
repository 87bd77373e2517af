/** Whether instructions stand in a Dockerfile, in an order. They are compared as the builder reads them. Pure. */
import { readDockerfile, type Instruction } from '../../dockerfile/read.ts';
import type { FileFields } from '../../scenario/expectation.ts';
import { canonical } from '../../image-name.ts';
import { listWords } from './lists.ts';
import { isFound } from './pattern.ts';
import { brief } from './text-match.ts';

type Wanted = NonNullable<FileFields['instructions']>[number];

export function instructionsWords(wanted: readonly Wanted[]): string {
  return `has ${listWords(wanted.map(words))}${wanted.length > 1 ? ', in this order' : ''}`;
}

/** Others may stand between them. */
export function lookForInstructions(text: string, wanted: readonly Wanted[]): { holds: boolean; observed: string } {
  const { instructions } = readDockerfile(text);
  let next = 0;
  let before: Instruction | undefined;
  for (const one of wanted) {
    const at = instructions.findIndex((instruction, index) => index >= next && isMeant(instruction, one));
    if (at === -1) return { holds: false, observed: missing(one, before) };
    before = instructions[at];
    next = at + 1;
  }
  return { holds: true, observed: listWords(instructions.map(({ word }) => word)) };
}

function missing(wanted: Wanted, before: Instruction | undefined): string {
  return `no ${words(wanted)}${before ? ` after ${brief(`${before.word} ${said(before)}`)}` : ''}`;
}

function words(wanted: Wanted): string {
  return brief(typeof wanted === 'string' ? wanted : `${wanted.word} /${wanted.matches}/`);
}

function isMeant(instruction: Instruction, wanted: Wanted): boolean {
  if (typeof wanted !== 'string')
    return instruction.word === wanted.word && isFound(wanted.matches, 'm', said(instruction));
  const [meant] = readDockerfile(wanted).instructions;
  return meant?.word === instruction.word && meaning(meant) === meaning(instruction);
}

/** What follows its word: flags, then the rest with single blanks, then here-documents. A JSON list is written `["a", "b"]`. */
function said({ flags, list, rest, documents }: Instruction): string {
  const written = list ? `[${list.map((one) => JSON.stringify(one)).join(', ')}]` : squeezed(rest);
  return [...flags.map(({ name, value }) => `--${name}=${value}`), written, ...documents.map(({ body }) => body)].join(
    ' ',
  );
}

/** The same for two ways to write one thing. */
function meaning(instruction: Instruction): string {
  const { word, flags, list, rest, documents } = instruction;
  const options = flags.map(({ name, value }) => `${name}=${value}`).sort();
  return JSON.stringify([options, parts(word, list, rest), documents.map(({ body }) => body)]);
}

function parts(word: string, list: readonly string[] | undefined, rest: string): unknown {
  const line = squeezed(rest);
  switch (word) {
    case 'ADD':
    case 'COPY':
    case 'WORKDIR':
      return (list ?? line.split(' ')).map(path);
    case 'ENV':
    case 'LABEL':
      return pairs(line).sort();
    case 'EXPOSE':
      return line
        .split(' ')
        .map((port) => port.replace(/\/tcp$/i, ''))
        .sort();
    case 'FROM': {
      const [image = '', , stage = ''] = line.split(' ');
      return [canonical(image), stage.toLowerCase()];
    }
    default:
      // a list is another form than a line: no shell comes between
      return list ?? line;
  }
}

/** `./app/` is `app`, and `./` is `.`. */
function path(text: string): string {
  const short = text.replace(/^(?:\.\/)+/, '').replace(/\/+(?:\.\/?)?$/, '');
  return short !== '' ? short : text.startsWith('/') ? '/' : '.';
}

const pair = /([^\s=]+)=("(?:\\.|[^"\\])*"|'[^']*'|(?:\\.|[^\s\\])*)/gs;

/** `KEY=value` as often as it stands there, without quotes; or the older `KEY value`. */
function pairs(line: string): string[] {
  const found = [...line.matchAll(pair)].map(([, key = '', value = '']) => `${key}=${unquoted(value)}`);
  return /^[^\s=]+=/.test(line) ? found : [line.replace(' ', '=')];
}

function unquoted(value: string): string {
  const [, single, double] = /^(?:'([^']*)'|"(.*)")$/s.exec(value) ?? [];
  return single ?? (double ?? value).replace(/\\(.)/gs, '$1');
}

function squeezed(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** Where in a Dockerfile a build has failed, with the lines around it, as docker shows it. Pure. */
import { cutImageName } from '../image-name.ts';
import { readDockerfile } from './read.ts';
import { stageSteps, stepNamed } from './stage-steps.ts';

export interface Fault {
  /** What the engine said. */
  readonly words: string;
  /** The step that failed, as BuildKit names it; absent where it did not come to that. */
  readonly step?: string | undefined;
}

interface Lines {
  /** Counted from 1. */
  readonly first: number;
  readonly last: number;
}

/** Lines that are shown beside the faulty ones. */
const around = { one: 4, several: 2 };
const rule = '--------------------';

/** @param file its name @returns nothing where the place is not known */
export function faultText(text: string, file: string, fault: Fault): string {
  const lines = text.split('\n');
  const at = placeOf(text, fault);
  if (at === undefined || at.first < 1 || at.first > lines.length) return '';
  const last = Math.min(at.last, lines.length);
  const shown = widened({ first: at.first, last }, lines.length);
  const rows = lines.slice(shown.first - 1, shown.last).map((line, index) => {
    const number = shown.first + index;
    const sign = number >= at.first && number <= last ? '>>>' : '   ';
    return ` ${String(number).padStart(3)} | ${sign} ${line}`;
  });
  return [`${file}:${String(at.first)}`, rule, ...rows, rule, ''].join('\n');
}

function widened({ first, last }: Lines, count: number): Lines {
  const wanted = first === last ? around.one : around.several;
  let [from, to] = [first, last];
  for (let added = 0; added < wanted; added += 1) {
    if (from > 1) [from, added] = [from - 1, added + 1];
    if (to < count) [to, added] = [to + 1, added + 1];
  }
  return { first: from, last: to };
}

function placeOf(text: string, { words, step }: Fault): Lines | undefined {
  const { instructions } = readDockerfile(text);
  const line = /\bparse error(?: on)? line (\d+):/.exec(words)?.[1];
  if (line !== undefined) {
    const found = instructions.find((one) => one.line <= Number(line) && one.endLine >= Number(line));
    return { first: found?.line ?? Number(line), last: found?.endLine ?? Number(line) };
  }
  if (step === undefined) return placeOfWords(words, text);
  const metadata = /^\[internal\] load metadata for (\S+)$/.exec(step)?.[1];
  const found =
    metadata === undefined
      ? stepNamed(stageSteps(text), step)?.instruction
      : instructions.find(({ word, rest }) => word === 'FROM' && isImage(rest.split(/\s+/)[0] ?? '', metadata));
  return found && { first: found.line, last: found.endLine };
}

/** What the reader of Dockerfiles complains of without a number (moby/buildkit, dockerfile/parser and instructions). */
function placeOfWords(words: string, text: string): Lines | undefined {
  const { instructions } = readDockerfile(text);
  const end = text.replace(/\n$/, '').split('\n').length;
  if (words.endsWith('file with no instructions')) return { first: end, last: end };
  const found = words.endsWith('no build stage in current context')
    ? instructions.find(({ word }) => word !== 'ARG')
    : undefined;
  if (found) return { first: found.line, last: found.endLine };
  // nothing comes after it
  const open = words.endsWith('unterminated heredoc') ? instructions.at(-1) : undefined;
  return open && { first: open.line, last: end };
}

function isImage(written: string, name: string): boolean {
  try {
    return cutImageName(written).full === cutImageName(name).full;
  } catch {
    // a variable, or no name at all
    return false;
  }
}

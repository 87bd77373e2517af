/** What `docker-tutor doctor` shows: a line a probe, in groups, and below what is wrong its cause and what to do. */
import type { ProbeResult, ProbeState } from '../../doctor/probe.ts';
import { count, listed } from '../../terminal/amounts.ts';
import { asciiSigns, cleanLine, cleanText } from '../../terminal/clean-text.ts';
import { fold } from '../../terminal/layout.ts';
import type { Style } from '../../terminal/style.ts';
import { pad } from '../../terminal/width.ts';
import { hintLines } from '../hint-lines.ts';

/** What stands before the dot of a probe's id, and the heading of its lines. */
const groups: Readonly<Record<string, string>> = {
  endpoint: 'The way to the engine',
  engine: 'The engine',
  disk: 'Its disk',
  machine: 'This machine',
  client: 'Your side',
  containers: 'What is on the engine',
  deep: 'Tried out',
};

const indent = 5;
/** Where what was seen begins. */
const column = 26;

/** Tells results as they come. What one cause blocks stands on one line, so that the cause stays in sight. */
export interface ProbeTeller {
  /** Lines without their line ends. */
  tell(result: ProbeResult): readonly string[];
  /** What is still to be told. */
  end(): readonly string[];
}

export function probeTeller(style: Style): ProbeTeller {
  let group = '';
  let held: readonly ProbeResult[] = [];
  const flush = (): readonly string[] => {
    const lines = held[0] ? blockedLines(held, style) : [];
    held = [];
    return lines;
  };
  return {
    tell(result) {
      const isNew = groupOf(result) !== group;
      group = groupOf(result);
      const joins =
        !isNew && result.state === 'blocked' && (held[0]?.blockedBy ?? result.blockedBy) === result.blockedBy;
      const before = joins ? [] : flush();
      const heading = isNew ? ['', style.paint.bold(` ${groups[group] ?? group}`)] : [];
      if (result.state === 'blocked') held = [...held, result];
      return finished([...before, ...heading, ...(result.state === 'blocked' ? [] : body(result, style))], style);
    },
    end: () => finished(flush(), style),
  };
}

function blockedLines(all: readonly ProbeResult[], style: Style): readonly string[] {
  const words = `${all.map(({ title }) => cleanLine(title)).join(', ')}: ${cleanLine(all[0]?.observed ?? '')}`;
  const at = style.unicode ? 3 : 6;
  const [first = '', ...rest] = fold(words, style.columns, at);
  return [` ${signOf('blocked', style)} ${first.trimStart()}`, ...rest].map((line) => style.paint.dim(line));
}

function groupOf({ probe }: ProbeResult): string {
  return probe.replace(/\..*$/, '');
}

function body(result: ProbeResult, style: Style): readonly string[] {
  const { paint, columns } = style;
  const below = (text: string, at = indent, hang = 0): string[] => fold(cleanText(text), columns, at, hang);
  const lines = firstLines(result, style);
  switch (result.state) {
    case 'pass':
      return [...lines, ...result.evidence.flatMap((text) => below(text, column).map((line) => paint.dim(line)))];
    case 'blocked':
    case 'unknown':
      return [...lines, ...result.evidence.flatMap((text) => below(text).map((line) => paint.dim(line)))];
    case 'warn':
    case 'fail':
      return [
        ...lines,
        ...(result.code === undefined ? [] : [`${' '.repeat(indent)}${paint.dim(result.code)}`]),
        ...(result.explanation === undefined ? [] : below(result.explanation)),
        ...result.hints.flatMap((hint) => hintLines(style.unicode ? '→' : '->', hint, columns, indent + 2)),
        ...result.evidence.flatMap((text) => below(text, indent, 2).map((line) => paint.dim(line))),
      ];
  }
}

function firstLines(result: ProbeResult, style: Style): readonly string[] {
  const seen = result.observed ?? '';
  const sign = signOf(result.state, style);
  const head = ` ${sign} ${pad(cleanLine(result.title), column - 2 - sign.length)}`;
  const [first = '', ...rest] = fold(cleanLine(seen), style.columns, column);
  return [`${painted(result.state, head, style)}${first.trimStart()}`.trimEnd(), ...rest];
}

function signOf(state: ProbeState, { unicode }: Style): string {
  const [sign, ascii] = signs[state];
  return unicode ? sign : ascii.padEnd(4);
}

/** Each has another form, so that none needs its colour. */
const signs: Readonly<Record<ProbeState, readonly [unicode: string, ascii: string]>> = {
  pass: ['✔', 'ok'],
  warn: ['!', 'warn'],
  fail: ['✘', 'FAIL'],
  blocked: ['–', '-'],
  unknown: ['?', '?'],
};

function painted(state: ProbeState, text: string, { paint }: Style): string {
  switch (state) {
    case 'pass':
      return paint.good(text.slice(0, 2)) + text.slice(2);
    case 'warn':
      return paint.warn(text);
    case 'fail':
      return paint.bad(text);
    case 'blocked':
    case 'unknown':
      return paint.dim(text);
  }
}

/** The last line. */
export function totalLines(totals: Readonly<Record<ProbeState, number>>, style: Style): readonly string[] {
  const words = [
    `${String(totals.pass)} passed`,
    count(totals.warn, 'warning'),
    `${String(totals.fail)} failed`,
    `${String(totals.blocked)} blocked`,
    `${String(totals.unknown)} unknown`,
  ];
  return finished(['', ` ${style.paint.bold(words.join(', '))}`], style);
}

/** Of what `--deep` made and could not be removed. */
export function leftLines(left: readonly string[], style: Style): readonly string[] {
  if (left.length === 0) return [];
  return finished(
    fold(cleanText(`Left on the engine: ${listed(left)}. docker-tutor clean removes it.`), style.columns, 1),
    style,
  );
}

function finished(lines: readonly string[], { unicode }: Style): readonly string[] {
  return unicode ? lines : lines.map(asciiSigns);
}

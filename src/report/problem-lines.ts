/** How a problem is laid out: title and id, explanation, labelled ways out, evidence. */
import { adviceOf } from '../doctor/diagnose.ts';
import type { Advice } from '../doctor/diagnose.ts';
import { pad, width } from '../terminal/width.ts';
import type { Problem } from '../events/events.ts';
import { cleanLine, cleanText } from '../terminal/clean-text.ts';
import { copied, ends, fold } from '../terminal/layout.ts';
import type { Paint, Signs } from '../terminal/paint.ts';
import { spotLines } from '../terminal/spot.ts';

/** A problem, wherever it comes from. */
export interface Told {
  readonly title: string;
  /** Absent for what has no name in the catalogue: a command line, a file. */
  readonly code?: string;
  readonly explanation?: string;
  readonly askedBecause?: string;
  readonly fixes: readonly Advice[];
  readonly alternatives: readonly Advice[];
  readonly evidence: readonly string[];
  /** The evidence is what one must read first: the places in a file. */
  readonly evidenceFirst: boolean;
  /** The line that could not be read, and the offsets of the part that is wrong. */
  readonly spot?: { readonly line: string; readonly start: number; readonly end: number };
}

export function toldProblem(problem: Problem): Told {
  return {
    title: problem.message,
    ...(/^E-/.test(problem.code) && { code: problem.code }),
    ...(problem.explanation !== undefined && { explanation: problem.explanation }),
    ...(problem.askedBecause !== undefined && { askedBecause: problem.askedBecause }),
    fixes: problem.hints.map(adviceOf),
    alternatives: (problem.alternatives ?? []).map(adviceOf),
    evidence: problem.evidence,
    evidenceFirst: !/^E-/.test(problem.code),
  };
}

interface ProblemStyle {
  readonly paint: Paint;
  readonly columns: number;
  readonly signs: Signs;
}

const indent = 3;

export function problemLines(told: Told, style: ProblemStyle): string[] {
  const { paint, columns } = style;
  const evidence = told.evidence.flatMap((text) => fold(cleanText(text), columns, indent, 2));
  return [
    ...titleLines(told, style),
    ...(told.explanation === undefined ? [] : fold(cleanText(told.explanation), columns, indent)),
    ...(told.spot ? spotBlock(told.spot, style) : []),
    ...(told.evidenceFirst ? evidence : []),
    ...sections(told, style),
    ...(told.evidenceFirst ? [] : evidence.map((line) => paint.dim(line))),
  ];
}

function spotBlock(spot: NonNullable<Told['spot']>, { columns, paint }: ProblemStyle): string[] {
  return ['', ...spotLines(spot.line, spot, columns - indent, paint).map((line) => ' '.repeat(indent) + line), ''];
}

function titleLines(told: Told, { paint, columns, signs }: ProblemStyle): string[] {
  const code = told.code === undefined ? '' : paint.dim(cleanLine(told.code));
  const indent = width(signs.failed) + 2;
  const title = cleanLine(told.title);
  const beside = indent + width(title) + width(code) + 2 <= columns;
  const lines = fold(title, beside ? columns : columns - (code === '' ? 0 : width(code) + 2), indent);
  const painted = lines.map((line, i) =>
    i === 0 ? ` ${paint.bad(signs.failed)} ${paint.bold(line.trimStart())}` : paint.bold(line),
  );
  const last = painted.pop() ?? '';
  return [...painted, ...ends(last, code, columns)];
}

/** Label column, what to do, and beside it when; under it where it is narrow. */
function sections(told: Told, style: ProblemStyle): string[] {
  const rows: { label: string; advice: readonly Advice[] }[] = [
    { label: 'asked there because', advice: told.askedBecause === undefined ? [] : [{ do: told.askedBecause }] },
    { label: told.code === undefined ? 'try' : 'mend it', advice: told.fixes },
    { label: 'or practise without', advice: told.alternatives },
  ].filter((row) => row.advice.length > 0);
  const labels = Math.max(0, ...rows.map((row) => row.label.length)) + 3;
  const narrow = style.columns < 64;
  return rows.flatMap(({ label, advice }) => {
    if (narrow)
      return [`${' '.repeat(indent)}${label}`, ...advice.flatMap((way) => adviceLines(way, indent + 2, advice, style))];
    const lines = advice.flatMap((way) => adviceLines(way, indent + labels, advice, style));
    const [first = '', ...rest] = lines;
    const lead = `${' '.repeat(indent)}${pad(label, labels)}`;
    // too long to stand beside its label
    if (!first.startsWith(' '.repeat(lead.length))) return [lead.trimEnd(), first, ...rest];
    return [lead + first.trimStart(), ...rest];
  });
}

function adviceLines(way: Advice, at: number, all: readonly Advice[], { paint, columns }: ProblemStyle): string[] {
  const text = cleanLine(way.do);
  if (way.note === undefined) return copied(text, columns, at);
  const note = cleanLine(way.note);
  const noted = all.filter((other) => other.note !== undefined).map((other) => width(cleanLine(other.do)));
  const column = Math.min(Math.max(...noted), Math.max(width(text), 32)) + 3;
  if (at + column + width(note) <= columns) return [`${' '.repeat(at)}${pad(text, column)}${paint.dim(note)}`];
  return [...copied(text, columns, at), ...fold(note, columns, at + 2).map((line) => paint.dim(line))];
}

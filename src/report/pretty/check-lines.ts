/** Checks and questions, as pretty draws them. */
import { pad, width } from '../../terminal/width.ts';
import type { CheckDone, QuizAsked } from '../../events/events.ts';
import { cleanLine, cleanText } from '../../terminal/clean-text.ts';
import { fold, labelled } from '../../terminal/layout.ts';
import { inline, markdown } from '../../terminal/markdown/markdown.ts';
import type { Style } from '../../terminal/style.ts';
import { isRight } from '../../events/is-right.ts';
import type { ToldStyle } from '../format.ts';

const indent = 3;

/** @param brief what was observed of a check that holds is left out where the line has no room for it */
export function checkLines(check: CheckDone, style: ToldStyle, brief = false): string[] {
  if (check.status === 'failed') return failedLines(check, style);
  const { columns, paint, signs } = style;
  const sign = check.status === 'kept' ? paint.dim(signs.kept) : paint.good(signs.passed);
  const observed = cleanLine(
    check.status === 'kept' ? `${style.words.check.setAside} ${check.observed}` : check.observed,
  );
  const claim = signed(sign, cleanLine(check.told ?? check.claim), style);
  const column = Math.floor(columns * 0.6);
  const last = claim.at(-1) ?? '';
  if (observed === '' || column + width(observed) > columns || width(last) + 2 > column) {
    return [...claim, ...(observed === '' || brief ? [] : fold(observed, columns, indent + signWidth(style) + 3))];
  }
  return [...claim.slice(0, -1), pad(last, column) + observed];
}

/** Expected, observed, the likely cause and what to try, each on lines of its own. */
function failedLines(check: CheckDone, style: ToldStyle): string[] {
  const { columns, paint, signs } = style;
  const words = style.words.check;
  const tries = check.tries > 1 ? `, ${words.tries(check.tries)}` : '';
  const rows: [string, string | undefined][] = [
    [words.expected, check.expected],
    [words.observed, check.observed + tries],
    [words.likely, check.likely],
    [words.try, check.next],
  ];
  const at = { indent: indent + 4, label: columns < 60 ? 9 : 10, columns };
  return [
    ...signed(paint.bad(signs.failed), paint.bold(cleanLine(check.told ?? check.claim)), style),
    ...rows.flatMap(([label, text]) => (text === undefined || text === '' ? [] : labelled(label, cleanText(text), at))),
  ];
}

function signed(sign: string, text: string, style: Style): string[] {
  const lead = ' '.repeat(indent) + pad(sign, signWidth(style)) + ' ';
  return fold(text, style.columns, width(lead)).map((line, i) => (i === 0 ? lead + line.trimStart() : line));
}

function signWidth({ signs }: Style): number {
  return Math.max(width(signs.passed), width(signs.failed), width(signs.kept));
}

/** The question as it is asked. */
export function questionLines(quiz: Pick<QuizAsked, 'ask' | 'options'>, style: Style): string[] {
  const { columns, paint } = style;
  return [
    ...fold(paint.bold(inline(cleanText(quiz.ask), paint)), columns, 1),
    '',
    ...quiz.options.flatMap((option, i) =>
      fold(`${String(i + 1)}  ${inline(cleanLine(option), paint)}`, columns, indent, 3),
    ),
  ];
}

/** What was answered and what is right, and why. */
export function answerLines(quiz: QuizAsked, style: ToldStyle): string[] {
  const { columns, paint, signs } = style;
  const words = style.words.answer;
  const texts = quiz.answer.map((index) => inline(cleanLine(quiz.options[index] ?? ''), paint));
  const right = texts.join(' · ');
  const why = (at: number): string[] => markdown(quiz.because, { columns, paint, indent: at });
  const numbers = (indexes: readonly number[]): number[] => indexes.map((index) => index + 1);
  const answers = numbers(quiz.answer);
  if (quiz.given === undefined) return [...fold(`${words.given(answers)}  ${right}`, columns, indent), ...why(indent)];
  const because = why(indent + signWidth(style) + 1);
  if (quiz.prediction) {
    const said = isRight(quiz) ? words.predicted : words.predictedOther(numbers(quiz.given), answers);
    return [...signed(paint.good(signs.passed), `${said} ${right}`, style), ...because];
  }
  if (isRight(quiz)) return [...signed(paint.good(signs.passed), `${words.right} ${right}`, style), ...because];
  return [...signed(paint.bad(signs.failed), `${words.notQuite(answers)} ${right}`, style), ...because];
}

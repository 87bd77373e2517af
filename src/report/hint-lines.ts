/** What is advised, folded so that what is to be copied stays on one line. */
import { adviceOf } from '../doctor/diagnose.ts';
import { cleanLine } from '../terminal/clean-text.ts';
import { copied, fold } from '../terminal/layout.ts';

/** @param lead what stands before it: an arrow, a label */
export function hintLines(lead: string, hint: string, columns: number, indent: number): string[] {
  const whole = `${lead} ${cleanLine(hint)}`;
  const advice = adviceOf(cleanLine(hint));
  const [first = '', ...rest] = fold(whole, columns, indent, 2);
  if (first.includes(advice.do)) return [first, ...rest];
  const note = advice.note === undefined ? [] : fold(`(${advice.note})`, columns, indent + 2);
  return [...copied(`${lead} ${advice.do}`, columns, indent), ...note];
}

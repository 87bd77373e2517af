/** What `author test` has proven of a scenario: a line a check. */
import type { CheckProof, StepProof } from '../../author/proof.ts';
import type { Tested } from '../../author/test-scenario.ts';
import { count, duration } from '../../terminal/amounts.ts';
import { pad, width } from '../../terminal/width.ts';
import { asciiSigns, cleanLine } from '../../terminal/clean-text.ts';
import { chop, ends, fold } from '../../terminal/layout.ts';
import type { Style } from '../../terminal/style.ts';

const beforeWords = { fails: 'fails', holds: 'holds', 'not-reached': '–' } as const;
const afterWords = { passed: 'holds', failed: 'fails', kept: 'set aside', 'not-reached': '–' } as const;
const withoutWords = { caught: 'found', missed: 'not found', 'no-checks': '–', 'not-reached': '–' } as const;

export function testedLines(tested: Tested, style: Style): string[] {
  const { paint, signs, columns } = style;
  const good = tested.faults.length === 0;
  const name = ` ${good ? paint.good(signs.passed) : paint.bad(signs.failed)} ${paint.bold(cleanLine(tested.scenario))}`;
  const faults = tested.faults.flatMap((fault) =>
    fold(`${paint.bad(signs.failed)} ${cleanLine(fault)}`, columns, 3, 2),
  );
  const taken = {
    passed: 'passes with its names and ports taken',
    failed: 'fails with its names and ports taken',
    'not-tried': '',
  }[tested.whenTaken];
  const end = [tested.leavesNothing ? 'leaves nothing behind' : 'leaves something behind', taken]
    .filter((words) => words !== '')
    .join(', ');
  const lines = [
    ...ends(name, paint.dim(`${count(tested.steps.length, 'step')}, ${duration(tested.ms)}`), columns),
    paint.dim(row(['step', 'check', 'before', 'after', 'left out'], columns)),
    ...tested.steps.flatMap((step) => stepLines(step, columns)),
    ...fold(end, columns, 3),
    ...mistakeSentence(tested).flatMap((sentence) => fold(sentence, columns, 3)),
    ...mutationSentence(tested).flatMap((sentence) => fold(sentence, columns, 3)),
    ...notTriedSentences(tested).flatMap((sentence) => fold(sentence, columns, 3)),
    ...faults,
    '',
  ];
  return style.unicode ? lines : lines.map(asciiSigns);
}

/** `4 of 5 mistakes speak` */
function mistakeSentence({ mistakes }: Tested): string[] {
  if (mistakes.length === 0) return [];
  const speaking = mistakes.filter(({ speaks }) => speaks).length;
  return [`${String(speaking)} of ${count(mistakes.length, 'mistake')} speak`];
}

/** `31 mutations: 28 caught, 2 harmless, 1 surviving` */
function mutationSentence({ mutations }: Tested): string[] {
  if (mutations === undefined) return [];
  const of = (wanted: string): string =>
    `${String(mutations.filter(({ outcome }) => outcome === wanted).length)} ${wanted}`;
  return [`${count(mutations.length, 'mutation')}: ${[of('caught'), of('harmless'), of('surviving')].join(', ')}`];
}

/** One for each variable: `not tried: far-push, far-pull (they need registry)` */
function notTriedSentences({ notTried }: Tested): string[] {
  return [...new Set(notTried.map(({ needs }) => needs))].map((variable) => {
    const steps = notTried.filter(({ needs }) => needs === variable).map(({ step }) => step);
    return `not tried: ${cleanLine(steps.join(', '))} (${steps.length === 1 ? 'it needs' : 'they need'} ${cleanLine(variable)})`;
  });
}

function stepLines({ step, action, checks, withoutAction }: StepProof, columns: number): string[] {
  if (checks.length === 0) return [row([step, `(${action})`, '–', '–', '–'], columns)];
  return checks.map((check, i) =>
    row([i === 0 ? step : '', ...cells(check), i === 0 ? withoutWords[withoutAction] : ''], columns),
  );
}

function cells({ claim, before, after }: CheckProof): [string, string, string] {
  return [claim, beforeWords[before], afterWords[after]];
}

/** The claim takes the room there is. */
function row([step = '', claim = '', ...rest]: readonly string[], columns: number): string {
  const last = rest.map((cell) => pad(cell, 10)).join('');
  const room = Math.max(12, columns - 3 - 14 - 30 - 1);
  return `   ${cut(step, 13)} ${cut(claim, room)} ${last}`.trimEnd();
}

function cut(text: string, room: number): string {
  const line = cleanLine(text);
  return pad(width(line) <= room ? line : `${chop(line, room - 1)[0] ?? ''}…`, room);
}

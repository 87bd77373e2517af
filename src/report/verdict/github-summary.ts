/** The page of a run in a step's summary: GitHub's Markdown, in which text from outside is nothing but text. Pure. */
import { isBad, type CaseVerdict } from '../../events/verdict/case.ts';
import type { CauseVerdict } from '../../events/verdict/causes.ts';
import type { ScenarioVerdict } from '../../events/verdict/scenario.ts';
import type { Verdict } from '../../events/verdict/verdict.ts';
import { count, duration } from '../../terminal/amounts.ts';
import { markup } from './markup.ts';
import { line } from './shown.ts';
import { caseName, detailText, placeName, stateWords, verdictSentence, whySentence } from './told-case.ts';

/** @param room bytes; what does not fit is left out, and it is said @returns '' where there is no room for anything */
export function stepSummary(verdict: Verdict, room: number): string {
  // drawn one after the other, until there is no room
  const sections: readonly (() => string)[] = [
    () => headOf(verdict),
    ...verdict.scenarios.map((one, at) => () => lessonRow(one, at)),
    ...verdict.causes.map((cause) => () => causeOf(cause)),
    ...detailsIn(verdict),
  ];
  const note = (left: number): string => `\n${count(left, 'more part')} left out: there is room for no more.\n`;
  const kept: string[] = [];
  let used = Buffer.byteLength(note(sections.length));
  for (const [at, draw] of sections.entries()) {
    const section = draw();
    used += Buffer.byteLength(section);
    if (used > room) return at === 0 ? '' : kept.join('') + note(sections.length - at);
    kept.push(section);
  }
  return kept.join('');
}

function headOf(verdict: Verdict): string {
  const { tool, engine, exitCode, ms } = verdict;
  const on = engine ? ` on ${plain(`${engine.flavour} ${engine.version}`)}` : '';
  return `## ${plain(verdictSentence(verdict))}\n\n${plain(tool)}${on}, ${plain(duration(ms))}, exit code ${String(exitCode)}\n\n`;
}

/** A row of the table, the first with its head. */
function lessonRow(one: ScenarioVerdict, at: number): string {
  const cells = [placeName(one), stateWords[one.state], duration(one.ms), one.why].map(plain);
  return `${at === 0 ? '| lesson | | took | |\n|---|---|---|---|\n' : ''}| ${cells.join(' | ')} |\n`;
}

function causeOf({ code, message, explanation, hints, broke }: CauseVerdict): string {
  const lines = [
    ...(explanation === undefined ? [] : [plain(explanation)]),
    ...broke.slice(0, 100).map((one) => `- ${plain(`${placeName(one)}: ${line(one.why)}`)}`),
    ...hints.map((hint) => `- mend it: ${plain(hint)}`),
  ];
  return `\n### ${plain(`${code}: ${message}`)}\n\n${lines.join('\n')}\n`;
}

function detailsIn({ scenarios, machine, whole }: Verdict): readonly (() => string)[] {
  const bad = (cases: readonly CaseVerdict[], place: string): readonly (() => string)[] =>
    cases.filter(isBad).map((one) => () => caseDetails(one, place));
  return [
    ...bad(whole, 'run'),
    ...bad(machine, 'machine'),
    ...scenarios.flatMap((one) => bad([...one.cases, ...one.earlier], placeName(one))),
  ];
}

function caseDetails(one: CaseVerdict, place: string): string {
  const title = line(`${place}: ${caseName(one)}`);
  const text = `${whySentence(one)}\n${detailText(one)}`;
  return `\n${markup`<details><summary>${title}</summary><pre>${text}</pre></details>`.markup}\n`;
}

/** Every sign that could mean something is written as its number. */
function plain(text: string): string {
  return line(text).replace(/[!-/:-@[-`{-~]/g, (sign) => `&#${String(sign.charCodeAt(0))};`);
}

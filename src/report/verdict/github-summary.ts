/** The page of a run in a step's summary: GitHub's Markdown, in which text from outside is nothing but text. Pure. */
import { isBad } from '../../events/verdict/case.ts';
import type { CauseVerdict } from '../../events/verdict/causes.ts';
import type { ScenarioVerdict } from '../../events/verdict/scenario.ts';
import type { Verdict } from '../../events/verdict/verdict.ts';
import { count, duration } from '../../terminal/amounts.ts';
import { markup } from './markup.ts';
import { line } from './shown.ts';
import { caseName, detailText, placeName, stateWords, verdictSentence, whySentence } from './told-case.ts';

/** @param room bytes; what does not fit is left out, and it is said @returns '' where there is no room for anything */
export function stepSummary(verdict: Verdict, room: number): string {
  const sections = [headOf(verdict), ...lessonsIn(verdict), ...verdict.causes.map(causeOf), ...detailsIn(verdict)];
  const note = (left: number): string => `\n${count(left, 'more part')} left out: there is room for no more.\n`;
  const kept: string[] = [];
  let used = Buffer.byteLength(note(sections.length));
  for (const [at, section] of sections.entries()) {
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

/** The table is one section, but a thousand lessons are several. */
function lessonsIn({ scenarios }: Verdict): readonly string[] {
  const rows = scenarios.map(
    (one) => `| ${[placeName(one), stateWords[one.state], duration(one.ms), one.why].map(plain).join(' | ')} |\n`,
  );
  return rows.map((row, at) => (at === 0 ? `| lesson | | took | |\n|---|---|---|---|\n${row}` : row));
}

function causeOf({ code, message, explanation, hints, broke }: CauseVerdict): string {
  const lines = [
    ...(explanation === undefined ? [] : [plain(explanation)]),
    ...broke.slice(0, 100).map((one) => `- ${plain(`${placeName(one)}: ${line(one.why)}`)}`),
    ...hints.map((hint) => `- mend it: ${plain(hint)}`),
  ];
  return `\n### ${plain(`${code}: ${message}`)}\n\n${lines.join('\n')}\n`;
}

function detailsIn({ scenarios, machine, whole }: Verdict): readonly string[] {
  const bad = (cases: ScenarioVerdict['cases'], place: string) =>
    cases.filter(isBad).map((one) => {
      const title = `${place}: ${caseName(one)}`;
      return `\n${markup`<details><summary>${line(title)}</summary><pre>${whySentence(one)}\n${detailText(one)}</pre></details>`.markup}\n`;
    });
  return [
    ...bad(whole, 'run'),
    ...bad(machine, 'machine'),
    ...scenarios.flatMap((one) => bad([...one.cases, ...one.earlier], placeName(one))),
  ];
}

/** Every sign that could mean something is written as its number. */
function plain(text: string): string {
  return line(text).replace(/[!-/:-@[-`{-~]/g, (sign) => `&#${String(sign.charCodeAt(0))};`);
}

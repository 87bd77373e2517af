/**
 * A run as one page: nothing is loaded from elsewhere, and there is no script in it. What is shown of it is chosen by the
 * cause, with the keyboard too; it can be printed.
 */
import type { CaseVerdict } from '../../../events/verdict/case.ts';
import type { ScenarioVerdict } from '../../../events/verdict/scenario.ts';
import type { Verdict } from '../../../events/verdict/verdict.ts';
import { duration } from '../../../terminal/amounts.ts';
import type { Report, ReportSetting } from '../../format.ts';
import { drawnAtEnd, type Drawn } from '../at-end.ts';
import { markup, nothing, type Markup } from '../markup.ts';
import { line } from '../shown.ts';
import { placeName, stateWords, verdictSentence } from '../told-case.ts';
import { caseTable, sign } from './cases.ts';
import { causeChoice, causesOf, choiceStyle, signOfCause } from './causes.ts';
import { matrix } from './matrix.ts';
import { style } from './style.ts';
import { timings } from './timings.ts';

export function htmlReport(setting: ReportSetting): Report {
  return drawnAtEnd(setting, html);
}

export function html({ verdict, machine = '' }: Drawn): string {
  const { at, causes, outcome } = verdict;
  const title = verdictSentence(verdict);
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${{ markup: style }}${choiceStyle(causes.length)}</style>
</head>
<body>
<header class="${outcome}">
<h1>${title}</h1>
<p>${about(verdict, machine)}</p>
</header>
<main>
${causes.length === 0 ? nothing : causeChoice(causes)}
${verdict.scenarios.length === 0 ? nothing : matrix(verdict, machine)}
${timings(verdict.scenarios)}
${group('The run', 'run', verdict.whole, verdict)}
${group('The machine', 'machine', verdict.machine, verdict)}
${verdict.scenarios.map((one, i) => scenario(one, i, verdict))}
</main>
<footer><p>${line(verdict.tool)}${at === '' ? nothing : markup`, <time datetime="${at}">${at}</time>`}</p></footer>
</body>
</html>
`.markup;
}

function about({ engine, exitCode, ms }: Verdict, machine: string): Markup {
  const on = engine
    ? markup`${line(`${engine.flavour} ${engine.version}`)} at <code>${line(engine.address)}</code>, `
    : nothing;
  return markup`${machine === '' ? nothing : markup`${line(machine)}, `}${on}${duration(ms)}, exit code <strong id="exit-code">${exitCode}</strong>`;
}

function group(title: string, id: string, cases: readonly CaseVerdict[], { causes }: Verdict): Markup {
  if (cases.length === 0) return nothing;
  const codes = cases.flatMap(({ cause }) => (cause ? [signOfCause(causes, cause.code)] : []));
  return markup`<details class="lesson" id="${id}" data-causes="${codes.join(' ')}" open>
<summary>${title}</summary>
${caseTable(cases)}
</details>
`;
}

function scenario(one: ScenarioVerdict, index: number, verdict: Verdict): Markup {
  const { state, why, title, attempts, ms } = one;
  const isFine = state === 'pass' || state === 'skipped';
  const tried = attempts > 1 ? `, ${String(attempts)} attempts` : '';
  return markup`<details class="lesson ${state}" id="lesson-${index}" data-scenario="${placeName(one)}" data-state="${state}" data-causes="${causesOf(one, verdict.causes)}"${isFine ? nothing : { markup: ' open' }}>
<summary><span class="state">${sign(state)} ${stateWords[state]}</span> ${line(title)} <span class="aside">${placeName(one)}, ${duration(ms)}${tried}</span></summary>
${why === '' ? nothing : markup`<p>${line(why)}</p>\n`}${caseTable(one.cases)}${one.earlier.length === 0 ? nothing : markup`<h3>Attempts before</h3>\n${caseTable(one.earlier)}`}
</details>
`;
}

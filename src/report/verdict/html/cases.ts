/** The checks of a lesson as a table, with their evidence folded. Pure. */
import type { CaseVerdict } from '../../../events/verdict/case.ts';
import type { ScenarioState } from '../../../events/verdict/scenario.ts';
import { duration } from '../../../terminal/amounts.ts';
import { markup, nothing, type Markup } from '../markup.ts';
import { line } from '../shown.ts';
import { whySentence } from '../told-case.ts';

/** Beside the words: no colour is needed to read it. */
export function sign(state: ScenarioState | CaseVerdict['state']): string {
  switch (state) {
    case 'pass':
      return '✔';
    case 'flaky':
      return '↻';
    case 'fail':
      return '✘';
    case 'timed-out':
    case 'blocked':
      return '▲';
    case 'interrupted':
    case 'skipped':
      return '–';
  }
}

const caseWords: Readonly<Record<CaseVerdict['state'], string>> = {
  pass: 'passed',
  fail: 'failed',
  blocked: 'blocked',
  skipped: 'skipped',
};

export function caseTable(cases: readonly CaseVerdict[]): Markup {
  return markup`<table class="cases">
<thead><tr><th scope="col">result</th><th scope="col">step</th><th scope="col">check</th><th scope="col">took</th></tr></thead>
<tbody>
${cases.map(row)}</tbody>
</table>
`;
}

function row(one: CaseVerdict): Markup {
  const { state, stepTitle = '', name, cause, ms } = one;
  const why = whySentence(one);
  return markup`<tr class="${state}"><td class="state">${sign(state)} ${caseWords[state]}</td><td>${line(stepTitle)}</td><td>${line(name)}${why === '' ? nothing : markup`<p>${why}${cause ? markup` <code>${cause.code}</code>` : nothing}</p>`}${evidence(one)}</td><td>${ms === 0 ? '' : duration(ms)}</td></tr>
`;
}

function evidence({ details }: CaseVerdict): Markup {
  if (details.length === 0) return nothing;
  return markup`<details><summary>evidence</summary><dl>${details.map(
    ({ label, text }) => markup`<dt>${label}</dt><dd><pre>${text.trimEnd()}</pre></dd>`,
  )}</dl></details>`;
}

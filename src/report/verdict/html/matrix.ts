/** Machines down, lessons across. Pure. */
import type { ScenarioVerdict } from '../../../events/verdict/scenario.ts';
import type { Verdict } from '../../../events/verdict/verdict.ts';
import { markup, type Markup } from '../markup.ts';
import { line } from '../shown.ts';
import { stateWords } from '../told-case.ts';
import { sign } from './cases.ts';
import { causesOf } from './causes.ts';

/** @param machine of scenarios that name no host */
export function matrix({ scenarios, causes }: Verdict, machine: string): Markup {
  const hostOf = ({ host = machine }: ScenarioVerdict): string => host;
  const hosts = [...new Set(scenarios.map(hostOf))];
  const lessons = [...new Set(scenarios.map(({ scenario }) => scenario))];
  const cell = (one: ScenarioVerdict, at: number): Markup =>
    markup`<a class="${one.state}" data-causes="${causesOf(one, causes)}" href="#lesson-${at}">${sign(one.state)} ${stateWords[one.state]}</a> `;
  const cells = (host: string, lesson: string): readonly Markup[] =>
    scenarios.flatMap((one, at) => (hostOf(one) === host && one.scenario === lesson ? [cell(one, at)] : []));
  return markup`<section aria-labelledby="lessons">
<h2 id="lessons">Lessons</h2>
<div class="wide"><table class="matrix">
<thead><tr><th scope="col">machine</th>${lessons.map((lesson) => markup`<th scope="col">${line(lesson)}</th>`)}</tr></thead>
<tbody>
${hosts.map((host) => markup`<tr><th scope="row">${line(host === '' ? 'this machine' : host)}</th>${lessons.map((lesson) => markup`<td>${cells(host, lesson)}</td>`)}</tr>\n`)}</tbody>
</table></div>
</section>
`;
}

/** The causes of a run, and the choice of one: style alone hides what another has broken. Pure. */
import type { CauseVerdict } from '../../../events/verdict/causes.ts';
import type { ScenarioVerdict } from '../../../events/verdict/scenario.ts';
import { count } from '../../../terminal/amounts.ts';
import { markup, nothing, type Markup } from '../markup.ts';
import { line } from '../shown.ts';

/** In a class and in `data-causes`: codes come from events. */
export function signOfCause(causes: readonly CauseVerdict[], code: CauseVerdict['code']): string {
  return `c${String(causes.findIndex((one) => one.code === code))}`;
}

export function causesOf({ cases, earlier }: ScenarioVerdict, causes: readonly CauseVerdict[]): string {
  const codes = [...cases, ...earlier].flatMap(({ cause }) => (cause ? [signOfCause(causes, cause.code)] : []));
  return [...new Set(codes)].join(' ');
}

/** One rule a cause: where it is chosen, what has not got it is hidden. */
export function choiceStyle(causes: number): Markup {
  const rules = Array.from({ length: causes }, (_, i) => {
    const cause = `c${String(i)}`;
    return `body:has(#${cause}:checked) [data-causes]:not([data-causes~="${cause}"]){display:none}\n`;
  });
  return { markup: rules.join('') };
}

export function causeChoice(causes: readonly CauseVerdict[]): Markup {
  return markup`<section aria-labelledby="causes">
<h2 id="causes">Causes</h2>
<fieldset><legend>Show</legend>
<label><input type="radio" name="cause" id="all" checked> everything</label>
${causes.map(({ code, broke }, i) => markup`<label><input type="radio" name="cause" id="c${i}"> ${code}, ${count(broke.length, 'lesson')}</label>\n`)}</fieldset>
${causes.map((cause, i) => told(cause, i))}</section>
`;
}

function told({ code, message, explanation, hints, broke }: CauseVerdict, index: number): Markup {
  return markup`<article data-causes="c${index}"><h3>${line(message)} <code>${code}</code></h3>
${explanation === undefined ? nothing : markup`<p>${explanation}</p>\n`}${list('Mend it', hints)}${list(
    'It broke',
    broke.map(({ scenario, host, why }) => `${host === undefined ? scenario : `${scenario} on ${host}`}: ${why}`),
  )}</article>
`;
}

function list(title: string, texts: readonly string[]): Markup {
  if (texts.length === 0) return nothing;
  return markup`<p>${title}:</p><ul>${texts.map((text) => markup`<li>${line(text)}</li>`)}</ul>\n`;
}

/** A question with its options, and the answer folded below it. Pure. */
import { markup, nothing, type Markup } from '../report/verdict/markup.ts';
import type { Question } from '../scenario/schema.ts';
import type { Words } from '../words/english.ts';
import { sentence } from './prose.ts';

/** @param id unique in the page */
export function questionPart(question: Question, id: string, { pages, answer: said }: Words): Markup {
  const { ask, options, answer, because, wrong } = question;
  const right = typeof answer === 'number' ? [answer] : answer;
  const kind = right.length > 1 ? 'checkbox' : 'radio';
  const choices = options.map(
    (option, i) =>
      markup`<label><input type="${kind}" name="${id}" value="${i + 1}"> <span>${i + 1}. ${sentence(option)}</span></label>\n`,
  );
  const whyNot = Object.entries(wrong).map(
    ([number, text]) =>
      markup`<li>${pages.notThis(Number(number))} <span data-wrong="${number}">${sentence(text)}</span></li>\n`,
  );
  return markup`<div class="question" data-answer="${right.join(' ')}">
<fieldset><legend>${sentence(ask)}</legend>
${right.length > 1 ? markup`<p class="aside">${pages.several}</p>\n` : nothing}${choices}</fieldset>
<p class="verdict" role="status"></p>
<details class="answer"><summary>${pages.showAnswer}</summary>
<p><strong>${said.given(right)}.</strong> <span class="because">${sentence(because)}</span></p>
${whyNot.length === 0 ? nothing : markup`<ul>${whyNot}</ul>\n`}</details>
</div>
`;
}

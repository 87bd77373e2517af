/** A step of a lesson, in the order in which it is done: why, a prediction, the action, the checks, what to notice, help. Pure. */
import { claimWords } from '../check/claims.ts';
import { markup, nothing, type Markup } from '../report/verdict/markup.ts';
import { meanwhileWritten } from '../scenario/step-lines.ts';
import type { Expectation, RequestAction, Step, WriteAction } from '../scenario/schema.ts';
import { cleanLine, cleanText } from '../terminal/clean-text.ts';
import type { Words } from '../words/english.ts';
import { commandPart, copyable } from './command-part.ts';
import type { ExplainedStep } from './explained-lesson.ts';
import { thingsPicture } from './pictures/things.ts';
import { prose, sentence } from './prose.ts';
import { questionPart } from './question.ts';

export function stepTitle(step: Step, words: Words): string {
  return cleanLine(step.title ?? words.step.question);
}

export function stepId({ id }: Step): string {
  return `step-${id}`;
}

export function stepPart(explained: ExplainedStep, index: number, words: Words): Markup {
  const { step, things } = explained;
  const { pages } = words;
  const id = stepId(step);
  const predicts = step.predict
    ? markup`<h3>${pages.beforehand}</h3>\n${questionPart(step.predict, `${id}-predict`, words)}`
    : nothing;
  return markup`<section class="step" id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title"><span class="number">${index}</span> ${stepTitle(step, words)}</h2>
${prose(step.text, pages.picture)}${predicts}${action(explained, id, words)}${checks(step.expect, pages)}${
    things
      ? markup`<figure>${thingsPicture(things, pages)}<figcaption>${pages.thingsPicture}.</figcaption></figure>\n`
      : nothing
  }${prose(step.after, pages.picture)}${practice(step, words)}${step.hints.map((hint, i) => fold(words.step.hint(i + 1, step.hints.length), prose(hint, pages.picture)))}${wrongTurns(step, pages)}</section>
`;
}

function action({ step, commands }: ExplainedStep, id: string, words: Words): Markup {
  const { pages } = words;
  if ('write' in step) return written(step.write, pages);
  if ('request' in step) return request(step.request, id, pages);
  if ('machine' in step)
    return markup`<p class="label">${pages.looksAt}</p>\n<pre><code>${step.machine.join('\n')}</code></pre>\n`;
  if ('quiz' in step) return questionPart(step.quiz, `${id}-quiz`, words);
  if ('read' in step) return prose(step.read, pages.picture);
  const typed = step.input ?? [];
  return markup`${commands.map((command, i) => commandPart(command, `${id}-command-${String(i + 1)}`, pages))}${
    typed.length === 0
      ? nothing
      : markup`<p class="label">${pages.typedIn}</p>\n<pre><code>${typed.map(cleanLine).join('\n')}</code></pre>\n`
  }${meanwhileWritten(step).map((write) => written(write, pages))}`;
}

function written(write: WriteAction['write'], { file, before, afterwards }: Words['pages']): Markup {
  const head = (does: string): Markup => markup`<p class="label">${does} <code>${cleanLine(write.path)}</code></p>\n`;
  if ('content' in write) return markup`${head(file.whole)}${text(write.content)}`;
  if ('append' in write) return markup`${head(file.appended)}${text(write.append)}`;
  return markup`${head(file.replaced)}<p class="label">${before}</p>\n${text(write.replace)}<p class="label">${afterwards}</p>\n${text(write.with)}`;
}

function text(content: string): Markup {
  return markup`<pre><code>${cleanText(content).trimEnd()}</code></pre>\n`;
}

function request(asked: RequestAction['request'], id: string, { asks }: Words['pages']): Markup {
  const address = 'url' in asked ? asked.url : `http://localhost:${String(asked.port)}${asked.path ?? '/'}`;
  const head = `${asked.method ?? 'GET'} ${address}`;
  const headers = Object.entries(asked.headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  const rest = [...headers, ...(asked.body === undefined ? [] : ['', asked.body])];
  return markup`<p class="label">${asks}</p>\n${copyable([head, ...rest].join('\n'), `${id}-request`)}`;
}

/** What an author claims in words of their own is told in those. */
function checks(expectations: readonly Expectation[], words: Words['pages']): Markup {
  if (expectations.length === 0) return nothing;
  const claims = expectations.map((one) => {
    const own = one.told ?? one.claim;
    return own === undefined
      ? markup`<li lang="en">${cleanLine(claimWords(one))}</li>\n`
      : markup`<li>${sentence(own)}</li>\n`;
  });
  return markup`<div class="checks"><h3>${words.checks}</h3><ul>${claims}</ul></div>\n`;
}

/** What is asked of somebody who is not shown the command. */
function practice(step: Step, words: Words): Markup {
  const { pages } = words;
  const task = 'task' in step ? step.task : undefined;
  const goal = step.ask?.question ?? step.goal;
  if (goal === undefined && task === undefined) return nothing;
  return fold(
    pages.inPractice,
    markup`${goal === undefined ? nothing : markup`<p>${sentence(goal)}</p>\n`}${
      task
        ? markup`<p><strong>${sentence(pages.task(task.title))}</strong></p>\n<p>${sentence(task.goal)}</p>\n${task.hints.map((hint) => prose(hint, pages.picture))}`
        : nothing
    }`,
  );
}

function wrongTurns({ mistakes }: Step, words: Words['pages']): Markup {
  if (mistakes.length === 0) return nothing;
  return fold(
    words.wrongTurns,
    markup`<ul>${mistakes.map(({ say }) => markup`<li>${prose(say, words.picture)}</li>\n`)}</ul>\n`,
  );
}

function fold(title: string, inside: Markup): Markup {
  return markup`<details><summary>${title}</summary>\n${inside}</details>\n`;
}

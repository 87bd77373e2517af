/** Pages of lessons as a browser reads them: those that are shipped, and one whose every text is hostile. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parse, type ParserError } from 'parse5';
import { beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../../build/paths.mjs';
import { explainedLesson, type ExplainedLesson } from '../../../src/pages/explained-lesson.ts';
import { siteOf } from '../../../src/pages/site.ts';
import { claimWords } from '../../../src/check/claims.ts';
import { parseScenario } from '../../../src/scenario/load.ts';
import { linesOf } from '../../../src/scenario/step-lines.ts';
import type { Scenario } from '../../../src/scenario/schema.ts';
import { english } from '../../../src/words/english.ts';
import { attribute, elementsIn as read, textOf } from '../report/verdict/read-back.ts';
import { hostileScenario } from './hostile-scenario.ts';

type Elements = ReturnType<typeof read>;
const readBefore = new Map<string, Elements>();

/** Each page is read once. */
function elementsIn(page: string): Elements {
  const found = readBefore.get(page) ?? read(page);
  readBefore.set(page, found);
  return found;
}

const frame = { words: english, language: 'en', tool: 'docker-tutor 0' };
const folder = join(root, 'scenarios');

function brought(id: string): (path: string) => string | undefined {
  return (path) => {
    try {
      return readFileSync(join(folder, id, 'files', path), 'utf8');
    } catch {
      return undefined;
    }
  };
}

let lessons: readonly ExplainedLesson[] = [];
let site: ReadonlyMap<string, string> = new Map();

beforeAll(async () => {
  const found: ExplainedLesson[] = [];
  for (const id of readdirSync(folder).sort()) {
    const scenario = parseScenario(readFileSync(join(folder, id, 'scenario.yaml'), 'utf8'), id);
    found.push(await explainedLesson(scenario, 'en', brought(id)));
  }
  lessons = found;
  site = siteOf(lessons, frame);
}, 600_000);

function errorsIn(page: string): readonly string[] {
  const errors: string[] = [];
  parse(page, { sourceCodeLocationInfo: true, onParseError: ({ code }: ParserError) => errors.push(code) });
  return errors;
}

/** What is wrong in the pages of a site, each with its page. */
function faultsIn(pages: ReadonlyMap<string, string>): readonly string[] {
  const idsOf = new Map(
    [...pages].map(([path, page]) => [path, elementsIn(page).flatMap((one) => attribute(one, 'id') ?? [])]),
  );
  return [...pages].flatMap(([path, page]) => {
    const elements = elementsIn(page);
    const ids = idsOf.get(path) ?? [];
    const twice = ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `id twice: ${id}`);
    const refers = ['aria-labelledby', 'aria-describedby'];
    const unknown = elements
      .flatMap((one) => refers.flatMap((name) => attribute(one, name) ?? []))
      .filter((id) => !ids.includes(id))
      .map((id) => `no such id: ${id}`);
    const astray = elements
      .filter(({ tagName }) => tagName === 'a' || tagName === 'link')
      .flatMap((one) => attribute(one, 'href') ?? [])
      .filter((href) => !/^https?:\/\//.test(href))
      .filter((href) => {
        const [file = '', id] = href.split('#');
        const target = file === '' ? path : posix.join(posix.dirname(path), file);
        return !pages.has(target) || (id !== undefined && idsOf.get(target)?.includes(id) !== true);
      })
      .map((href) => `leads nowhere: ${href}`);
    return [...errorsIn(page), ...twice, ...unknown, ...astray].map((fault) => `${path}: ${fault}`);
  });
}

/** By which a page would load something, or be driven by what stands in it. */
const loading = [
  'img',
  'iframe',
  'object',
  'embed',
  'video',
  'audio',
  'source',
  'form',
  'base',
  'foreignObject',
  'image',
  'use',
];

function loadedBy(page: string): readonly string[] {
  return elementsIn(page).flatMap((one) => [
    ...(loading.includes(one.tagName) ? [one.tagName] : []),
    ...one.attrs
      .filter(({ name }) => /^(?:on.*|src|srcset|style|action|xlink:href)$/.test(name))
      .map(({ name }) => name),
    ...(one.tagName === 'link' && !/^(?:prev|next)$/.test(attribute(one, 'rel') ?? '') ? ['link'] : []),
  ]);
}

describe('the lessons that are shipped', () => {
  test('each has a page, beside the index and the terms', () => {
    expect(site.size).toBe(readdirSync(folder).length + 2);
    expect([...site.keys()].slice(0, 2)).toEqual(['index.html', 'terms.html']);
  });

  test('the pages are read without an error, their ids are unique, and each link leads somewhere', () => {
    expect(faultsIn(site)).toEqual([]);
  });

  test('nothing is loaded from elsewhere', () => {
    expect([...site].filter(([, page]) => loadedBy(page).length > 0).map(([path]) => path)).toEqual([]);
    for (const page of site.values()) {
      expect(page).toContain(`content="default-src 'none'; style-src 'sha256-`);
      expect(page).not.toMatch(/@import|url\(/);
    }
  });

  test('from the index, every lesson is one link away, in the order in which they follow each other', () => {
    const links = elementsIn(site.get('index.html') ?? '').flatMap((one) => attribute(one, 'href') ?? []);
    expect(links.filter((href) => href.startsWith('lessons/'))).toEqual([...site.keys()].slice(2));
  });

  test('next and previous walk from the first lesson to the last', () => {
    const walked: string[] = [];
    let at: string | undefined = [...site.keys()][2];
    while (at !== undefined && walked.length < site.size) {
      walked.push(at);
      const next = elementsIn(site.get(at) ?? '').find(
        (one) => one.tagName === 'a' && attribute(one, 'rel') === 'next',
      );
      const href = next && attribute(next, 'href');
      at = href === undefined ? undefined : `lessons/${href}`;
    }
    expect(walked).toEqual([...site.keys()].slice(2));
  });

  test('a page has each command of its lesson as it is typed, every claim, hint, option and answer', () => {
    for (const { scenario } of lessons) {
      const page = site.get(`lessons/${scenario.id}.html`) ?? '';
      const elements = elementsIn(page);
      const commands = elements.filter((one) => /-command-\d+$/.test(attribute(one, 'id') ?? '')).map(textOf);
      expect(commands).toEqual(scenario.steps.flatMap(linesOf).map((line) => line.trim()));
      const claims = elements
        .filter((one) => attribute(one, 'class') === 'checks')
        .map(textOf)
        .join('\n');
      for (const one of scenario.steps.flatMap(({ expect: all }) => all))
        expect(plain(claims)).toContain(plain(one.claim ?? claimWords(one)));
      const summaries = elements.filter(({ tagName }) => tagName === 'summary').map(textOf);
      const hints = scenario.steps.flatMap((step) => step.hints);
      expect(summaries.filter((text) => text.startsWith('Hint '))).toHaveLength(hints.length);
      const answers = elements.filter((one) => attribute(one, 'data-answer') !== undefined);
      expect(answers.map((one) => attribute(one, 'data-answer'))).toEqual(
        scenario.steps.flatMap((step) => [
          ...(step.predict ? [[step.predict.answer].flat().join(' ')] : []),
          ...('quiz' in step ? [[step.quiz.answer].flat().join(' ')] : []),
        ]),
      );
    }
  });

  test('folds are folded, so that no answer is seen before it is asked for', () => {
    const folds = [...site.values()].flatMap((page) => elementsIn(page).filter(({ tagName }) => tagName === 'details'));
    expect(folds.length).toBeGreaterThan(500);
    expect(folds.filter((one) => attribute(one, 'open') !== undefined)).toEqual([]);
  });

  test('headings go down one level at a time, and each picture has a name', () => {
    for (const page of site.values()) {
      const elements = elementsIn(page);
      const levels = elements.flatMap(({ tagName }) => /^h(\d)$/.exec(tagName)?.[1] ?? []).map(Number);
      expect(levels.filter((level, i) => level > (levels[i - 1] ?? 0) + 1)).toEqual([]);
      expect(levels.filter((level) => level === 1)).toHaveLength(1);
      for (const picture of elements.filter(({ tagName }) => tagName === 'svg'))
        expect(
          elementsIn(page).some((one) => one.tagName === 'title' && textOf(one) !== '') && textOf(picture),
        ).not.toBe('');
    }
  });

  test('a picture of containers shows the networks that the checks of its step claim', () => {
    const compared = lessons.flatMap(({ scenario, steps }) =>
      steps.flatMap(({ step, things }) =>
        step.expect.flatMap((claim) => {
          if (!('container' in claim) || claim.container.networks === undefined || things === undefined) return [];
          const { name, networks } = claim.container;
          const drawn = things.containers.find((one) => one.name === name)?.networks;
          return [
            {
              at: `${scenario.id} ${step.id} ${name}`,
              networks: [...networks].sort(),
              drawn: (drawn ?? []).filter((one) => !one.startsWith('container:')).sort(),
            },
          ];
        }),
      ),
    );
    expect(compared.length).toBeGreaterThan(3);
    expect(compared.filter(({ networks, drawn }) => drawn.join() !== networks.join())).toEqual([]);
  });

  test('the same lessons give the same pages', async () => {
    const again = await Promise.all(
      lessons.slice(0, 5).map(({ scenario: { id } }) => {
        const scenario = parseScenario(readFileSync(join(folder, id, 'scenario.yaml'), 'utf8'), id);
        return explainedLesson(scenario, 'en', brought(id));
      }),
    );
    expect(siteOf(again, frame)).toEqual(siteOf(lessons.slice(0, 5), frame));
  });
});

/** Without the marks of Markdown. */
function plain(text: string): string {
  return text.replace(/[`*\\]/g, '').replace(/\s+/g, ' ');
}

describe('a lesson whose every text is hostile', () => {
  test('has pages without an error, a script of its own, or anything that is loaded', async () => {
    const harmless = await pagesOf(hostileScenario('word'));
    for (const text of hostile) {
      const pages = await pagesOf(hostileScenario(text));
      expect(faultsIn(pages)).toEqual([]);
      for (const [path, page] of pages) {
        expect(loadedBy(page)).toEqual([]);
        const count = (one: string, name: string): number =>
          elementsIn(one).filter(({ tagName }) => tagName === name).length;
        for (const name of ['script', 'style', 'section', 'main', 'fieldset', 'input'])
          expect([text, name, count(page, name)]).toEqual([text, name, count(harmless.get(path) ?? '', name)]);
        // eslint-disable-next-line no-control-regex -- it is controls that must not be there
        expect(page).not.toMatch(/[\u0000-\u0008\u001b\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }
    }
  });
});

const hostile = [
  '<script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '</style></title></svg></pre></code></details></section></main>',
  '" onload="x" style="x',
  "' onclick='x",
  '<img src=x onerror=alert(1)>',
  '[a](javascript:alert(1)) [b](data:text/html,x) [c](//elsewhere.example/x)',
  '<!-- ]]> &lt; &#27; &nbsp',
  '\u202eesrever\u2066',
  '{{.State}} $(id) `x` **y** _z_ \\',
];

async function pagesOf(scenario: Scenario): Promise<ReadonlyMap<string, string>> {
  return siteOf([await explainedLesson(scenario, 'en', () => undefined)], frame);
}

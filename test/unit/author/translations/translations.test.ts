/** What an author is told of a translation, and the file that is written for one. */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { lintTranslation, lintTranslations } from '../../../../src/author/translations/lint.ts';
import { translationText } from '../../../../src/author/translations/write.ts';
import { newScenario } from '../../../../src/author/new-scenario.ts';
import { parseScenario } from '../../../../src/scenario/load.ts';
import { parseTranslation } from '../../../../src/scenario/translation/load.ts';
import { textsOf } from '../../../../src/scenario/translation/texts.ts';
import { textAt } from '../../../../src/scenario/translation/translation.ts';
import { namedFor } from '../../../lessons/named-for.ts';
import { head } from '../../scenario/samples.ts';

const sample = (title = 'Make {{box}}'): ReturnType<typeof parseScenario> =>
  parseScenario(
    `${head}names: { box: box }
steps:
  - id: make
    title: ${title}
    do: docker run --name {{box}} busybox
    hints: ['Two: words', '\`docker run\`', "It's {{box}}"]
    after: |
      One line,

        and a wide one.
`,
    's.yaml',
  );

const told = (yaml: string, scenario = sample()): readonly string[] =>
  lintTranslation(yaml, 'de.yaml', 'de', scenario).map(
    ({ severity, rule, line, column, message }) => `${severity} ${rule} ${String(line)}:${String(column)} ${message}`,
  );

const whole = `language: de
title: Ein Beispiel
summary: Für die Tests.
steps:
  make:
    title: Mach {{box}}
    hints: ['Zwei: Wörter', '\`docker run\`', 'Das ist {{box}}']
    after: Eine Zeile.
`;
const written = translationText(sample(), 'de', parseTranslation(whole, 'de.yaml', 'de'));

test.each(namedFor)('%s is told in German, and nothing in that is wrong', async (id) => {
  const [linted] = await lintTranslations(
    fileURLToPath(new URL(`../../../../scenarios/${id}/scenario.yaml`, import.meta.url)),
  );
  expect(linted).toMatchObject({ language: 'de' });
  expect(linted?.remarks.filter(({ severity }) => severity === 'error')).toEqual([]);
});

describe('lint', () => {
  test('has nothing to remark of what is whole', () => {
    expect(told(written)).toEqual([]);
  });

  test('names what is missing, a line a step', () => {
    const yaml = 'language: de\ntitle: Ein Beispiel\nsteps: { make: { hints: ["", x] } }\nfrom: {}';
    expect(told(yaml).filter((line) => line.includes('not-translated'))).toEqual([
      'advice not-translated 1:1 of the lesson this is told in English: summary',
      'advice not-translated 3:10 of the step make this is told in English: title, hints 1, hints 3, after',
    ]);
  });

  test('names what is stale', () => {
    expect(told(written, sample('Build {{box}}'))).toEqual([
      'advice stale 8:12 the English has changed since, and is told here; author translate shows it',
    ]);
  });

  test('names what no digest stands for', () => {
    expect(told(whole)[0]).toBe(
      'advice no-digest 2:8 nothing says which English it was made from; author translate writes it down',
    );
  });

  test.each([
    [
      'Mach {{box}}',
      'Mach {{bx}}',
      'error other-values 8:12 {{box}} of the English is missing; {{bx}} is not in the English',
    ],
    ['  make:\n', '  made:\n', 'error unknown-place 7:3 the lesson has no step "made"; did you mean "make"?'],
    ['hints:\n', 'claims: [x]\n    hints:\n', 'error unknown-place 9:14 the lesson has no text at this place'],
    ['title: ', 'titel: ', 'error format 3:1 unknown key "titel"; did you mean "title"?'],
  ])('takes for an error: %j → %j', (from, to, line) => {
    expect(told(written.replace(from, to))).toContain(line);
  });
});

describe('what author translate writes', () => {
  test('for a new one is whole, empty, and shows the English', () => {
    const scenario = parseScenario(newScenario('sample'), 's.yaml');
    const text = translationText(scenario, 'de', undefined);
    const read = parseTranslation(text, 'de.yaml', 'de');
    const texts = textsOf(scenario);
    expect(texts.map(({ place }) => textAt(read, place)).every((one) => one !== undefined)).toBe(true);
    expect(text).toContain(`# ${scenario.title}\ntitle: ''\n`);
  });

  test('says again what it says, and copies code', () => {
    expect(translationText(sample(), 'de', parseTranslation(written, 'de.yaml', 'de'))).toBe(written);
    const begun = translationText(sample(), 'de', undefined);
    expect(begun).toContain("- '`docker run`'\n");
    expect(told(begun)).toEqual([
      expect.stringContaining('summary'),
      expect.stringContaining('title, hints 1, hints 3'),
    ]);
  });

  test('keeps what is stale for stale, until it is accepted', () => {
    const changed = sample('Build {{box}}');
    const again = translationText(changed, 'de', parseTranslation(written, 'de.yaml', 'de'));
    expect(again).toContain("    # Build {{box}}\n    title: 'Mach {{box}}'\n");
    expect(told(again, changed)).toHaveLength(1);
    expect(told(translationText(changed, 'de', parseTranslation(again, 'de.yaml', 'de'), true), changed)).toEqual([]);
  });

  test.each([
    'true',
    'a: b',
    "it's",
    '"quoted"',
    `it's "both"`,
    '# no comment',
    '- x',
    '',
    ' x ',
    'a\n\n  b\n',
    '  first\nb',
    '{{box}}',
    '12',
    'ä–„x“',
  ])('reads %j as it was', (text) => {
    const scenario = { ...sample(), title: 'x', intro: text };
    const inIt = translationText({ ...scenario, intro: 'English' }, 'de', { language: 'de', title: text, intro: text });
    const read = parseTranslation(inIt, 'de.yaml', 'de');
    expect(read.intro).toBe(text.includes('{{') || text.trim() === '' ? read.intro : text);
  });
});

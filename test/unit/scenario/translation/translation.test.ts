/** What is told of a lesson in another language, and what stays English. */
import { describe, expect, test } from 'vitest';
import { Failure } from '../../../../src/failure.ts';
import { parseScenario } from '../../../../src/scenario/load.ts';
import { parseTranslation } from '../../../../src/scenario/translation/load.ts';
import { textsOf, withTexts } from '../../../../src/scenario/translation/texts.ts';
import { textDigest, translated } from '../../../../src/scenario/translation/translation.ts';
import { head } from '../samples.ts';

const scenario = parseScenario(
  `${head}names: { box: box }
intro: Hello.
steps:
  - id: make
    title: Make {{box}}
    text: Why.
    do: docker run --name {{box}} busybox
    expect:
      - container: { name: '{{box}}' }
      - output: { contains: x }
        claim: '{{box}} is made'
    after: Look.
    predict: { ask: What?, options: [one, 2], answer: 1, because: So it is., wrong: { '2': No. } }
    ask: { question: Which?, answer: '(x)' }
    goal: Have {{box}}.
    hints: [First, Second]
    mistakes:
      - { when: { output: { contains: y } }, say: Not so. }
  - id: read
    title: Read
    read: A text.
  - id: quiz
    quiz: { ask: Right?, options: [yes it is, no], answer: 1, because: Since. }
finish: Bye.
`,
  's.yaml',
);

test('each text of the learner has its place, in the order of the file; nothing that is performed or checked has one', () => {
  expect(textsOf(scenario).map(({ place, text }) => `${place.join('.')}: ${text}`)).toEqual([
    'title: A sample',
    'summary: For the tests.',
    'intro: Hello.',
    'steps.make.title: Make {{box}}',
    'steps.make.text: Why.',
    'steps.make.predict.ask: What?',
    'steps.make.predict.options.0: one',
    'steps.make.predict.options.1: 2',
    'steps.make.predict.wrong.2: No.',
    'steps.make.predict.because: So it is.',
    'steps.make.ask: Which?',
    'steps.make.goal: Have {{box}}.',
    'steps.make.hints.0: First',
    'steps.make.hints.1: Second',
    'steps.make.claims.0: {{box}} is made',
    'steps.make.mistakes.0: Not so.',
    'steps.make.after: Look.',
    'steps.read.title: Read',
    'steps.read.read: A text.',
    'steps.quiz.quiz.ask: Right?',
    'steps.quiz.quiz.options.0: yes it is',
    'steps.quiz.quiz.options.1: no',
    'steps.quiz.quiz.because: Since.',
    'finish: Bye.',
  ]);
});

test('what a check claims stays, and how it is told stands beside it', () => {
  const shouted = withTexts(scenario, (_, text) => text.toUpperCase());
  expect(shouted.steps[0]?.expect[1]).toMatchObject({ claim: '{{box}} is made', told: '{{BOX}} IS MADE' });
  expect(shouted.steps[0]?.expect[0]).toEqual(scenario.steps[0]?.expect[0]);
});

const inGerman = (yaml: string): readonly string[] => {
  const told = translated(scenario, parseTranslation(`language: de\n${yaml}`, 'de.yaml', 'de'));
  const english = textsOf(scenario).map(({ text }) => text);
  return textsOf(told).flatMap(({ text }, i) => (text === english[i] ? [] : [text]));
};

describe('a text is told', () => {
  test('where it is there, and English for the rest', () => {
    expect(inGerman('title: Ein Beispiel\nsteps: { make: { hints: ["", Zweitens] } }')).toEqual([
      'Ein Beispiel',
      'Zweitens',
    ]);
  });

  test('not for an English that has changed since', () => {
    expect(inGerman('title: Ein Beispiel\nfrom: { title: bbbbbb }')).toEqual([]);
    expect(inGerman(`title: Ein Beispiel\nfrom: { title: ${textDigest('A sample')} }`)).toEqual(['Ein Beispiel']);
  });

  test('not with other variables than the English has', () => {
    expect(inGerman('title: Hier ist {{box}}')).toEqual([]);
    expect(inGerman('steps: { make: { title: Mach ihn } }')).toEqual([]);
    expect(inGerman('steps: { make: { title: "{{ box }} machen" } }')).toEqual(['{{ box }} machen']);
  });

  test('not at a place that the lesson does not have', () => {
    expect(inGerman('steps: { gone: { title: Weg } }')).toEqual([]);
  });
});

test('a digest is of the words: lines may be broken anew', () => {
  expect(textDigest('one two\nthree\n')).toBe(textDigest('one\ntwo three'));
  expect(textDigest('one two')).not.toBe(textDigest('one too'));
  expect(textDigest('x')).toMatch(/^[b-z]{6}$/);
});

describe('a file that is wrong is told with its places', () => {
  test.each([
    ['language: fr', 'de.yaml:1:11  must be de, as the file is named'],
    ['titel: x\nlanguage: de', 'de.yaml:1:1  unknown key "titel"; did you mean "title"?'],
    ['language: de\nsteps:\n  a:\n    do: docker ps', 'de.yaml:4:5  unknown key "do"'],
    ['language: de\nsteps:\n  a:\n    hints: x', 'de.yaml:4:12  must be a list, not text'],
    ['language: de\nfrom: { title: 123456 }', 'de.yaml:2:16  must be text, not a number; put it in quotes: "123456"'],
    ['language: de\ntitle: "x', 'de.yaml:2:10  unexpected end'],
  ])('%j', (text, line) => {
    const failure = (() => {
      try {
        return parseTranslation(text, 'de.yaml', 'de');
      } catch (error) {
        return error;
      }
    })();
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).evidence[0]).toContain(line);
  });
});

/** The program's own words: in another language as far as that has them, else in English. */
import { expect, test } from 'vitest';
import { english } from '../../../src/words/english.ts';
import { german } from '../../../src/words/german.ts';
import { wordsIn } from '../../../src/words/words.ts';

test.each([undefined, 'xx', 'toString'])('in %s: English', async (language) => {
  expect(await wordsIn(language)).toBe(english);
});

test('a language without its country stands in', async () => {
  expect((await wordsIn('de-AT')).keys.skip).toBe('auslassen');
});

test('German lacks none of them', () => {
  const lacking = Object.entries(english).flatMap(([section, words]) =>
    Object.keys(words)
      .filter((key) => !Object.hasOwn(german[section as keyof typeof english] ?? {}, key))
      .map((key) => `${section}.${key}`),
  );
  expect(lacking).toEqual([]);
});

test('numbers and their words fit', async () => {
  const { step, ending } = await wordsIn('de');
  expect(step.facts(1, 8)).toBe('1 Schritt, etwa 8 Minuten');
  expect(english.step.facts(1, 8)).toBe('1 step, about 8 minutes');
  expect(ending.score(1, 1)).toBe('1 von 1 Frage beim ersten Versuch richtig.');
});

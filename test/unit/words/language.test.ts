/** In which language a learner is told, by what was asked for and by the environment. */
import { describe, expect, test } from 'vitest';
import { Failure } from '../../../src/failure.ts';
import { languageAsked, nearestOf } from '../../../src/words/language.ts';

describe('by the environment', () => {
  test.each([
    [{}, undefined],
    [{ LANG: 'de_DE.UTF-8' }, 'de-DE'],
    [{ LANG: 'de' }, 'de'],
    [{ LANG: 'pt_BR.UTF-8@latin' }, 'pt-BR'],
    [{ LANG: 'en_US.UTF-8' }, undefined],
    [{ LANG: 'en' }, undefined],
    [{ LANG: 'C' }, undefined],
    [{ LANG: 'C.UTF-8' }, undefined],
    [{ LANG: 'POSIX' }, undefined],
    [{ LANG: '' }, undefined],
    [{ LANG: '../../etc/passwd' }, undefined],
    [{ LANG: 'de_DE.UTF-8', LC_MESSAGES: 'fr_FR.UTF-8' }, 'fr-FR'],
    [{ LANG: 'de_DE.UTF-8', LC_MESSAGES: 'fr_FR', LC_ALL: 'C' }, undefined],
    [{ LANG: 'de_DE.UTF-8', LC_ALL: '', LC_CTYPE: 'fr_FR' }, 'de-DE'],
  ])('%j: %s', (env, language) => {
    expect(languageAsked(undefined, env)).toBe(language);
  });
});

test('what was asked for counts more, English too', () => {
  expect(languageAsked('de', { LANG: 'fr_FR.UTF-8' })).toBe('de');
  expect(languageAsked('en', { LANG: 'de_DE.UTF-8' })).toBeUndefined();
});

test.each(['german', 'de_DE', '../de', ''])('%j is no language', (asked) => {
  expect(() => languageAsked(asked, {})).toThrow(Failure);
});

test('one without its country stands in for it, and never another', () => {
  expect(nearestOf('de-AT', (one) => one === 'de')).toBe('de');
  expect(nearestOf('pt-BR', () => true)).toBe('pt-BR');
  expect(nearestOf('fr', (one) => one === 'de')).toBeUndefined();
});

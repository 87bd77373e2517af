/** In which language a learner is told. Pure, and small: every run asks it. */
import { Failure } from '../failure.ts';

/** `de`, `pt-BR`. */
export const languageForm = /^[a-z]{2,3}(-[A-Z]{2})?$/;

/** Those in which the program has words of its own, beside English. */
export const languages = ['de'] as const;

type Env = Readonly<Record<string, string | undefined>>;

/**
 * What was asked for with --lang, else what the locale of the environment has: LC_ALL, else LC_MESSAGES, else LANG.
 * @returns undefined for English, for C and POSIX, and where nothing is said
 * @throws Failure (exit code 2) where no language is written so
 */
export function languageAsked(asked: string | undefined, env: Env): string | undefined {
  if (asked === undefined) return otherThanEnglish(languageOfLocale(localeOf(env)));
  return otherThanEnglish(languageWritten(asked));
}

/** @throws Failure (exit code 2) where no language is written so */
export function languageWritten(text: string): string {
  if (languageForm.test(text)) return text;
  throw new Failure('A language is written with two or three letters.', {
    code: 'bad-language',
    exitCode: 2,
    hints: ['--lang de, or with a country where it matters: --lang pt-BR'],
  });
}

function localeOf(env: Env): string {
  return [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '') ?? '';
}

/** `de_AT.UTF-8@euro` → `de-AT`; '' for what names no language. */
function languageOfLocale(locale: string): string {
  const [, language = '', country] = /^([a-z]{2,3})(?:[_-]([A-Z]{2}))?(?:[.@].*)?$/.exec(locale) ?? [];
  return country === undefined ? language : `${language}-${country}`;
}

function otherThanEnglish(language: string): string | undefined {
  return language === '' || /^en(-|$)/.test(language) ? undefined : language;
}

/** The language itself where it is there, else the same without its country. */
export function nearestOf(language: string, isThere: (language: string) => boolean): string | undefined {
  const [base = ''] = language.split('-');
  return [language, base].find(isThere);
}

/**
 * The file of a translation, `translations/<language>.yaml` beside a scenario: what the learner reads, keyed by the ids
 * of steps and by place, and nothing that is performed or checked. Loads zod: elsewhere, `import type` only.
 *
 *     language: de
 *     title: Vom Befehl zum Container
 *     steps:
 *       version:
 *         text: …
 *         hints: ['…', '…']     # in the order of the lesson; '' is one that is not translated yet
 *         claims: ['…']         # of the expectations that have a claim of their own, in their order
 *         mistakes: ['…']       # what they say
 *     from:                     # the same keys; in place of each text a digest of the English it was made from
 *       title: bcdfgh
 *       steps:
 *         version: { text: klmnpq, hints: [rstvwx, bcdfgh] }
 *
 * A text is stale, and English is told in its place, once the English has another digest than the one in `from`. One
 * without a digest is told, and lint advises to give it one. `author translate` writes `from`, and what is missing.
 */
import * as z from 'zod';
import { languageForm } from '../../words/language.ts';

const language = z
  .string()
  .regex(languageForm, 'write a language as its two or three letters, with a country where it matters: de, pt-BR');

/** The same keys hold texts, and digests of texts. */
function places(leaf: z.ZodString) {
  const one = leaf.optional();
  const list = z.array(leaf).optional();
  const question = z
    .strictObject({
      ask: one,
      options: list,
      wrong: z.record(z.string().regex(/^[1-9]$/, 'the number of an option: 1'), leaf).optional(),
      because: one,
    })
    .optional();
  const step = z.strictObject({
    title: one,
    text: one,
    read: one,
    predict: question,
    quiz: question,
    ask: one,
    task: z.strictObject({ title: one, goal: one, hints: list }).optional(),
    goal: one,
    hints: list,
    claims: list,
    mistakes: list,
    after: one,
  });
  return {
    title: one,
    summary: one,
    intro: one,
    steps: z.record(z.string(), step).optional(),
    finish: one,
  };
}

const digest = z.string().regex(/^([b-z]{6})?$/, 'a digest is six letters; docker-tutor author translate writes it');

export const translationFile = z.strictObject({
  language,
  ...places(z.string()),
  from: z.strictObject(places(digest)).optional(),
});

export type TranslationFile = z.infer<typeof translationFile>;

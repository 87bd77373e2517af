/** What is said once a bundle is on an engine: which of its lessons need no registry any more. */
import { expect, test } from 'vitest';
import type { BundleDocument } from '../../../../src/bundle/document.ts';
import { loadedText } from '../../../../src/report/answers/bundle.ts';

const nothing = { loaded: [], here: [], replaced: [] };
const having = (...lessons: readonly string[]): BundleDocument =>
  ({ images: [], lessons }) as unknown as BundleDocument;

test('a lesson that pulls an image needs one still', () => {
  const text = loadedText(nothing, having('compose', 'platforms'), new Set(['platforms']));
  expect(text).toContain('Its lessons run without a registry now: compose.\n');
  expect(text).toContain('Pull an image when they are taken, so they need a registry then: platforms.\n');
});

test('where there is none, nothing is said of it', () => {
  expect(loadedText(nothing, having('compose'), new Set(['platforms']))).not.toContain('Pull an image');
});

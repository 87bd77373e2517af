/** What was seen at a registry once is known to later runs; what is no id in the file is not. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bundledImages, publicImages } from '../../../src/state/public-images.ts';

const [one, other] = ['1', '2'].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string];
let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'docker-tutor-public-'))));
afterEach(() => rmSync(home, { recursive: true }));

test('an image that was seen is known to the next run, and no other', () => {
  const env = { DOCKER_TUTOR_HOME: join(home, 'made', 'when needed') };
  expect(publicImages(env).has(one)).toBe(false);
  publicImages(env).add(one);
  expect(publicImages(env).has(one)).toBe(true);
  expect(publicImages(env).has(other)).toBe(false);
});

test('of a file that was cut off, what is whole counts', () => {
  writeFileSync(join(home, 'public-images'), `${one}\n${other.slice(0, 40)}`);
  const known = publicImages({ DOCKER_TUTOR_HOME: home });
  expect([known.has(one), known.has(other), known.has(other.slice(0, 40))]).toEqual([true, false, false]);
});

test('a folder that cannot be written costs nothing but the memory', () => {
  writeFileSync(join(home, 'file'), '');
  const known = publicImages({ DOCKER_TUTOR_HOME: join(home, 'file') });
  known.add(one);
  expect(known.has(one)).toBe(true);
});

test('what a bundle has brought is another list, and is not forgotten without a word', () => {
  const env = { DOCKER_TUTOR_HOME: home };
  bundledImages(env).add(one);
  expect([bundledImages(env).has(one), publicImages(env).has(one)]).toEqual([true, false]);
  writeFileSync(join(home, 'file'), '');
  const nowhere = bundledImages({ DOCKER_TUTOR_HOME: join(home, 'file') });
  expect(() => nowhere.add(one)).toThrow();
});

/** Which images are pulled or built first. */
import { describe, expect, test } from 'vitest';
import { imageSteps } from '../../../../src/compose/reconcile/images.ts';
import type { ImageWish } from '../../../../src/compose/reconcile/images.ts';
import { lines, projectOf, waits } from './given.ts';

const project = projectOf(`
services:
  a: {image: one}
  b: {image: one}
  c: {build: .}
  d: {build: ., image: named}
`);
const services = ['a', 'b', 'c', 'd'];
const here = { one: 'id', 'shop-c': 'id', named: 'id' };

describe('images', () => {
  test.each<readonly [string, ImageWish, Readonly<Record<string, string>>, readonly string[]]>([
    ['that are here are left', {}, here, []],
    [
      'that are missing are pulled once each, then built',
      {},
      {},
      ['pull-image b (missing)', 'pull-image d (missing)', 'build-image c (missing)', 'build-image d (missing)'],
    ],
    ['are built again with --build', { build: true }, here, ['build-image c (asked)', 'build-image d (asked)']],
    [
      'are pulled again with --pull always',
      { pull: 'always' },
      here,
      ['pull-image b (policy)', 'pull-image d (policy)'],
    ],
    [
      'that may not be pulled are built',
      { pull: 'never' },
      { one: 'id' },
      ['build-image c (missing)', 'build-image d (missing)'],
    ],
    [
      'that the file names are pulled with --no-build',
      { noBuild: true },
      { one: 'id', 'shop-c': 'id' },
      ['pull-image d (missing)'],
    ],
    ['are left with --no-build where they are here', { noBuild: true, build: true }, here, []],
  ])('%s', (_, wish, there, expected) => {
    expect(lines(imageSteps(project, services, wish, there))).toEqual(expected);
  });

  test('are built without a word with --quiet-build', () => {
    const operations = imageSteps(project, ['c'], { quietBuild: true }, {}).map(({ operation }) => operation);
    expect(operations).toMatchObject([{ do: 'build-image', service: 'c', quiet: true }]);
  });

  test('that may not be had end it', () => {
    expect(() => imageSteps(project, ['a'], { pull: 'never' }, {})).toThrow('the image one of a is not here');
    expect(() => imageSteps(project, ['c'], { noBuild: true }, {})).toThrow('may not be built');
  });

  test('are built one after the other, their output is not mixed', () => {
    expect(waits(imageSteps(project, services, {}, {}))['build-image d']).toEqual([
      'pull-image b',
      'pull-image d',
      'build-image c',
    ]);
  });
});

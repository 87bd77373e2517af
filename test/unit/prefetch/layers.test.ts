/** A layer is counted once, and one that the engine has not at all. */
import { expect, test } from 'vitest';
import { bytesToFetch, chainsOf } from '../../../src/prefetch/layers.ts';
import type { Weight } from '../../../src/prefetch/layers.ts';

/** Each layer has as many bytes as its name says. */
function image(...names: readonly string[]): Weight {
  const chains = chainsOf(names);
  const layers = names.map((name, at) => ({ chain: chains[at] ?? '', bytes: Number(/\d+/.exec(name)?.[0]) }));
  return { bytes: layers.reduce((sum, { bytes }) => sum + bytes, 0), layers };
}

test.each<[string, readonly (Weight | undefined)[], readonly string[], readonly (number | undefined)[]]>([
  ['an image', [image('base 10', 'app 1')], [], [11]],
  ['two on one base', [image('base 10', 'app 1'), image('base 10', 'other 2')], [], [11, 2]],
  ['an image under two names', [image('base 10'), image('base 10')], [], [10, 0]],
  ['a base that is here', [image('base 10', 'app 1')], ['base 10'], [1]],
  ['all layers here, below another name', [image('base 10', 'app 1')], ['base 10', 'app 1'], [0]],
  ['the same files on another base', [image('base 10', 'app 1'), image('other 20', 'app 1')], [], [11, 21]],
  ['a layer that is twice in one image', [image('empty 1', 'app 5', 'empty 1')], [], [7]],
  ['one whose layers nobody tells', [image('base 10'), { bytes: 12 }], [], [10, 12]],
  ['one of which nothing is told', [undefined, image('base 10')], [], [undefined, 10]],
])('%s', (_, weights, here, bytes) => {
  expect(bytesToFetch(weights, chainsOf(here))).toEqual(bytes);
});

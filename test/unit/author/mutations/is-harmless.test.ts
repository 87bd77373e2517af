/** Which mutations an author has called harmless. */
import { expect, test } from 'vitest';
import { isHarmless } from '../../../../src/author/mutations/is-harmless.ts';

const harmless = (change: string, written: string): boolean =>
  isHarmless({ harmless: [{ change: written, because: 'it changes nothing here' }] }, change);

test.each([
  ['--publish 8083:8085', '--publish 8083:…', true],
  ['--publish 8083:8085/udp', '--publish …/udp', true],
  ['without --rm (line 2)', 'without --rm', false],
  ['--publish 8083:8085', '--publish …/udp', false],
  ['--publish 8084:8085', '--publish 8083:…', false],
  ['--cpus 0', '--cpus 0…0', false],
])('%s is called “%s”: %s', (change, written, is) => {
  expect(harmless(change, written)).toBe(is);
});

import { expect, it } from 'vitest';
import { cleanedText } from '../../../../src/report/answers/clean.ts';

const box = { kind: 'container', name: 'hello', id: 'c'.repeat(64) };
const image = { kind: 'image', name: 'app:1', id: `sha256:${'1'.repeat(64)}` };

it.each([
  [[], [], 'There is nothing of docker-tutor’s on unix:///s.\n'],
  [
    [box, { kind: 'volume', name: 'data', id: 'data' }],
    [],
    `Removed   container hello (${'c'.repeat(7)})\nRemoved   volume data\nNothing of docker-tutor’s is left on unix:///s.\n`,
  ],
  [[], [{ ...image, why: 'in \u001b[31muse' }], `Left      image app:1 (${'1'.repeat(7)}): in use\n`],
])('%j and %j', (removed, left, text) => {
  expect(cleanedText({ removed, left }, 'unix:///s')).toBe(text);
});
